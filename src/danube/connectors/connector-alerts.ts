import { str, type Expr } from '../../helm/index';
import type { Alert } from '../monitoring/alert';

/**
 * What can go wrong with a connector, as far as the metrics of 0.3 tell (facts on connectors, 2.5).
 * None of them shows a connector that lost its brokers, except that its counters stand still.
 */
export function connectorAlerts(series: Expr<string>): readonly Alert[] {
  return [
    {
      alert: 'DanubeConnectorDown',
      expr: str`up{${series}} == 0`,
      after: '2m',
      severity: 'critical',
      summary: 'Connector {{ $labels.pod }} does not answer.',
      description: [
        'It exits when the brokers, a topic or its backend are missing at the start, when retries',
        'are used up, and on a message that it cannot write. See the previous log of the pod.',
      ],
    },
    {
      alert: 'DanubeConnectorMissing',
      expr: str`absent(up{${series}})`,
      after: '5m',
      severity: 'critical',
      summary: 'Prometheus finds no pod of the connector.',
      description: ['It was scaled to 0, or discovery or a NetworkPolicy keeps Prometheus away.'],
    },
    {
      alert: 'DanubeConnectorUnhealthy',
      expr: str`danube_connector_health{${series}} == 0`,
      after: '1m',
      severity: 'warning',
      summary: 'Connector {{ $labels.pod }} says that it is not healthy.',
      description: [
        'Its own check of the backend fails; after a few failures in a row the process ends.',
      ],
    },
    {
      alert: 'DanubeConnectorStalled',
      expr: str`sum by (pod) (rate(danube_connector_messages_processed_total{${series}}[15m])) == 0 and sum by (pod) (rate(danube_connector_messages_processed_total{${series}}[15m] offset 1h)) > 0`,
      after: '15m',
      severity: 'warning',
      summary: 'Connector {{ $labels.pod }} moved messages an hour ago and moves none now.',
      description: [
        'There may be none. If there are, it lost its brokers, which were away for seconds, or its',
        'topic moved to another one, which no probe notices. Restart the pod.',
      ],
    },
    {
      alert: 'DanubeConnectorFailing',
      expr: str`sum by (pod) (rate(danube_connector_messages_failed_total{${series}}[5m])) > 0`,
      after: '10m',
      severity: 'warning',
      summary: 'Connector {{ $labels.pod }} fails on {{ $value | humanize }} messages a second.',
      description: [
        'A source drops such messages, a sink exits after its retries. If none is processed at',
        'all it lost its brokers: restart the pod.',
      ],
    },
    {
      alert: 'DanubeConnectorRestarts',
      expr: str`sum by (pod) (resets(danube_connector_messages_processed_total{${series}}[1h])) > 3`,
      after: '0m',
      severity: 'warning',
      summary: 'Connector {{ $labels.pod }} restarted {{ $value }} times within an hour.',
      description: [
        'A message that a sink cannot write ends it again and again: see the previous log of the',
        'pod, and skip the message on its subscription or repair the target.',
      ],
    },
  ];
}
