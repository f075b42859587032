import { when, type Condition, type ListItem } from '../../helm/index';
import { alertGroup, type AlertGroup } from '../monitoring/alert-group';
import type { CoreNames } from '../naming';
import { brokerAlerts } from './broker-alerts';
import { etcdAlerts } from './etcd-alerts';
import type { Series } from './scrape-job';

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
