import type { KubernetesType } from '../../src/helm';

/** A Kubernetes object with whatever content a test needs. */
export interface AnyObject extends KubernetesType {
  readonly spec?: unknown;
  readonly data?: unknown;
}
