import { z } from 'zod';
import type { ResourceRequirements } from 'kubernetes-types/core/v1';
import { refusedKey } from '../../helm/index';
import { monitorValues, operatorObjectValues } from '../monitoring/monitor-values';
import { dnsValues } from '../pod/dns-values';
import { imageValues } from '../pod/image';
import { annotations, networkPeers, port } from '../pod/kubernetes-values';
import { podValues } from '../pod/pod-values';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ImagePin } from '../release-train';
import { connectorLivenessValues } from './connector-liveness-values';
import { secretValues, type SecretVariables } from './secret-values';
import { requiredImageValues } from './unpublished-image';

export interface ConnectorValuesProps<Config extends z.ZodType> {
  /** The image by default; `unpublished` when users have to name one. */
  readonly image: ImagePin | 'unpublished';
  /**
   * What connector.toml says: `z.object({ ...sinkConfig(), own tables }).prefault({})`, or with
   * `sourceConfig()`. Its keys are written to the file as they are.
   */
  readonly config: Config;
  /** Environment variables with secrets, and what each of them is. */
  readonly secrets: SecretVariables;
  /** Ports of what the connector talks to besides Danube; those of URLs may be added to them. */
  readonly backendPorts: readonly number[];
  readonly resources?: ResourceRequirements;
}

function podOf(resources: ResourceRequirements) {
  return podValues({
    resources,
    env: { RUST_LOG: 'info' },
    userId: 1000,
    stop: STOP_SEQUENCES.connector,
  });
}

const POD = podOf({
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
});

const enabled = z.boolean().default(true).describe('Run the connector.');

const replicaCount = z.int().min(0).max(100).default(1).describe('Number of pods; 0 pauses it.');

const metricsPort = port
  .default(9090)
  .describe('Port of the metrics and of /health. Nothing listens on it before 0.3.');

const service = z
  .object({ annotations: annotations.default({}).describe('Annotations of the Service.') })
  .prefault({})
  .describe('Service of the metrics. From 0.3 on.');

const serviceMonitor = monitorValues('ServiceMonitor').describe(
  'Lets the Prometheus Operator scrape the metrics. From 0.3 on.',
);

const prometheusRule = z
  .object(operatorObjectValues('PrometheusRule'))
  .prefault({})
  .describe('Alerts for the Prometheus Operator. They use the metrics of 0.3.');

const extraArgs = refusedKey('the programs read no arguments', 'set connector.config');

/** The values of a connector, but for what only some of them have: a shape for `z.object`. */
export function connectorValues<Config extends z.ZodType>(props: ConnectorValuesProps<Config>) {
  return {
    enabled,
    image: imageOf(props.image).prefault({}).describe('Image of the connector.'),
    replicaCount,
    config: props.config,
    secrets: secretValues(props.secrets),
    metricsPort,
    service,
    serviceMonitor,
    prometheusRule,
    networkPolicy: networkPolicyOf(props.backendPorts),
    ...connectorLivenessValues(),
    ...(props.resources === undefined ? POD : podOf(props.resources)),
    extraArgs,
  };
}

function imageOf(image: ImagePin | 'unpublished') {
  return image === 'unpublished' ? requiredImageValues() : imageValues(image);
}

const isRestricted = z
  .boolean()
  .default(true)
  .describe('Allow only the connections that the connector needs.');

const brokers = networkPeers
  .default([])
  .describe(
    'Where brokers are besides those of the core. When empty and config.danube_service_url ' +
      'is given: anywhere.',
  );

const backendPeers = networkPeers.default([]).describe('Where it runs; empty: anywhere.');

const scrapers = networkPeers.default([]).describe('Who may read the metrics.');

const dns = dnsValues('the connector asks');

function networkPolicyOf(backendPorts: readonly number[]) {
  return z
    .object({
      enabled: isRestricted,
      brokers,
      backend: z
        .object({
          peers: backendPeers,
          ports: z
            .array(port)
            // A rule without ports would allow all.
            .min(backendPorts.length > 0 ? 1 : 0)
            .default([...backendPorts])
            .describe('Its ports; that of a URL in config is added to them.'),
        })
        .prefault({})
        .describe('What the connector talks to besides Danube.'),
      scrapers,
      dns,
    })
    .prefault({})
    .describe('Network policy of the pods.');
}

type AnyConfig = z.ZodType<{
  danube_service_url: string;
  connector_name: string;
  processing: {
    batch_size: number;
    health_check_interval_ms: number;
    health_check_failure_threshold: number;
  };
}>;

/** What the values of every connector have. */
export type ConnectorValues = z.output<z.ZodObject<ReturnType<typeof connectorValues<AnyConfig>>>>;
