import type { z } from 'zod';
import { and, eq, not, or, str, type ChartPart, type Ref } from '../../helm/index';
import type { coreValues } from './core-values';

/** What has to hold between the values of etcd and of what looks after it. */
export function addEtcdCareRules(chart: ChartPart, { etcd }: Ref<z.output<typeof coreValues>>) {
  const { snapshots, replicaCount } = etcd;
  const isEven = or(eq(replicaCount, 2), eq(replicaCount, 4));
  chart.require({
    path: 'etcd.replicaCount',
    holds: or(not(isEven), eq(etcd.cluster.initialClusterState, 'existing')),
    problem: str`${replicaCount} members survive no more losses than one less`,
    fix: 'write 1, 3 or 5; as a step between them set etcd.cluster.initialClusterState to existing',
  });
  chart.require({
    path: 'etcd.snapshots.enabled',
    holds: or(not(snapshots.enabled), etcd.enabled),
    problem: 'there is no etcd in this release to take snapshots of',
    fix: 'set it to false, or etcd.enabled to true',
  });
  chart.require({
    path: 'etcd.snapshots.s3.bucket',
    holds: or(not(and(snapshots.enabled, eq(snapshots.destination, 's3'))), snapshots.s3.bucket),
    problem: 'snapshots need a bucket for etcd.snapshots.destination s3',
    fix: 'write the name of a bucket that is there',
  });
}
