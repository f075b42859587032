import { Construct } from 'constructs';
import type { Deployment, DeploymentStrategy } from 'kubernetes-types/apps/v1';
import type {
  ConfigMap,
  Container,
  EnvVar,
  Probe,
  Service,
  ServicePort,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import {
  ChartInfo,
  ChartPart,
  gt,
  Gate,
  knownFields,
  KubernetesObject,
  ne,
  not,
  RepeatedObject,
  sha256,
  splice,
  str,
  textBlock,
  trimPrefix,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type HelmChart,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import { BootstrapJob } from '../bootstrap/bootstrap-job';
import { podTemplate } from '../pod/pod-template';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ReleaseContext } from '../release-context';
import { brokerLocation, type BrokerLocation } from './broker-location';
import type { ConfigVersion } from './config-version';
import { connectorRelease, type ConnectorChartValues } from './connector-chart-values';
import { connectorConfig, NEWEST, type ConfigFields, type OlderNames } from './connector-config';
import { connectorLiveness } from './connector-liveness';
import { addConnectorMonitoring } from './connector-monitoring';
import { addConnectorNetworkPolicy, brokerPods } from './connector-network-policy';
import { connectorNotes, type Warning } from './connector-notes';
import {
  addReplicaRule,
  addSharedRules,
  ConnectorRules,
  type ReplicaRule,
} from './connector-rules';
import { addTrialSecret, secretSources, secretVariables } from './connector-secrets';

/** What a connector is made from. */
export interface ConnectorProps<V extends Ref<ConnectorChartValues>> {
  /**
   * References to values of the shape `connectorChartValues()`, with the connector's own below
   * `connector`.
   */
  readonly values: V;
}

/** A port that a connector's program listens on besides that of its metrics. */
export interface ConnectorPort {
  readonly name: string;
  readonly containerPort: Expr<number>;
  readonly servicePort: Expr<number>;
}

const CONFIG_DIRECTORY = '/etc/danube-connector/config';
const CONFIG_FILE = 'connector.toml';

/**
 * A connector of Danube: a Deployment, its connector.toml, a Service of its metrics, monitors,
 * network policy, and what it takes to stop and to notice that it lost its brokers.
 *
 * A subclass of `SinkConnector` or `SourceConnector` says what differs. Its methods are called
 * while the base is constructed, before fields of the subclass exist: they may use `values`,
 * `release` and `name`.
 *
 * Directly in a chart (id `Default`) the objects are named `<release>-connector-<type>`, the type
 * being the chart's name without `danube-connector-`; an alias of a parent chart counts. Elsewhere
 * the construct's id is the type.
 *
 * @throws when it is not inside a HelmChart.
 */
export abstract class Connector<V extends Ref<ConnectorChartValues>> extends Construct {
  /** Name of the Deployment and of most other objects. */
  readonly name: Expr<string>;
  /** Where the brokers are. */
  readonly brokers: BrokerLocation;
  readonly release: ReleaseContext;

  protected readonly values: V;
  protected readonly component: string;
  /** Whether its configuration is of 0.3 or newer; before, there are no metrics. */
  protected readonly hasMetrics: Expr<boolean>;
  protected readonly rules: ConnectorRules;

  constructor(scope: Construct, id: string, { values }: ConnectorProps<V>) {
    super(scope, id);
    const chart = new ChartPart(this, values);
    const { connector, core } = values;
    const ids = this.idsInChart(chart.chart);
    checkIds(ids);
    this.values = values;
    this.release = connectorRelease(chart, values);
    this.component = ['connector', ...ids].join('-');
    this.name = chart.template(
      'connectorName',
      ids.length > 0
        ? str`${this.release.fullname}-connector-${ids.join('-')}`
        : str`${this.release.fullname}-connector-${trimPrefix('danube-connector-', ChartInfo.name)}`,
      { description: 'Name of the Deployment of the connector.', content: 'name' },
    );
    const version = this.configVersion();
    this.hasMetrics = ne(version, '0.2');
    const explicitUrl = connector.config.danube_service_url;
    this.brokers = brokerLocation(chart, core, explicitUrl, this.release);
    this.rules = new ConnectorRules(chart, connector);
    addSharedRules(chart, this.rules, {
      ...{ values: connector, core, version, hasMetrics: this.hasMetrics },
      tags: this.tags(),
      secretNames: knownFields(connector.secrets.fromKeys).map(([name]) => name),
    });
    addReplicaRule(this.rules, connector, this.replicaRule());
    this.addRules?.(this.rules);
    const enabled = new Gate(this, 'connector', connector.enabled);
    this.addObjects(enabled, chart, version);
    this.addBootstrapJob(enabled);
    new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
    chart.notes(
      connectorNotes({
        ...{ values: connector, core, version, hasMetrics: this.hasMetrics },
        ...{ name: this.name, brokers: this.brokers },
        description: this.notes(),
        warnings: this.warnings(),
      }),
    );
  }

  /** Whether there may be several pods. */
  protected abstract replicaRule(): ReplicaRule;

  /** The vocabulary of the configuration; `values.configVersion` where there is a choice. */
  protected configVersion(): Expr<ConfigVersion> {
    return NEWEST;
  }

  /** The published image tags of the versions; none where users build the image. */
  protected tags(): Readonly<Record<ConfigVersion, string>> | undefined {
    return undefined;
  }

  /** What keys are called in 0.2, by their paths below `config`. */
  protected olderNames(): OlderNames {
    return {};
  }

  /** What stands in connector.toml in place of some keys, by their paths below `config`. */
  protected configFields(): ConfigFields {
    return {};
  }

  /** What must hold between the values besides what all connectors need. */
  protected addRules?(rules: ConnectorRules): void;

  /** Ports besides that of the metrics. */
  protected ports(): readonly ConnectorPort[] {
    return [];
  }

  /**
   * Ports of the backend that follow from values: `portMeantByUrl(values.config.x.url)`. If there
   * are any, one of them has to be there always: a rule without ports would allow all.
   */
  protected backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    return [];
  }

  /** Who may connect to the pods besides those who scrape them. */
  protected ingress(): readonly ListItem<NetworkPolicyIngressRule>[] {
    return [];
  }

  /** Whom it talks to besides DNS, the brokers and its backend. */
  protected egress(): readonly ListItem<NetworkPolicyEgressRule>[] {
    return [];
  }

  protected env(): readonly ListItem<EnvVar>[] {
    return [];
  }

  protected volumes(): readonly ListItem<Volume>[] {
    return [];
  }

  protected volumeMounts(): readonly ListItem<VolumeMount>[] {
    return [];
  }

  protected initContainers(): readonly ListItem<Container>[] {
    return [];
  }

  /** Annotations of the pods that restart them when something changes. */
  protected podAnnotations(): DynamicFields<Record<string, string>> {
    return {};
  }

  protected readinessProbe(): Dynamic<Probe | undefined> {
    return undefined;
  }

  /** Two pods of one connector would take messages from each other. */
  protected strategy(): Dynamic<DeploymentStrategy> {
    return { type: 'Recreate' };
  }

  protected replicas(): ManifestNode<number | undefined> {
    return this.values.connector.replicaCount;
  }

  /** More objects of the connector. */
  protected addOwnObjects?(scope: Construct): void;

  /** Lines of NOTES.txt about what it moves. */
  protected notes(): readonly unknown[] {
    return [];
  }

  /** What to know of chosen values. */
  protected warnings(): readonly Warning[] {
    return [];
  }

  /** The ids from the chart to this construct, as far as they tell it from others. */
  private idsInChart(chart: HelmChart): readonly string[] {
    const ids = this.node.path.slice(chart.node.path.length + 1).split('/');
    return ids.filter((id) => !/^(default|resource)$/i.test(id));
  }

  private addObjects(scope: Construct, chart: ChartPart, version: Expr<ConfigVersion>): void {
    const { release, component, name, hasMetrics } = this;
    const values = this.values.connector;
    const config = chart.textTemplate(
      'config',
      connectorConfig({
        values,
        version,
        olderNames: this.olderNames(),
        fields: this.configFields(),
        serviceUrl: this.brokers.serviceUrl,
        name,
      }),
      { description: 'The configuration of the connector.' },
    );
    const configName = str`${name}-config`;
    const accountName = release.serviceAccountName(values.serviceAccount, name);
    addServiceAccount(scope, values.serviceAccount, release, component, accountName);
    addTrialSecret(scope, values.secrets, release, name, component);
    addConnectorMonitoring(scope, { values, release, name, component, hasMetrics });
    addConnectorNetworkPolicy(scope, {
      ...{ values, release, name, component, hasMetrics, brokers: this.brokers },
      backendPorts: this.backendPorts(),
      ingress: this.ingress(),
      egress: this.egress(),
    });
    this.addOwnObjects?.(scope);

    new KubernetesObject<ConfigMap>(scope, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(configName, component),
      data: { [CONFIG_FILE]: textBlock(config) },
    });

    const ports = this.ports();
    const service = new Gate(scope, 'service', ports.length > 0 ? true : hasMetrics);
    new KubernetesObject<Service>(service, 'Default', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: release.metadata(name, component, values.service.annotations),
      spec: {
        type: 'ClusterIP',
        selector: release.labels.selecting(component),
        ports: [
          ...ports.map((port): Dynamic<ServicePort> => ({
            name: port.name,
            port: port.servicePort,
            targetPort: port.name,
          })),
          // Without other ports there is no Service before there are metrics.
          when<ServicePort>(ports.length > 0 ? hasMetrics : true, {
            name: 'metrics',
            port: values.metricsPort,
            targetPort: 'metrics',
          }),
        ],
      },
    });

    const liveness = connectorLiveness({
      values,
      serviceUrl: this.brokers.serviceUrl,
      listeningPort: ports.at(0)?.containerPort,
    });
    new KubernetesObject<Deployment>(scope, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: release.metadata(name, component),
      spec: {
        replicas: this.replicas(),
        strategy: this.strategy(),
        selector: { matchLabels: release.labels.selecting(component) },
        template: podTemplate({
          component,
          values,
          release,
          serviceAccountName: accountName,
          annotations: { 'checksum/config': sha256(config), ...this.podAnnotations() },
          stop: STOP_SEQUENCES.connector,
          initContainers: this.initContainers(),
          container: {
            name: 'connector',
            args: [],
            env: [
              { name: 'CONNECTOR_CONFIG_PATH', value: `${CONFIG_DIRECTORY}/${CONFIG_FILE}` },
              ...this.ownName(),
              ...secretVariables(values.secrets),
              ...this.env(),
            ],
            envFrom: secretSources(values.secrets, name),
            ports: [
              ...ports.map(({ name: port, containerPort }) => ({ name: port, containerPort })),
              when(hasMetrics, { name: 'metrics', containerPort: values.metricsPort }),
            ],
            startupProbe: liveness.startupProbe,
            livenessProbe: liveness.livenessProbe,
            readinessProbe: this.readinessProbe(),
            volumeMounts: [
              { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
              { name: 'tmp', mountPath: '/tmp' },
              ...liveness.volumeMounts,
              ...this.volumeMounts(),
            ],
          },
          volumes: [
            { name: 'config', configMap: { name: configName } },
            { name: 'tmp', emptyDir: {} },
            ...liveness.volumes,
            ...this.volumes(),
          ],
        }),
      },
    });
  }

  private addBootstrapJob(scope: Construct): void {
    const { release, brokers } = this;
    const { bootstrap, connector } = this.values;
    const { networkPolicy, config } = connector;
    new BootstrapJob(scope, 'bootstrap', {
      values: bootstrap,
      release,
      // A Job's name has a checksum too, so less room is left than for others.
      name: str`${release.prefixOf(this.name)}-bootstrap`,
      component: `${this.component}-bootstrap`,
      adminUrl: brokers.adminUrl,
      adminPort: brokers.adminPort,
      brokerHosts: brokers.brokerHosts,
      networkPolicy: {
        enabled: networkPolicy.enabled,
        brokers: [
          when<NetworkPolicyPeer>(not(config.danube_service_url), brokerPods(brokers)),
          splice(networkPolicy.brokers),
        ],
        dns: networkPolicy.dns,
      },
    });
  }

  /** Several pods each have the name of the pod. */
  private ownName(): readonly ListItem<EnvVar>[] {
    if (this.replicaRule().replicas !== 'ownNames') {
      return [];
    }
    return [
      when<EnvVar>(gt(this.values.connector.replicaCount, 1), {
        name: 'CONNECTOR_NAME',
        valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
      }),
    ];
  }
}

/** With a release name of 36 characters the names of Services have to be no longer than 63. */
function checkIds(ids: readonly string[]): void {
  const type = ids.join('-');
  if (type !== '' && !/^[a-z0-9][a-z0-9-]{0,14}[a-z0-9]$/.test(type)) {
    throw new Error(
      `the connector '${type}' needs an id of 2 to 16 small letters, digits and hyphens: ` +
        'its objects are named after it',
    );
  }
}
