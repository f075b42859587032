import type { NamedSet } from '../../property/leaves';

type Values = Record<string, unknown>;
type Change = (path: string, value: unknown) => void;
type Get = (path: string) => unknown;

function set(name: string, values: Values): NamedSet {
  return { name, set: { values, releaseName: 'danube', namespace: 'messaging' } };
}

/** Sets that between them use every part of the care of etcd and of the brokers' recovery. */
export const ETCD_CARE_SETS: readonly NamedSet[] = [
  set('brokers that recover by hand', {
    broker: { recovery: { enabled: false }, livenessProbe: { failureThreshold: 9 } },
  }),
  set('an upgrade without a check of members', { etcd: { memberCheck: { enabled: false } } }),
  set('a step to three members', {
    etcd: { replicaCount: 2, cluster: { initialClusterState: 'existing' } },
  }),
  set('snapshots and defragmentation', {
    etcd: { snapshots: { enabled: true }, defrag: { enabled: true } },
  }),
  set('snapshots and defragmentation without network policies', {
    etcd: { snapshots: { enabled: true }, defrag: { enabled: true } },
    networkPolicy: { enabled: false },
  }),
  set('snapshots on a claim that is there', {
    etcd: { snapshots: { enabled: true, persistence: { existingClaim: 'backup' } } },
  }),
  set('snapshots in S3', {
    etcd: { snapshots: { enabled: true, destination: 's3', s3: { bucket: 'backup' } } },
  }),
  set('snapshots in an S3-compatible store', {
    etcd: {
      snapshots: {
        enabled: true,
        destination: 's3',
        serviceAccountName: 'backup',
        s3: { bucket: 'backup', endpoint: 'http://minio:9000', existingSecret: 'backup' },
      },
    },
  }),
];

/** One set for each rule that breaks it. */
export const ETCD_CARE_REFUSED: readonly (readonly [string, Values])[] = [
  ['broker.livenessProbe.failureThreshold', { broker: { livenessProbe: { periodSeconds: 5 } } }],
  ['etcd.replicaCount', { etcd: { replicaCount: 2 } }],
  ['etcd.replicaCount', { etcd: { replicaCount: 4 } }],
  [
    'etcd.snapshots.enabled',
    {
      etcd: {
        enabled: false,
        external: { host: 'etcd.example.com' },
        snapshots: { enabled: true },
      },
    },
  ],
  ['etcd.snapshots.s3.bucket', { etcd: { snapshots: { enabled: true, destination: 's3' } } }],
  ['broker.livenessProbe.timeoutSeconds', { broker: { livenessProbe: { timeoutSeconds: 9 } } }],
];

/** Changes random values as little as these rules demand. */
export function keepEtcdCareRules(get: Get, change: Change): void {
  if (get('broker.recovery.enabled') !== false) {
    change('broker.livenessProbe', { periodSeconds: 3, failureThreshold: 2, timeoutSeconds: 10 });
  }
  if ([2, 4].includes(Number(get('etcd.replicaCount')))) {
    change('etcd.cluster.initialClusterState', 'existing');
  }
  if (get('etcd.enabled') === false) {
    change('etcd.snapshots.enabled', false);
  }
  if (!get('etcd.snapshots.s3.bucket')) {
    change('etcd.snapshots.s3.bucket', 'backup');
  }
}
