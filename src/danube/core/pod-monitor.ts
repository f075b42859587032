import { Construct } from 'constructs';
import type { PodMonitor } from '../../../imports/monitoring.coreos.com';
import { Gate, KubernetesObject, nonEmpty, Release } from '../../helm/index';
import { BROKER, ETCD } from './components';
import { monitorMetadata } from '../monitoring/monitor-metadata';
import { brokerScrapeJob, etcdScrapeJob, type ScrapeJob } from './scrape-job';
import type { MonitorProps } from './service-monitor';

/**
 * Lets a Prometheus of the Prometheus Operator scrape the pods of the brokers and of etcd: one
 * PodMonitor for each. The series are the same as those of `ServiceMonitors`.
 */
export class PodMonitors extends Construct {
  readonly broker: KubernetesObject<PodMonitor>;
  readonly etcd: KubernetesObject<PodMonitor>;

  constructor(scope: Construct, id: string, { values, release, scrapesEtcd }: MonitorProps) {
    super(scope, id);
    const etcd = new Gate(this, 'etcd', scrapesEtcd);
    this.broker = addMonitor(this, 'broker', 'Broker', BROKER, brokerScrapeJob(release.names));
    this.etcd = addMonitor(etcd, 'Default', 'Etcd', ETCD, etcdScrapeJob(release.names));

    function addMonitor(
      parent: Construct,
      name: string,
      part: string,
      component: string,
      scrape: ScrapeJob,
    ) {
      return new KubernetesObject<PodMonitor>(parent, name, {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: monitorMetadata(release, values, scrape.job, component, {
          object: `monitoringPodMonitor${part}`,
        }),
        spec: {
          namespaceSelector: { matchNames: [Release.namespace] },
          selector: { matchLabels: release.labels.selecting(component) },
          podMetricsEndpoints: [
            {
              port: scrape.port,
              interval: nonEmpty(values.interval),
              scrapeTimeout: nonEmpty(values.scrapeTimeout),
              relabelings: [{ action: 'replace', targetLabel: 'job', replacement: scrape.job }],
            },
          ],
        },
      });
    }
  }
}
