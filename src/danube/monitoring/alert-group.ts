import type { PrometheusRule } from '../../../imports/monitoring.coreos.com';
import { Release, type Dynamic, type Expr } from '../../helm/index';
import type { Alert } from './alert';

/** A group of a rules file, and of a PrometheusRule. */
export type AlertGroup = NonNullable<PrometheusRule['spec']['groups']>[number];
type Rule = NonNullable<AlertGroup['rules']>[number];

/** A group of alerts about the series of one job. */
export function alertGroup(
  name: string,
  job: Expr<string>,
  alerts: readonly Alert[],
): Dynamic<AlertGroup> {
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
