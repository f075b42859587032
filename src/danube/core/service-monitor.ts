import { Construct } from 'constructs';
import type { z } from 'zod';
import type { ServiceMonitor } from '../../../imports/monitoring.coreos.com';
import { Gate, KubernetesObject, nonEmpty, Release, type Expr, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { BROKER, ETCD } from './components';
import { monitorMetadata } from '../monitoring/monitor-metadata';
import type { monitorValues } from '../monitoring/monitor-values';
import { brokerScrapeJob, etcdScrapeJob, type ScrapeJob } from './scrape-job';

export interface MonitorProps {
  /** References to values of the shape `monitorValues`. */
  readonly values: Ref<z.output<ReturnType<typeof monitorValues>>>;
  readonly release: ReleaseContext;
  /** Whether etcd runs in this release and is scraped too. */
  readonly scrapesEtcd: Expr<boolean>;
}

/**
 * Lets a Prometheus of the Prometheus Operator scrape the brokers and etcd through the endpoints
 * of their headless Services: one ServiceMonitor for each.
 */
export class ServiceMonitors extends Construct {
  readonly broker: KubernetesObject<ServiceMonitor>;
  readonly etcd: KubernetesObject<ServiceMonitor>;

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
      return new KubernetesObject<ServiceMonitor>(parent, name, {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: monitorMetadata(release, values, scrape.job, component, {
          object: `monitoringServiceMonitor${part}`,
        }),
        spec: {
          namespaceSelector: { matchNames: [Release.namespace] },
          selector: { matchLabels: release.labels.selecting(component) },
          endpoints: [
            {
              port: scrape.port,
              interval: nonEmpty(values.interval),
              scrapeTimeout: nonEmpty(values.scrapeTimeout),
              relabelings: [
                // Other Services select the same pods.
                {
                  action: 'keep',
                  sourceLabels: ['__meta_kubernetes_service_name'],
                  regex: scrape.service,
                },
                { action: 'replace', targetLabel: 'job', replacement: scrape.job },
                // It would rename the broker's own label `service` (facts on Danube, 2).
                { action: 'labeldrop', regex: 'service' },
              ],
            },
          ],
        },
      });
    }
  }
}
