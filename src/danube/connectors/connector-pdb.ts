import type { Construct } from 'constructs';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { and, Gate, gt, KubernetesObject } from '../../helm/index';
import type { ConnectorContext } from './connector-context';
import { CONNECTOR_PDB } from './connector-objects';
import type { SeveralPods } from './connector-rules';

/** The disruption budget of a connector that may have several pods. */
export function addConnectorPdb(
  scope: Construct,
  { values, release, name, component }: ConnectorContext,
  { pdb, most = values.replicaCount }: SeveralPods,
): KubernetesObject<PodDisruptionBudget> {
  // A budget for a single pod would block every drain of its node.
  const gate = new Gate(scope, 'pdb', and(pdb.enabled, gt(most, 1)));
  return new KubernetesObject<PodDisruptionBudget>(gate, 'Default', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: release.metadata(name, component, { object: CONNECTOR_PDB }),
    spec: {
      maxUnavailable: pdb.maxUnavailable,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: release.labels.selecting(component) },
    },
  });
}
