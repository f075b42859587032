import {
  and,
  eq,
  has,
  join,
  not,
  or,
  type ChartPart,
  type Condition,
  type Ref,
} from '../../helm/index';
import { addIpFamilyRules } from '../ip-families';
import { addScrapeTimeoutRule } from '../monitoring/scrape-timeout-rule';
import { addObjectLabelRule } from '../object-values';
import type { ConnectorChartValues } from './connector-chart-values';

/**
 * The rules of values that all charts have: labels of objects, IP families, times of scrapes.
 *
 * @param isScraped whether the Service is there for metrics.
 */
export function addReleaseRules(
  chart: ChartPart,
  values: Ref<ConnectorChartValues>,
  isScraped: Condition,
): void {
  const { enabled, serviceMonitor } = values.connector;
  const { interval, scrapeTimeout } = serviceMonitor;
  addObjectLabelRule(chart, values);
  addIpFamilyRules(chart, values);
  addScrapeTimeoutRule(chart, 'connector.serviceMonitor', {
    enabled: and(enabled, serviceMonitor.enabled),
    interval,
    scrapeTimeout,
  });
  chart.require({
    path: 'ipFamilies',
    holds: or(
      not(and(enabled, isScraped)),
      not(has('IPv6', values.ipFamilies)),
      eq(join(',', values.ipFamilies), 'IPv4,IPv6'),
    ),
    problem: 'IPv6 is the first of them, and connectors serve their metrics on IPv4 only',
    fix: 'write IPv4 first, or alone: [IPv4, IPv6]',
  });
}
