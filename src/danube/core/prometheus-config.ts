import {
  Release,
  str,
  when,
  yamlFile,
  type Condition,
  type Expr,
  type ChartPart,
} from '../../helm/index';
import type { CoreNames } from '../naming';
import { RULES_FILE } from './alerts';
import { brokerScrapeJob, etcdScrapeJob, type ScrapeJob } from './scrape-job';

export interface PrometheusConfigProps {
  readonly names: CoreNames;
  readonly scrapeInterval: Expr<string>;
  /** Whether etcd runs in this release. */
  readonly scrapesEtcd: Condition;
  /** Whether alerts are evaluated. */
  readonly hasRules: Condition;
}

/** The pods behind a port of a Service, by their names: a broker's id changes at each start. */
function endpointsJob({ job, service, port }: ScrapeJob): object {
  return {
    job_name: job,
    kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: [Release.namespace] } }],
    relabel_configs: [
      {
        source_labels: ['__meta_kubernetes_service_name', '__meta_kubernetes_endpoint_port_name'],
        regex: str`${service};${port}`,
        action: 'keep',
      },
      { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
    ],
  };
}

/**
 * Defines the template of prometheus.yml. Targets are found through the endpoints of the headless
 * Services, which name pods that are not ready too.
 */
export function prometheusConfigTemplate(
  chart: ChartPart,
  { names, scrapeInterval, scrapesEtcd, hasRules }: PrometheusConfigProps,
): Expr<string> {
  const file = yamlFile({
    global: { scrape_interval: scrapeInterval, evaluation_interval: scrapeInterval },
    rule_files: [when(hasRules, RULES_FILE)],
    scrape_configs: [
      { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9090'] }] },
      endpointsJob(brokerScrapeJob(names)),
      when(scrapesEtcd, endpointsJob(etcdScrapeJob(names))),
    ],
  });
  return chart.textTemplate('prometheusConfig', file, { description: 'prometheus.yml' });
}
