import type { PrometheusRule } from '../../../imports/monitoring.coreos.com';
import {
  when,
  type ChartPart,
  type Condition,
  type ListItem,
  type YamlTemplate,
} from '../../helm/index';
import { alertGroup, type AlertGroup } from '../monitoring/alert-group';
import type { CoreNames } from '../naming';
import { brokerAlerts } from './broker-alerts';
import { etcdAlerts } from './etcd-alerts';
import type { Series } from './scrape-job';

/** The file of the alerts, beside prometheus.yml. */
export const RULES_FILE = 'alerts.yml';

/** The alerts as the rules file of a Prometheus and as the `spec` of a PrometheusRule. */
export type AlertsTemplate = YamlTemplate<PrometheusRule['spec']>;

export interface AlertsProps {
  readonly names: CoreNames;
  readonly series: Series;
  /** Whether etcd runs in this release. */
  readonly watchesEtcd: Condition;
}

/**
 * The alerts of a core, for a rules file and for a PrometheusRule. They use metrics that broker
 * 0.7.2 and etcd 3.5 really have (facts on Danube, 2): the broker's histograms are summaries, and
 * its id changes at each start, so series are told apart by `pod`.
 */
export function alertGroups({
  names,
  series,
  watchesEtcd,
}: AlertsProps): readonly ListItem<AlertGroup>[] {
  return [
    alertGroup('danube-broker', names.broker, brokerAlerts(series)),
    when(watchesEtcd, alertGroup('danube-etcd', names.etcd, etcdAlerts(series))),
  ];
}

/** Defines the template of the alerts. */
export function alertsTemplate(chart: ChartPart, props: AlertsProps): AlertsTemplate {
  const rules = { groups: alertGroups(props) };
  const description = `${RULES_FILE}, and the spec of the PrometheusRule`;
  return chart.yamlTemplate<PrometheusRule['spec']>('alerts', rules, { description });
}
