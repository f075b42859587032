import { Construct } from 'constructs';
import type { z } from 'zod';
import { and, Gate, not, type Ref } from '../../helm/index';
import { addScrapeTimeoutRule } from '../monitoring/scrape-timeout-rule';
import type { ReleaseContext } from '../release-context';
import type { AlertsTemplate } from './alerts';
import type { coreValues } from './core-values';
import { Dashboard } from './dashboard';
import { PodMonitors } from './pod-monitor';
import { PrometheusRule } from './prometheus-rule';
import { ServiceMonitors } from './service-monitor';

export interface MonitoringProps {
  /** References to values of the shape `coreValues`. */
  readonly values: Ref<z.output<typeof coreValues>>;
  readonly release: ReleaseContext;
  readonly alerts: AlertsTemplate;
}

/**
 * What a Prometheus and a Grafana that are there already need: monitors, alerts, a dashboard. All
 * of it is off by default, and none of it depends on the bundled Prometheus.
 */
export class Monitoring extends Construct {
  readonly serviceMonitors: ServiceMonitors;
  readonly podMonitors: PodMonitors;
  readonly prometheusRule: PrometheusRule;
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { values, release, alerts }: MonitoringProps) {
    super(scope, id);
    const { etcd, prometheus, grafanaDashboard } = values;
    const { serviceMonitor, podMonitor, prometheusRule } = prometheus;
    release.chart.require({
      path: 'prometheus.podMonitor.enabled',
      holds: not(and(podMonitor.enabled, serviceMonitor.enabled)),
      problem: 'prometheus.serviceMonitor.enabled is true too, so every series would be double',
      fix: 'set one of the two to false',
    });
    addScrapeTimeoutRule(release.chart, 'prometheus.serviceMonitor', serviceMonitor);
    addScrapeTimeoutRule(release.chart, 'prometheus.podMonitor', podMonitor);
    this.serviceMonitors = new ServiceMonitors(
      new Gate(this, 'servicemonitor', serviceMonitor.enabled),
      'Default',
      {
        values: serviceMonitor,
        release,
        scrapesEtcd: etcd.enabled,
      },
    );
    this.podMonitors = new PodMonitors(
      new Gate(this, 'podmonitor', podMonitor.enabled),
      'Default',
      {
        values: podMonitor,
        release,
        scrapesEtcd: etcd.enabled,
      },
    );
    this.prometheusRule = new PrometheusRule(
      new Gate(this, 'prometheusrule', prometheusRule.enabled),
      'Default',
      {
        values: prometheusRule,
        release,
        alerts,
      },
    );
    this.dashboard = new Dashboard(
      new Gate(this, 'dashboard', grafanaDashboard.enabled),
      'Default',
      {
        values: grafanaDashboard,
        release,
      },
    );
  }
}
