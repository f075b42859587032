import { z } from 'zod';
import { refusedKey } from '../../helm/index';
import { claimRetentionValues } from '../pod/claim-retention';
import { imageValues } from '../pod/image';
import { absolutePath, annotations, port, resources } from '../pod/kubernetes-values';
import { claimTemplateValues } from '../pod/persistence';
import { podSpreadValues } from '../pod/pod-spread';
import { podValues } from '../pod/pod-values';
import { probeValues } from '../pod/probe';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { updateStrategyValues } from '../pod/update-strategy';
import { TRAIN_0_7 } from '../release-train';
import { brokerConfigValues } from './broker-config-values';
import { brokerHpaValues } from './broker-hpa-values';
import { brokerPdbValues } from './broker-pdb-values';
import { brokerRecoveryValues } from './broker-recovery-values';
import { brokerTlsValues } from './broker-tls-values';
import { externalAccessValues } from './external-access-values';

/** The values below `broker`. */
export const brokerValues = z
  .object({
    replicaCount: z.int().min(1).max(1000).default(3).describe('Number of brokers.'),
    minReadySeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(45)
      .describe(
        'Seconds that a restarted broker is ready before the next one restarts. The topics of a ' +
          'broker move only after its registration ran out, 32 seconds after it stopped; if ' +
          'the leader restarts before that, they are left without a broker.',
      ),
    updateStrategy: updateStrategyValues,
    hpa: brokerHpaValues,
    pdb: brokerPdbValues,
    image: imageValues(TRAIN_0_7.broker)
      .prefault({})
      .describe('Image of the broker. Versions from 0.8 on need another chart: they have no etcd.'),
    ports: z
      .object({
        client: port.default(6650).describe('Port for clients (gRPC).'),
        admin: port
          .default(50051)
          .describe('Port for administration (gRPC). It has no authentication: keep it inside.'),
        prometheus: port.default(9040).describe('Port of the metrics.'),
      })
      .prefault({})
      .describe('Ports of the brokers and their Services.'),
    service: z
      .object({
        annotations: annotations.default({}).describe('Annotations of the client Service.'),
        type: refusedKey(
          'that Service stays in the cluster: another type would publish the admin port, and ' +
            'clients would be sent on to addresses inside the cluster',
          'write broker.externalAccess.type, which makes a Service for each broker',
        ),
      })
      .prefault({})
      .describe('The Service that clients inside the cluster connect to first.'),
    externalAccess: externalAccessValues,
    tls: brokerTlsValues,
    config: brokerConfigValues,
    persistence: z
      .object({
        ...claimTemplateValues({ enabled: true, size: '10Gi' }),
        mountPath: absolutePath
          .default('/danube-data')
          .describe('Where the volume is mounted; walDir and an fs cloudRoot are below it.'),
        retentionPolicy: claimRetentionValues,
      })
      .prefault({})
      .describe("Volume of each broker's data."),
    waitForEtcd: z
      .object({
        resources: resources
          .default({
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          })
          .describe('Resources of the init container that waits for etcd.'),
      })
      .prefault({})
      .describe('A broker that finds no etcd panics, so it waits for a healthy one first.'),
    startupProbe: probeValues('When a broker counts as started: its client port is open.', {
      initialDelaySeconds: 0,
      periodSeconds: 2,
      timeoutSeconds: 2,
      failureThreshold: 90,
    }),
    livenessProbe: probeValues('Whether its client port answers, and what recovery and tls ask.', {
      initialDelaySeconds: 0,
      periodSeconds: 3,
      timeoutSeconds: 10,
      failureThreshold: 2,
    }),
    recovery: brokerRecoveryValues,
    readinessProbe: probeValues('Whether its admin port is open, the last one to open.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 3,
    }),
    ...podValues({
      resources: {
        requests: { cpu: '200m', memory: '256Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
      // Without RUST_LOG the broker logs errors only.
      env: {
        NO_COLOR: '1',
        RUST_LOG:
          'danube_broker=info,danube_core=info,danube_metadata_store=info,' +
          'danube_persistent_storage=info',
      },
      userId: 10001,
      stop: STOP_SEQUENCES.broker,
    }),
    ...podSpreadValues(),
  })
  .prefault({})
  .meta({ section: 'Brokers', description: 'The Danube brokers.' });
