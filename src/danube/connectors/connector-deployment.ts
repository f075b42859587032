import type { Construct } from 'constructs';
import type { Deployment, DeploymentStrategy } from 'kubernetes-types/apps/v1';
import type { Container, EnvVar, Probe, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import {
  gt,
  KubernetesObject,
  sha256,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type ListItem,
  type ManifestNode,
} from '../../helm/index';
import { podTemplate } from '../pod/pod-template';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ConnectorContext, ConnectorPort } from './connector-context';
import type { ConnectorLiveness } from './connector-liveness';
import type { ReplicaRule } from './connector-rules';
import { secretSources, secretVariables, trialSecretChecksum } from './connector-secrets';

/** What a connector's pods have besides what those of all connectors have. */
export interface ConnectorDeploymentProps {
  readonly serviceAccountName: Expr<string>;
  /** The text of the configuration, and the ConfigMap that holds it. */
  readonly config: { readonly text: Expr<string>; readonly configMap: Expr<string> };
  readonly replicas: ManifestNode<number | undefined>;
  readonly replicaRule: ReplicaRule;
  readonly strategy: Dynamic<DeploymentStrategy>;
  readonly annotations: DynamicFields<Record<string, string>>;
  readonly initContainers: readonly ListItem<Container>[];
  readonly ports: readonly ConnectorPort[];
  readonly env: readonly ListItem<EnvVar>[];
  readonly liveness: ConnectorLiveness;
  readonly readinessProbe: Dynamic<Probe | undefined>;
  readonly volumes: readonly ListItem<Volume>[];
  readonly volumeMounts: readonly ListItem<VolumeMount>[];
}

/** Where the container has the files of its ConfigMap. */
export const CONFIG_DIRECTORY = '/etc/danube-connector/config';

/** The name of the configuration in its ConfigMap. */
export const CONFIG_FILE = 'connector.toml';

/** The Deployment of a connector. */
export function addConnectorDeployment(
  scope: Construct,
  context: ConnectorContext,
  props: ConnectorDeploymentProps,
): KubernetesObject<Deployment> {
  const { values, release, name, component, hasMetrics } = context;
  const { config, liveness, ports } = props;
  return new KubernetesObject<Deployment>(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: release.metadata(name, component, { object: 'connectorDeployment' }),
    spec: {
      replicas: props.replicas,
      strategy: props.strategy,
      selector: { matchLabels: release.labels.selecting(component) },
      template: podTemplate({
        component,
        values,
        release,
        serviceAccountName: props.serviceAccountName,
        annotations: {
          // Without the script of the probes, which is read anew each time.
          'checksum/config': sha256(config.text),
          'checksum/trial-secret': trialSecretChecksum(values.secrets),
          ...props.annotations,
        },
        stop: STOP_SEQUENCES.connector,
        initContainers: props.initContainers,
        container: {
          name: 'connector',
          env: [
            { name: 'CONNECTOR_CONFIG_PATH', value: `${CONFIG_DIRECTORY}/${CONFIG_FILE}` },
            ...ownName(context, props.replicaRule),
            ...secretVariables(values.secrets),
            ...props.env,
          ],
          envFrom: secretSources(values.secrets, name),
          ports: [
            ...ports.map(({ name: port, containerPort }) => ({ name: port, containerPort })),
            when(hasMetrics, { name: 'metrics', containerPort: values.metricsPort }),
          ],
          startupProbe: liveness.startupProbe,
          livenessProbe: liveness.livenessProbe,
          readinessProbe: props.readinessProbe,
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
            ...liveness.volumeMounts,
            ...props.volumeMounts,
          ],
        },
        volumes: [
          { name: 'config', configMap: { name: config.configMap } },
          { name: 'tmp', emptyDir: {} },
          ...liveness.volumes,
          ...props.volumes,
        ],
      }),
    },
  });
}

/** Several pods each have the name of the pod. */
function ownName({ values }: ConnectorContext, rule: ReplicaRule): readonly ListItem<EnvVar>[] {
  if (rule.replicas !== 'ownNames') {
    return [];
  }
  return [
    when<EnvVar>(gt(values.replicaCount, 1), {
      name: 'CONNECTOR_NAME',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    }),
  ];
}
