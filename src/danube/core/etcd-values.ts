import { z } from 'zod';
import { claimRetentionValues } from '../pod/claim-retention';
import { imageValues } from '../pod/image';
import { annotations, objectName, port } from '../pod/kubernetes-values';
import { claimTemplateValues } from '../pod/persistence';
import { podSpreadValues } from '../pod/pod-spread';
import { podValues } from '../pod/pod-values';
import { probeValues } from '../pod/probe';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { updateStrategyValues } from '../pod/update-strategy';
import { TRAIN_0_7 } from '../release-train';
import { etcdPeerTlsValues } from './etcd-peer-tls-values';
import { etcdDefragValues } from './etcd-defrag-values';
import { etcdMemberCheckValues } from './etcd-member-check-values';
import { etcdSnapshotValues } from './etcd-snapshot-values';

const GIBIBYTE = 1024 * 1024 * 1024;

/** The values below `etcd`. */
export const etcdValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe('Run etcd with the brokers. When false, etcd.external names one that is there.'),
    replicaCount: z
      .literal([1, 2, 3, 4, 5])
      .default(1)
      .describe(
        'Number of etcd members: 1 for development, 3 or 5 for production; 2 and 4 are steps ' +
          'between these. Members of a living etcd are added and removed by hand, and ' +
          'memberCheck stops an upgrade that forgets it.',
      ),
    memberCheck: etcdMemberCheckValues,
    snapshots: etcdSnapshotValues,
    defrag: etcdDefragValues,
    updateStrategy: updateStrategyValues,
    pdb: z
      .object({
        enabled: z
          .boolean()
          .default(true)
          .describe('Let a drain of nodes stop only so many members that a quorum stays.'),
        protectSingleMember: z
          .boolean()
          .default(false)
          .describe('Block the drain of the node of a single member until you delete its pod.'),
      })
      .prefault({})
      .describe('PodDisruptionBudget of the members: 1 of 3 or 2 of 5 may be missing.'),
    image: imageValues(TRAIN_0_7.etcd).prefault({}).describe('Image of etcd.'),
    external: z
      .object({
        host: objectName.default('').meta({
          description:
            'Host name of an etcd that is there (one, plain http: the broker knows neither TLS ' +
            'nor users for etcd).',
          examples: ['etcd.example.com', '10.0.0.9'],
        }),
        port: port.default(2379).describe('Its client port.'),
      })
      .prefault({})
      .describe('An etcd that is there already, for etcd.enabled=false.'),
    service: z
      .object({
        port: port.default(2379).describe('Client port.'),
        peerPort: port.default(2380).describe('Port between members.'),
        metricsPort: port.default(2381).describe('Port of metrics and health.'),
        annotations: annotations.default({}).describe('Annotations of the client Service.'),
      })
      .prefault({})
      .describe('Ports and Services.'),
    peerTLS: etcdPeerTlsValues,
    cluster: z
      .object({
        initialClusterState: z
          .enum(['new', 'existing'])
          .default('new')
          .describe('Whether members form a new cluster or join one. Read at first start only.'),
        domain: objectName.default('').meta({
          description: "DNS domain in the members' addresses; when empty, clusterDomain.",
          examples: ['cluster.example', 'k8s.example.com'],
        }),
      })
      .prefault({})
      .describe('How members find each other.'),
    autoCompaction: z
      .object({
        mode: z
          .enum(['periodic', 'revision'])
          .default('periodic')
          .describe('Whether history is kept by time or by number of revisions.'),
        retention: z
          .string()
          .regex(/^[0-9]+[hms]?$/)
          .default('1h')
          .describe('How much history is kept: 1h for periodic, 1000 for revision.'),
      })
      .prefault({})
      .describe('Removal of old revisions, which would otherwise fill the volume.'),
    quotaBackendBytes: z
      .int()
      .min(64 * 1024 * 1024)
      .max(8 * GIBIBYTE)
      .default(GIBIBYTE)
      .describe('Bytes after which etcd refuses writes; less than the volume.'),
    auth: z
      .object({
        enabled: z
          .boolean()
          .default(false)
          .describe('Refused when true: broker 0.7.2 speaks to etcd without a user.'),
      })
      .prefault({})
      .describe('Client authentication.'),
    persistence: z
      .object({
        ...claimTemplateValues({ enabled: true, size: '2Gi' }),
        retentionPolicy: claimRetentionValues,
      })
      .prefault({})
      .describe("Volume of each member's data."),
    startupProbe: probeValues('When a member counts as started.', {
      initialDelaySeconds: 0,
      periodSeconds: 2,
      timeoutSeconds: 5,
      failureThreshold: 150,
    }),
    livenessProbe: probeValues('Whether a member still works; it needs no quorum.', {
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
    }),
    readinessProbe: probeValues('Whether a member takes part in a quorum.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    }),
    ...podValues({
      resources: {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
      userId: 10001,
      stop: STOP_SEQUENCES.etcd,
    }),
    ...podSpreadValues(),
  })
  .prefault({})
  .meta({ section: 'etcd', description: 'The metadata store of the brokers.' });
