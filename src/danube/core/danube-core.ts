import { Construct } from 'constructs';
import type { z } from 'zod';
import { ChartPart, choose, Gate, RepeatedObject, splice, type Ref } from '../../helm/index';
import { clusterDnsName } from '../naming';
import { ReleaseContext } from '../release-context';
import { Broker } from './broker';
import { addBrokerNetworkPolicy } from './broker-network-policy';
import { addCoreNotes } from './core-notes';
import { addCoreRules } from './core-rules';
import type { coreValues } from './core-values';
import { Etcd } from './etcd';
import { addEtcdNetworkPolicy } from './etcd-network-policy';
import { Monitoring } from './monitoring';
import { Prometheus } from './prometheus';
import { seriesTemplates } from './scrape-job';
import { addPrometheusNetworkPolicy } from './prometheus-network-policy';

export interface DanubeCoreProps {
  /** References to values of the shape `coreValues`. */
  readonly values: Ref<z.output<typeof coreValues>>;
}

/**
 * The backbone of Danube: brokers, their etcd, and a Prometheus that watches them.
 *
 * @throws when it is not inside a HelmChart.
 */
export class DanubeCore extends Construct {
  readonly release: ReleaseContext;

  constructor(scope: Construct, id: string, { values }: DanubeCoreProps) {
    super(scope, id);
    const chart = new ChartPart(this, values);
    this.release = new ReleaseContext(chart, values);
    const { broker, etcd, prometheus } = values;
    const { names, clusterDomain } = this.release;
    addCoreRules(chart, values);

    const etcdPart = new Etcd(new Gate(this, 'etcd', etcd.enabled), 'Default', {
      values: etcd,
      release: this.release,
    });
    const brokerPart = new Broker(this, 'broker', {
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
    const series = seriesTemplates(chart, names);
    const prometheusPart = new Prometheus(
      new Gate(this, 'prometheus', prometheus.enabled),
      'Default',
      {
        values: prometheus,
        release: this.release,
        scrapesEtcd: etcd.enabled,
        series,
      },
    );
    new Monitoring(this, 'monitoring', { values, release: this.release, series });
    addEtcdNetworkPolicy(etcdPart, values, this.release);
    addBrokerNetworkPolicy(brokerPart, values, this.release);
    addPrometheusNetworkPolicy(prometheusPart, values, this.release);
    new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
    addCoreNotes(chart, values, this.release);
  }
}
