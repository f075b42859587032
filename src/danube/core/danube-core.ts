import { Construct } from 'constructs';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  ChartPart,
  choose,
  Gate,
  type KubernetesObject,
  partValues,
  RepeatedObject,
  splice,
  type PartProps,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { ReleaseContext } from '../release-context';
import { VALUES_OF_ALL_PARTS } from '../release-values';
import { alertsTemplate } from './alerts';
import { Broker, type BrokerProps } from './broker';
import { addBrokerNetworkPolicy } from './broker-network-policy';
import { addCoreNotes } from './core-notes';
import { addCoreRules } from './core-rules';
import { coreValues } from './core-values';
import { Etcd, type EtcdProps } from './etcd';
import { addEtcdCare, type EtcdCare } from './etcd-care';
import { addEtcdNetworkPolicy } from './etcd-network-policy';
import { ExternalAccess, type ExternalAccessProps } from './external-access';
import { addExternalAccessRules } from './external-access-rules';
import { McpAccess, type McpAccessProps } from './mcp-access';
import { addMcpAccessRules } from './mcp-access-rules';
import { Monitoring, type MonitoringProps } from './monitoring';
import { Prometheus, type PrometheusProps } from './prometheus';
import { seriesTemplates } from './scrape-job';
import { SmokeTests } from './smoke-tests';
import { addPrometheusNetworkPolicy } from './prometheus-network-policy';

/**
 * Values of the shape `coreValues`: `values`, if the chart has them already, or `defaults` and
 * `fixed`, and they are added to the chart below the construct's id.
 */
export type DanubeCoreProps = PartProps<typeof coreValues>;

export interface CoreNetworkPolicies {
  readonly etcd: KubernetesObject<NetworkPolicy>;
  readonly broker: KubernetesObject<NetworkPolicy>;
  readonly prometheus: KubernetesObject<NetworkPolicy>;
}

/**
 * The backbone of Danube: brokers, their etcd, and a Prometheus that watches them.
 *
 * Its parts and their objects are properties: `core.broker.statefulSet.patch({ ... })`. A subclass
 * can put a part of its own in place of one by overriding its `create` method.
 *
 * @throws when it is not inside a HelmChart.
 */
export class DanubeCore extends Construct {
  /** References to its values. */
  readonly values: Ref<z.output<typeof coreValues>>;
  readonly release: ReleaseContext;
  readonly etcd: Etcd;
  readonly etcdCare: EtcdCare;
  readonly broker: Broker;
  readonly prometheus: Prometheus;
  readonly externalAccess: ExternalAccess;
  readonly mcpAccess: McpAccess;
  readonly monitoring: Monitoring;
  readonly networkPolicies: CoreNetworkPolicies;
  readonly smokeTests: SmokeTests;
  readonly extraObjects: RepeatedObject<object>;

  constructor(scope: Construct, id: string, props: DanubeCoreProps = {}) {
    super(scope, id);
    const values = partValues(scope, id, coreValues, props, VALUES_OF_ALL_PARTS);
    this.values = values;
    const chart = new ChartPart(this, values);
    this.release = new ReleaseContext(chart, values, values.global.storageClass, values);
    const { broker, etcd, prometheus } = values;
    const { names, clusterDomain } = this.release;
    addCoreRules(chart, values);
    addExternalAccessRules(chart, values);
    addMcpAccessRules(chart, values);

    const etcdGate = new Gate(this, 'etcd', etcd.enabled);
    this.etcd = this.createEtcd(etcdGate, 'Default', {
      values: etcd,
      release: this.release,
    });
    this.etcdCare = addEtcdCare(etcdGate, {
      values,
      release: this.release,
      membersDomain: this.etcd.membersDomain,
    });
    this.broker = this.createBroker(this, 'broker', {
      values: broker,
      release: this.release,
      clusterName: values.global.clusterName,
      metadataStore: {
        host: chart.template(
          'etcdHost',
          choose(etcd.enabled, clusterDnsName(names.etcd, clusterDomain), etcd.external.host),
          {
            description: 'Where the brokers find etcd: the one of this release or an external one.',
          },
        ),
        port: choose(etcd.enabled, etcd.service.port, etcd.external.port),
      },
    });
    const { address } = this.broker;
    this.externalAccess = this.createExternalAccess(this, 'broker-external', {
      values,
      release: this.release,
      address,
    });
    const series = seriesTemplates(chart, names);
    const alerts = alertsTemplate(chart, { names, series, watchesEtcd: etcd.enabled });
    this.prometheus = this.createPrometheus(
      new Gate(this, 'prometheus', prometheus.enabled),
      'Default',
      {
        values: prometheus,
        release: this.release,
        scrapesEtcd: etcd.enabled,
        alerts,
      },
    );
    this.mcpAccess = this.createMcpAccess(this, 'mcp', { values, release: this.release });
    this.monitoring = this.createMonitoring(this, 'monitoring', {
      values,
      release: this.release,
      alerts,
    });
    this.networkPolicies = {
      etcd: addEtcdNetworkPolicy(this.etcd, values, this.release),
      broker: addBrokerNetworkPolicy(this.broker, values, this.release),
      prometheus: addPrometheusNetworkPolicy(this.prometheus, values, this.release),
    };
    this.smokeTests = new SmokeTests(new Gate(this, 'test', values.tests.enabled), 'Default', {
      values,
      release: this.release,
    });
    this.extraObjects = new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
    addCoreNotes(chart, values, this.release, address);
  }

  /** The etcd members; a subclass may make its own. Runs in the constructor. */
  protected createEtcd(scope: Construct, id: string, props: EtcdProps): Etcd {
    return new Etcd(scope, id, props);
  }

  /** The brokers; a subclass may make its own. Runs in the constructor. */
  protected createBroker(scope: Construct, id: string, props: BrokerProps): Broker {
    return new Broker(scope, id, props);
  }

  /** The Prometheus server; a subclass may make one of its own. Runs in the constructor. */
  protected createPrometheus(scope: Construct, id: string, props: PrometheusProps): Prometheus {
    return new Prometheus(scope, id, props);
  }

  /** The ways to the brokers from outside; a subclass may make its own. Runs in the constructor. */
  protected createExternalAccess(
    scope: Construct,
    id: string,
    props: ExternalAccessProps,
  ): ExternalAccess {
    return new ExternalAccess(scope, id, props);
  }

  /** The Services for MCP; a subclass may make its own. Runs in the constructor. */
  protected createMcpAccess(scope: Construct, id: string, props: McpAccessProps): McpAccess {
    return new McpAccess(scope, id, props);
  }

  /** Monitors, alerts, dashboard; a subclass may make its own. Runs in the constructor. */
  protected createMonitoring(scope: Construct, id: string, props: MonitoringProps): Monitoring {
    return new Monitoring(scope, id, props);
  }
}
