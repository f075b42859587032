import type { PrometheusRule } from '../../../imports/monitoring.coreos.com';
import {
  Release,
  when,
  type Condition,
  type Dynamic,
  type Expr,
  type ListItem,
} from '../../helm/index';
import type { CoreNames } from '../naming';
import type { Alert } from './alert';
import { brokerAlerts } from './broker-alerts';
import { etcdAlerts } from './etcd-alerts';
import type { Series } from './scrape-job';

type RuleGroup = NonNullable<PrometheusRule['spec']['groups']>[number];
type Rule = NonNullable<RuleGroup['rules']>[number];

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
}: AlertsProps): readonly ListItem<RuleGroup>[] {
  return [
    alertGroup('danube-broker', names.broker, brokerAlerts(series)),
    when(watchesEtcd, alertGroup('danube-etcd', names.etcd, etcdAlerts(series))),
  ];
}

/** A group of alerts about the series of one job. */
export function alertGroup(
  name: string,
  job: Expr<string>,
  alerts: readonly Alert[],
): Dynamic<RuleGroup> {
  return { name, rules: alerts.map((alert) => rule(alert, job)) };
}

/** Sums lose the labels of their series, so each alert says itself what it is about. */
function rule(alert: Alert, job: Expr<string>): Dynamic<Rule> {
  return {
    alert: alert.alert,
    expr: alert.expr,
    for: alert.after,
    labels: { severity: alert.severity, namespace: Release.namespace, job },
    annotations: { summary: alert.summary, description: alert.description.join('\n') },
  };
}
