import { Release, str, type Expr, type ChartPart } from '../../helm/index';
import type { CoreNames } from '../naming';

/**
 * What is scraped of one component, and how its series are named. The bundled server and the
 * Prometheus Operator's monitors give the same labels, so that alerts and dashboards fit both:
 * `job` is the name of the StatefulSet, `namespace` and `pod` are those of the pod.
 */
export interface ScrapeJob {
  /** The label `job`: unlike a fixed word it tells the releases of a namespace apart. */
  readonly job: Expr<string>;
  /** The headless Service, whose endpoints name pods that are not ready too. */
  readonly service: Expr<string>;
  /** Name of the port, of the Service and of the pods. */
  readonly port: string;
}

export function brokerScrapeJob(names: CoreNames): ScrapeJob {
  return { job: names.broker, service: names.brokerHeadless, port: 'prometheus' };
}

export function etcdScrapeJob(names: CoreNames): ScrapeJob {
  return { job: names.etcd, service: names.etcdHeadless, port: 'metrics' };
}

/** Label matchers for PromQL, as a template: the series of one component of this release. */
export interface Series {
  readonly brokers: Expr<string>;
  readonly etcd: Expr<string>;
}

export function seriesTemplates(chart: ChartPart, names: CoreNames): Series {
  const matchers = (job: Expr<string>) => str`namespace='${Release.namespace}',job='${job}'`;
  return {
    brokers: chart.template('brokerSeries', matchers(names.broker), {
      description: 'PromQL matchers of the series of the brokers.',
      variable: '$brokerSeries',
    }),
    etcd: chart.template('etcdSeries', matchers(names.etcd), {
      description: 'PromQL matchers of the series of etcd.',
      variable: '$etcdSeries',
    }),
  };
}
