import type { z } from 'zod';
import { eq, le, lt, not, or, str, type ChartPart, type Ref } from '../../helm/index';
import { fewestBrokers, mostBrokers } from './broker-count';
import type { coreValues } from './core-values';

type Values = Ref<z.output<typeof coreValues>>;

/** What has to hold between the values that keep a core available. */
export function addAvailabilityRules(chart: ChartPart, { broker, etcd }: Values): void {
  const { hpa, pdb } = broker;
  chart.require({
    path: 'broker.hpa.minReplicas',
    holds: or(not(hpa.enabled), le(hpa.minReplicas, hpa.maxReplicas)),
    problem: str`${hpa.minReplicas} is more than broker.hpa.maxReplicas, ${hpa.maxReplicas}`,
    fix: 'lower it, or raise broker.hpa.maxReplicas',
  });
  chart.require({
    path: 'broker.pdb.minAvailable',
    holds: or(
      not(pdb.enabled),
      eq(pdb.minAvailable, 0),
      le(mostBrokers(broker), 1),
      lt(pdb.minAvailable, fewestBrokers(broker)),
    ),
    problem: str`if ${pdb.minAvailable} have to stay none may stop, so no node could be drained`,
    fix: 'write less than broker.replicaCount, or less than broker.hpa.minReplicas with broker.hpa',
  });
  for (const [component, { updateStrategy }] of [
    ['broker', broker],
    ['etcd', etcd],
  ] as const) {
    chart.require({
      path: `${component}.updateStrategy.partition`,
      holds: or(eq(updateStrategy.type, 'RollingUpdate'), eq(updateStrategy.partition, 0)),
      problem: str`updateStrategy.type OnDelete does not look at it`,
      fix: `leave it 0, or set ${component}.updateStrategy.type to RollingUpdate`,
    });
  }
}
