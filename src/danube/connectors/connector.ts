import { Construct } from 'constructs';
import type { Deployment, DeploymentStrategy } from 'kubernetes-types/apps/v1';
import type {
  ConfigMap,
  Container,
  EnvVar,
  Probe,
  Secret,
  Service,
  ServiceAccount,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import {
  ChartInfo,
  ChartPart,
  eq,
  Gate,
  knownFields,
  namedIds,
  KubernetesObject,
  ne,
  RepeatedObject,
  splice,
  str,
  textBlock,
  trimPrefix,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import type { BootstrapJob } from '../bootstrap/bootstrap-job';
import { addServiceAccount } from '../pod/service-account';
import { ReleaseContext } from '../release-context';
import { brokerLocation, type BrokerLocation } from './broker-location';
import type { ConfigVersion } from './config-version';
import { addConnectorBootstrap } from './connector-bootstrap';
import type { ConnectorChartValues } from './connector-chart-values';
import { connectorConfig, NEWEST, type ConfigFields, type OlderNames } from './connector-config';
import type { ConnectorContext, ConnectorPort } from './connector-context';
import { checkIds } from './connector-ids';
import { addConnectorDeployment, CONFIG_DIRECTORY, CONFIG_FILE } from './connector-deployment';
import { connectorLiveness } from './connector-liveness';
import { addConnectorMonitoring, type ConnectorMonitoring } from './connector-monitoring';
import { addConnectorNetworkPolicy } from './connector-network-policy';
import { connectorNotes, type Warning } from './connector-notes';
import { addConnectorPdb } from './connector-pdb';
import { addReleaseRules } from './connector-release-rules';
import {
  addReplicaRule,
  addSharedRules,
  ConnectorRules,
  type ClientNeeds,
  type ReplicaRule,
} from './connector-rules';
import { addTrialSecret } from './connector-secrets';
import { addConnectorService } from './connector-service';

/** What a connector is made from. */
export interface ConnectorProps<V extends Ref<ConnectorChartValues>> {
  /**
   * References to values of the shape `connectorChartValues()`, with the connector's own below
   * `connector`.
   */
  readonly values: V;
}

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
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly configMap: KubernetesObject<ConfigMap>;
  readonly trialSecret: KubernetesObject<Secret>;
  readonly service: KubernetesObject<Service>;
  readonly deployment: KubernetesObject<Deployment>;
  /** Where there may be several pods. */
  readonly pdb: KubernetesObject<PodDisruptionBudget> | undefined;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;
  readonly monitoring: ConnectorMonitoring;
  readonly bootstrap: BootstrapJob;
  readonly extraObjects: RepeatedObject<object>;

  protected readonly values: V;
  protected readonly component: string;
  /** Whether its configuration is of 0.3 or newer; before, there are no metrics. */
  protected readonly hasMetrics: Expr<boolean>;
  protected readonly rules: ConnectorRules;
  /** Where objects stand that are there while the connector is enabled: those of subclasses too. */
  protected readonly enabled: Gate;

  constructor(scope: Construct, id: string, { values }: ConnectorProps<V>) {
    super(scope, id);
    const chart = new ChartPart(this, values);
    const { connector, core } = values;
    const ids = namedIds(this, chart.chart);
    checkIds(ids);
    this.values = values;
    const version = this.configVersion();
    const ports = this.ports();
    const replicaRule = this.replicaRule();
    const clientNeeds = this.clientNeeds();
    this.release = new ReleaseContext(chart, values, undefined, values);
    this.component = ['connector', ...ids].join('-');
    this.name = chart.template(
      'connectorName',
      ids.length > 0
        ? str`${this.release.fullname}-connector-${ids.join('-')}`
        : str`${this.release.fullname}-connector-${trimPrefix('danube-connector-', ChartInfo.name)}`,
      {
        description: 'Name of the Deployment of the connector.',
        content: 'name',
        variable: '$connectorName',
      },
    );
    this.hasMetrics = ne(version, '0.2');
    const explicitUrl = connector.config.danube_service_url;
    this.brokers = brokerLocation(chart, core, explicitUrl, this.release);
    this.rules = new ConnectorRules(chart, connector);
    this.enabled = new Gate(this, 'connector', connector.enabled);
    // With other ports the Service may be there for them alone.
    const isScraped = ports.length > 0 ? connector.serviceMonitor.enabled : this.hasMetrics;
    addReleaseRules(chart, values, isScraped);
    addSharedRules(chart, this.rules, {
      values: connector,
      core,
      version,
      hasMetrics: this.hasMetrics,
      tags: this.tags(),
      clientNeeds,
      secretNames: knownFields(connector.secrets.fromKeys).map(([secretName]) => secretName),
    });
    addReplicaRule(this.rules, connector, replicaRule);
    this.addRules?.(this.rules);

    const context = this.context();
    const { release, name, component, enabled } = this;
    const config = chart.textTemplate(
      'config',
      connectorConfig({
        values: connector,
        version,
        olderNames: this.olderNames(),
        fields: this.configFields(),
        serviceUrl: this.brokers.serviceUrl,
        name,
      }),
      { description: 'The configuration of the connector.' },
    );
    const configName = str`${name}-config`;
    const liveness = connectorLiveness({
      values: connector,
      serviceUrl: this.brokers.serviceUrl,
      listeningPort: ports.at(0)?.containerPort,
      directory: CONFIG_DIRECTORY,
    });
    const account = connector.serviceAccount;
    const accountName = release.serviceAccountName(account, name);
    this.serviceAccount = addServiceAccount(
      enabled,
      account,
      release,
      component,
      accountName,
      'connectorServiceAccount',
    );
    this.trialSecret = addTrialSecret(enabled, connector.secrets, release, name, component);
    this.configMap = new KubernetesObject<ConfigMap>(enabled, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(configName, component, { object: 'connectorConfigMap' }),
      data: { [CONFIG_FILE]: textBlock(config), ...liveness.files },
    });
    this.service = addConnectorService(enabled, context, ports);
    this.deployment = addConnectorDeployment(enabled, context, {
      serviceAccountName: accountName,
      config: { text: config, configMap: configName },
      replicas: this.replicas(),
      replicaRule,
      strategy: this.strategy(),
      annotations: this.podAnnotations(),
      initContainers: this.initContainers(),
      ports,
      env: this.env(),
      liveness,
      readinessProbe: this.readinessProbe(),
      volumes: this.volumes(),
      volumeMounts: this.volumeMounts(),
    });
    this.pdb =
      replicaRule.replicas === 'one' ? undefined : addConnectorPdb(enabled, context, replicaRule);
    this.networkPolicy = addConnectorNetworkPolicy(enabled, {
      ...context,
      backendPorts: this.backendPorts(),
      ingress: this.ingress(),
      egress: this.egress(),
    });
    this.monitoring = addConnectorMonitoring(enabled, context);
    this.bootstrap = addConnectorBootstrap(enabled, context, values.bootstrap);
    this.extraObjects = new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
    chart.notes(
      connectorNotes({
        ...context,
        core,
        suitsOldBrokers: clientNeeds.suitsOldBrokers,
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

  /** Which brokers its Danube client can talk to. */
  protected clientNeeds(): ClientNeeds {
    const tags = this.tags();
    return {
      suitsOldBrokers: eq(this.configVersion(), '0.2'),
      path: tags === undefined ? 'image' : 'configVersion',
      fix: tags === undefined ? 'use an older client' : `write 0.2 with image.tag ${tags['0.2']}`,
    };
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

  /** Lines of NOTES.txt about what it moves. */
  protected notes(): readonly unknown[] {
    return [];
  }

  /** What to know of chosen values. */
  protected warnings(): readonly Warning[] {
    return [];
  }

  /** What objects of the connector are made from. */
  protected context(): ConnectorContext {
    const { release, name, component, brokers, hasMetrics } = this;
    return { values: this.values.connector, release, name, component, brokers, hasMetrics };
  }
}
