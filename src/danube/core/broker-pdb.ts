import type { Construct } from 'constructs';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { z } from 'zod';
import { and, eq, Gate, gt, KubernetesObject, when, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { mostBrokers } from './broker-count';
import type { brokerValues } from './broker-values';
import { BROKER } from './components';

/**
 * The PodDisruptionBudget of `broker.pdb`. A single broker gets none: it would block every drain of
 * its node.
 */
export function addBrokerPdb(
  scope: Construct,
  values: Ref<z.output<typeof brokerValues>>,
  release: ReleaseContext,
): KubernetesObject<PodDisruptionBudget> {
  const { pdb } = values;
  const gate = new Gate(scope, 'pdb', and(pdb.enabled, gt(mostBrokers(values), 1)));
  return new KubernetesObject<PodDisruptionBudget>(gate, 'Default', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: release.metadata(release.names.broker, BROKER, { object: 'brokerPdb' }),
    spec: {
      minAvailable: when(gt(pdb.minAvailable, 0), pdb.minAvailable),
      maxUnavailable: when(eq(pdb.minAvailable, 0), pdb.maxUnavailable),
      // A broker that is not ready serves nobody: it must not hold up the drain of its node.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: release.labels.selecting(BROKER) },
    },
  });
}
