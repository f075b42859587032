import type { ServiceAccount } from 'kubernetes-types/core/v1';
import type { Construct } from 'constructs';
import { Gate, KubernetesObject, type Expr, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { ServiceAccountValues } from './service-account-name';

/** The service account of a component, unless it is told to use one that is there. */
export function addServiceAccount(
  scope: Construct,
  values: Ref<ServiceAccountValues>,
  release: ReleaseContext,
  component: string,
  name: Expr<string>,
  object?: string,
): KubernetesObject<ServiceAccount> {
  const gate = new Gate(scope, 'serviceaccount', values.create);
  return new KubernetesObject<ServiceAccount>(gate, 'Default', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: release.metadata(name, component, { object, annotations: values.annotations }),
    automountServiceAccountToken: false,
  });
}
