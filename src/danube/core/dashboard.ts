import { Construct } from 'constructs';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { jsonFile, KubernetesObject, type Expr } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { BROKER } from './components';
import { monitorMetadata, type FoundByLabels } from '../monitoring/monitor-metadata';

export interface DashboardProps {
  /** References to values of the shape `grafanaDashboardValues`. */
  readonly values: FoundByLabels & {
    readonly annotations: Expr<Readonly<Record<string, string>>>;
  };
  readonly release: ReleaseContext;
}

/** A Grafana dashboard, in a ConfigMap that the sidecar of Grafana finds by its label. */
export class Dashboard extends Construct {
  readonly configMap: KubernetesObject<ConfigMap>;

  constructor(scope: Construct, id: string, { values, release }: DashboardProps) {
    super(scope, id);
    const { dashboard } = release.names;
    this.configMap = new KubernetesObject<ConfigMap>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: monitorMetadata(release, values, dashboard, BROKER, {
        object: 'monitoringDashboard',
        annotations: values.annotations,
      }),
      data: { 'danube.json': jsonFile(DASHBOARD) },
    });
  }
}

/** A graph: its title, the unit of its axis, and PromQL with the legend of its lines. */
interface Graph {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly (readonly [query: string, legend: string])[];
}

interface Row {
  readonly title: string;
  readonly graphs: readonly Graph[];
}

const BROKERS = "namespace='$ns',job='$brokers'";
const ETCD = "namespace='$ns',job='$etcd'";

/** Two graphs in each line of the dashboard, whose grid is 24 wide. */
const GRAPH_WIDTH = 12;
const GRAPH_HEIGHT = 8;
const ROW_HEIGHT = 1;

const ROWS: readonly Row[] = [
  {
    title: 'Cluster',
    graphs: [
      {
        title: 'Brokers and etcd members that answer',
        unit: 'short',
        lines: [
          [`sum(up{${BROKERS}})`, 'brokers'],
          [`sum(up{${ETCD}})`, 'etcd members'],
        ],
      },
      {
        title: 'Leader',
        unit: 'short',
        lines: [[`danube_leader_election_state{${BROKERS}}`, '{{pod}}']],
      },
      {
        title: 'Topics of each broker',
        unit: 'short',
        lines: [[`danube_broker_topics_owned{${BROKERS}}`, '{{pod}}']],
      },
      {
        title: 'Watches of the brokers in etcd',
        unit: 'short',
        lines: [[`sum(etcd_debugging_mvcc_watcher_total{${ETCD}})`, 'watches']],
      },
    ],
  },
  {
    title: 'Messages',
    graphs: [
      {
        title: 'Messages in',
        unit: 'cps',
        lines: [
          [`sum by (topic) (rate(danube_topic_messages_in_total{${BROKERS}}[5m]))`, '{{topic}}'],
        ],
      },
      {
        title: 'Messages out',
        unit: 'cps',
        lines: [
          [
            `sum by (topic, subscription) (rate(danube_consumer_messages_out_total{${BROKERS}}[5m]))`,
            '{{topic}} {{subscription}}',
          ],
        ],
      },
      {
        title: 'Bytes in and out',
        unit: 'Bps',
        lines: [
          [`sum(rate(danube_topic_bytes_in_total{${BROKERS}}[5m]))`, 'in'],
          [`sum(rate(danube_consumer_bytes_out_total{${BROKERS}}[5m]))`, 'out'],
        ],
      },
      {
        title: 'Messages that subscriptions are behind',
        unit: 'short',
        lines: [
          [
            `max by (subscription) (danube_subscription_lag_messages{${BROKERS}})`,
            '{{subscription}}',
          ],
        ],
      },
      {
        title: 'Duration of sends, 99th percentile',
        unit: 'ms',
        lines: [
          [
            `max by (topic) (danube_producer_send_latency_ms{${BROKERS},quantile='0.99'})`,
            '{{topic}}',
          ],
        ],
      },
      {
        title: 'Failed calls and clients sent on',
        unit: 'cps',
        lines: [
          [
            `sum by (method) (rate(danube_broker_rpc_total{${BROKERS},result='error'}[5m]))`,
            '{{method}}',
          ],
          [`sum(rate(danube_client_redirects_total{${BROKERS}}[5m]))`, 'sent on'],
        ],
      },
      {
        title: 'Producers and consumers',
        unit: 'short',
        lines: [
          [`sum(danube_topic_active_producers{${BROKERS}})`, 'producers'],
          [`sum(danube_topic_active_consumers{${BROKERS}})`, 'consumers'],
        ],
      },
      {
        title: 'Messages that do not fit their schema',
        unit: 'cps',
        lines: [
          [
            `sum by (topic, reason) (rate(danube_schema_validation_failures_total{${BROKERS}}[5m]))`,
            '{{topic}} {{reason}}',
          ],
        ],
      },
    ],
  },
  {
    title: 'Storage',
    graphs: [
      {
        title: 'Duration of writes to the log, 99th percentile',
        unit: 'ms',
        lines: [
          [`max by (pod) (danube_wal_flush_latency_ms{${BROKERS},quantile='0.99'})`, '{{pod}}'],
        ],
      },
      {
        title: 'Uploaded objects',
        unit: 'cps',
        lines: [
          [
            `sum by (pod, result) (rate(danube_cloud_upload_objects_total{${BROKERS}}[30m]))`,
            '{{pod}} {{result}}',
          ],
        ],
      },
      {
        title: 'Bytes to and from the cloud storage',
        unit: 'Bps',
        lines: [
          [`sum(rate(danube_cloud_upload_bytes_total{${BROKERS}}[30m]))`, 'written'],
          [`sum(rate(danube_cloud_read_bytes_total{${BROKERS}}[30m]))`, 'read'],
        ],
      },
      {
        title: 'Errors of reading history',
        unit: 'cps',
        lines: [
          [
            `sum by (pod, reason) (rate(danube_cloud_reader_errors_total{${BROKERS}}[30m]))`,
            '{{pod}} {{reason}}',
          ],
        ],
      },
    ],
  },
  {
    title: 'etcd',
    graphs: [
      {
        title: 'Database and its quota',
        unit: 'bytes',
        lines: [
          [`etcd_mvcc_db_total_size_in_bytes{${ETCD}}`, '{{pod}}'],
          [`etcd_mvcc_db_total_size_in_use_in_bytes{${ETCD}}`, '{{pod}} in use'],
          [`min(etcd_server_quota_backend_bytes{${ETCD}})`, 'quota'],
        ],
      },
      {
        title: 'Duration of log writes, 99th percentile',
        unit: 's',
        lines: [[p99('etcd_disk_wal_fsync_duration_seconds_bucket'), '{{pod}}']],
      },
      {
        title: 'Duration of commits, 99th percentile',
        unit: 's',
        lines: [[p99('etcd_disk_backend_commit_duration_seconds_bucket'), '{{pod}}']],
      },
      {
        title: 'Leader changes and failed writes',
        unit: 'short',
        lines: [
          [
            `increase(etcd_server_leader_changes_seen_total{${ETCD}}[1h])`,
            '{{pod}} leader changes',
          ],
          [`increase(etcd_server_proposals_failed_total{${ETCD}}[1h])`, '{{pod}} failed writes'],
        ],
      },
    ],
  },
];

function p99(histogram: string): string {
  return `histogram_quantile(0.99, rate(${histogram}{${ETCD}}[5m]))`;
}

/** A Prometheus that the reader of the dashboard chooses. */
const DATA_SOURCE = { type: 'prometheus', uid: '$datasource' };

function variable(name: string, label: string, query: string): object {
  return {
    name,
    label,
    type: 'query',
    datasource: DATA_SOURCE,
    query: { query, refId: name },
    refresh: 2,
    sort: 1,
  };
}

function graphPanel({ title, unit, lines }: Graph, x: number, y: number): object {
  return {
    type: 'timeseries',
    title,
    datasource: DATA_SOURCE,
    gridPos: { x, y, w: GRAPH_WIDTH, h: GRAPH_HEIGHT },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: lines.map(([expr, legendFormat], index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      expr,
      legendFormat,
    })),
  };
}

/** The panels of all rows, each row below the one before. */
function panels(): readonly object[] {
  let y = 0;
  return ROWS.flatMap(({ title, graphs }) => {
    const top = y + ROW_HEIGHT;
    const heading = { type: 'row', title, gridPos: { x: 0, y, w: 2 * GRAPH_WIDTH, h: ROW_HEIGHT } };
    y = top + Math.ceil(graphs.length / 2) * GRAPH_HEIGHT;
    return [
      heading,
      ...graphs.map((graph, index) =>
        graphPanel(graph, (index % 2) * GRAPH_WIDTH, top + Math.floor(index / 2) * GRAPH_HEIGHT),
      ),
    ];
  });
}

const DASHBOARD = {
  uid: 'danube',
  title: 'Danube',
  tags: ['danube'],
  schemaVersion: 39,
  editable: true,
  refresh: '30s',
  time: { from: 'now-1h', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
      variable('ns', 'Namespace', 'label_values(danube_leader_election_state, namespace)'),
      variable(
        'brokers',
        'Brokers',
        "label_values(danube_leader_election_state{namespace='$ns'}, job)",
      ),
      variable('etcd', 'etcd', "label_values(etcd_server_has_leader{namespace='$ns'}, job)"),
    ],
  },
  panels: panels().map((panel, index) => ({ id: index + 1, ...panel })),
};
