/** What promtool feeds to the alerts: samples a minute apart, in its notation (`0+10x30`). */
export interface Samples {
  readonly series: Readonly<Record<string, string>>;
  /** When the alert is looked at. */
  readonly at: string;
}

export interface AlertCase {
  readonly alert: string;
  /** With the labels that the alert has beside severity, namespace and job, and its summary. */
  readonly fires: Samples & {
    readonly labels: Readonly<Record<string, string>>;
    readonly summary: string;
  };
  readonly silent: Samples;
}

export const RELEASE = { releaseName: 'prod', namespace: 'messaging' };

function series(job: string, metric: string, labels: Readonly<Record<string, string>>): string {
  const all = { namespace: RELEASE.namespace, job, ...labels };
  const pairs = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${pairs.join(',')}}`;
}

function broker(metric: string, ordinal: number, labels: Readonly<Record<string, string>> = {}) {
  return series('prod-danube-broker', metric, { pod: `broker-${ordinal}`, ...labels });
}

function etcd(metric: string, ordinal: number, labels: Readonly<Record<string, string>> = {}) {
  return series('prod-etcd', metric, { pod: `etcd-${ordinal}`, ...labels });
}

/** Calls of a consumer method that go wrong, or go well. */
function calls(method: string, result: string): string {
  return broker('danube_broker_rpc_total', 0, { service: 'consumer', method, result });
}

function histogram(metric: string, ordinal: number, le: string): string {
  return etcd(`${metric}_bucket`, ordinal, { le });
}

/** All observations are below or above one bound. */
function observations(metric: string, bound: string, areBelow: boolean): Samples['series'] {
  return {
    [histogram(metric, 0, bound)]: areBelow ? '0+60x30' : '0x30',
    [histogram(metric, 0, '8.192')]: '0+60x30',
    [histogram(metric, 0, '+Inf')]: '0+60x30',
  };
}

const TOPIC = { topic: '/default/orders' };
const LAG = 'danube_subscription_lag_messages';
const OUT = 'danube_consumer_bytes_out_total';
const UPLOADS = 'danube_cloud_upload_objects_total';

export const ALERT_CASES: readonly AlertCase[] = [
  {
    alert: 'DanubeBrokerDown',
    fires: {
      series: { [broker('up', 0)]: '1x5 0x10', [broker('up', 1)]: '1x15' },
      at: '9m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 does not answer.',
    },
    silent: { series: { [broker('up', 0)]: '1x5 0 1x10' }, at: '7m' },
  },
  {
    alert: 'DanubeBrokersMissing',
    fires: {
      series: { [etcd('up', 0)]: '1x20' },
      at: '6m',
      labels: {},
      summary: 'Prometheus finds no broker at all.',
    },
    silent: { series: { [broker('up', 0)]: '0x20' }, at: '6m' },
  },
  {
    alert: 'DanubeBrokerRestarts',
    fires: {
      series: {
        [broker('danube_broker_topics_owned', 0, { broker: '11' })]: '0x5',
        [broker('danube_broker_topics_owned', 0, { broker: '12' })]: '_x10 0x5',
        [broker('danube_broker_topics_owned', 0, { broker: '13' })]: '_x20 0x5',
        [broker('danube_broker_topics_owned', 0, { broker: '14' })]: '_x30 0x5',
      },
      at: '32m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 started more than 3 times within an hour.',
    },
    silent: {
      series: {
        [broker('danube_broker_topics_owned', 0, { broker: '11' })]: '0x5',
        [broker('danube_broker_topics_owned', 0, { broker: '12' })]: '_x10 0x50',
        [broker('danube_broker_topics_owned', 1, { broker: '13' })]: '0x60',
        [broker('danube_broker_topics_owned', 2, { broker: '14' })]: '0x60',
      },
      at: '32m',
    },
  },
  {
    alert: 'DanubeNoLeader',
    fires: {
      series: {
        [broker('danube_leader_election_state', 0)]: '0x10',
        [broker('danube_leader_election_state', 1)]: '1x4 0x6',
      },
      at: '8m',
      labels: {},
      summary: 'No broker is the leader.',
    },
    silent: {
      series: {
        [broker('danube_leader_election_state', 0)]: '0x5 1x5',
        [broker('danube_leader_election_state', 1)]: '1x4 0x6',
      },
      at: '8m',
    },
  },
  {
    alert: 'DanubeManyLeaders',
    fires: {
      series: {
        [broker('danube_leader_election_state', 0)]: '1x10',
        [broker('danube_leader_election_state', 1)]: '1x10',
      },
      at: '5m',
      labels: {},
      summary: '2 brokers say that they are the leader.',
    },
    silent: {
      series: {
        [broker('danube_leader_election_state', 0)]: '1x4 0x6',
        [broker('danube_leader_election_state', 1)]: '0x3 1x7',
      },
      at: '5m',
    },
  },
  {
    alert: 'DanubeBrokerWithoutTopics',
    fires: {
      series: {
        [broker('danube_broker_topics_owned', 0)]: '0x90',
        [broker('danube_broker_topics_owned', 1)]: '12x90',
      },
      at: '70m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 serves no topic while others do.',
    },
    silent: {
      series: {
        [broker('danube_broker_topics_owned', 0)]: '0x90',
        [broker('danube_broker_topics_owned', 1)]: '3x90',
      },
      at: '70m',
    },
  },
  {
    alert: 'DanubeMessagesRefused',
    fires: {
      series: {
        [broker('danube_producer_send_total', 0, {
          ...TOPIC,
          result: 'error',
          error_code: 'InvalidArgument',
        })]: '0+60x30',
      },
      at: '20m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 refuses 1 messages a second.',
    },
    silent: {
      series: {
        [broker('danube_producer_send_total', 0, { ...TOPIC, result: 'ok', error_code: 'OK' })]:
          '0+6000x30',
      },
      at: '20m',
    },
  },
  {
    alert: 'DanubeAcknowledgementsFail',
    fires: {
      series: { [calls('ack', 'error')]: '0+60x30', [calls('ack', 'ok')]: '0+600x30' },
      at: '20m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 cannot store acknowledgements.',
    },
    silent: {
      series: { [calls('ack', 'error')]: '2x30', [calls('ack', 'ok')]: '0+600x30' },
      at: '20m',
    },
  },
  {
    alert: 'DanubeStreamsFail',
    fires: {
      series: { [calls('receive_messages', 'error')]: '0+60x30' },
      at: '20m',
      labels: { pod: 'broker-0' },
      summary: 'Consumers cannot open streams at broker broker-0.',
    },
    // Subscribing at a broker that does not serve the topic is an error to the broker, and normal.
    silent: { series: { [calls('subscribe', 'error')]: '0+60x30' }, at: '20m' },
  },
  {
    alert: 'DanubeClientsRedirectedForEver',
    fires: {
      series: {
        [broker('danube_client_redirects_total', 0, { reason: 'not_local' })]: '0+90x60',
        [broker('danube_client_redirects_total', 1, { reason: 'not_local' })]: '0+90x60',
      },
      at: '40m',
      labels: {},
      summary: 'Clients are sent on 3 times a second.',
    },
    silent: {
      series: {
        [broker('danube_client_redirects_total', 0, { reason: 'not_local' })]: '0x5 400x50',
      },
      at: '40m',
    },
  },
  {
    alert: 'DanubeSendsSlow',
    fires: {
      series: {
        [broker('danube_producer_send_latency_ms', 0, { ...TOPIC, quantile: '0.99' })]: '1500x20',
      },
      at: '15m',
      labels: { pod: 'broker-0', topic: '/default/orders' },
      summary: 'Sends to /default/orders take 1.5k ms (99th percentile).',
    },
    silent: {
      series: {
        [broker('danube_producer_send_latency_ms', 0, { ...TOPIC, quantile: '0.99' })]: '900x20',
        [broker('danube_producer_send_latency_ms', 0, { ...TOPIC, quantile: '1' })]: '1500x20',
      },
      at: '15m',
    },
  },
  {
    alert: 'DanubeLogWritesSlow',
    fires: {
      series: {
        [broker('danube_wal_flush_latency_ms', 0, { ...TOPIC, quantile: '0.99' })]: '600x20',
      },
      at: '15m',
      labels: { pod: 'broker-0' },
      summary: 'The log of broker broker-0 takes 600 ms to write.',
    },
    silent: {
      series: {
        [broker('danube_wal_flush_latency_ms', 0, { ...TOPIC, quantile: '0.99' })]: '20x20',
      },
      at: '15m',
    },
  },
  {
    alert: 'DanubeSubscriptionLags',
    fires: {
      series: { [broker(LAG, 0, { subscription: 'billing' })]: '0+1000x60' },
      at: '40m',
      labels: { pod: 'broker-0', subscription: 'billing' },
      summary: 'billing is 40k messages behind.',
    },
    silent: { series: { [broker(LAG, 0, { subscription: 'billing' })]: '9000x60' }, at: '40m' },
  },
  {
    alert: 'DanubeSubscriptionStuck',
    fires: {
      series: {
        [broker(LAG, 0, { subscription: 'billing' })]: '5x60',
        [broker(OUT, 0, { ...TOPIC, subscription: 'billing' })]: '100x60',
      },
      at: '40m',
      labels: { pod: 'broker-0', subscription: 'billing' },
      summary: 'billing has 5 messages and gets none.',
    },
    silent: {
      series: {
        [broker(LAG, 0, { subscription: 'billing' })]: '5x60',
        [broker(OUT, 0, { ...TOPIC, subscription: 'billing' })]: '0+100x60',
      },
      at: '40m',
    },
  },
  {
    alert: 'DanubeSchemaViolations',
    fires: {
      series: {
        [broker('danube_schema_validation_failures_total', 0, {
          ...TOPIC,
          reason: 'payload_invalid',
        })]: '0+2x40',
      },
      at: '30m',
      labels: TOPIC,
      summary: 'Messages to /default/orders do not fit its schema.',
    },
    silent: {
      series: {
        [broker('danube_schema_validation_total', 0, { ...TOPIC, policy: 'Enforce' })]: '0+9x40',
        [broker('danube_schema_validation_failures_total', 0, {
          ...TOPIC,
          reason: 'payload_invalid',
        })]: '7x40',
      },
      at: '30m',
    },
  },
  {
    alert: 'DanubeUploadsFail',
    fires: {
      series: {
        [broker(UPLOADS, 0, { ...TOPIC, provider: 's3', result: 'error' })]:
          '_x5 1 1 1 1 1 2 2 2 2 2 3x20',
      },
      at: '20m',
      labels: { pod: 'broker-0' },
      summary: 'Broker broker-0 cannot upload the history of topics.',
    },
    silent: {
      series: {
        [broker(UPLOADS, 0, { ...TOPIC, provider: 's3', result: 'error' })]: '1x60',
        [broker(UPLOADS, 0, { ...TOPIC, provider: 's3', result: 'ok' })]: '0+1x60',
      },
      at: '50m',
    },
  },
  {
    alert: 'DanubeUploadsStopped',
    fires: {
      series: {
        [broker('danube_wal_append_total', 0, TOPIC)]: '0+100x200',
        [broker('danube_cloud_upload_bytes_total', 0, { ...TOPIC, provider: 's3' })]: '4000x200',
      },
      at: '150m',
      labels: { pod: 'broker-0', ...TOPIC },
      summary: '/default/orders gets messages, and nothing of it is uploaded.',
    },
    silent: {
      series: {
        [broker('danube_wal_append_total', 0, TOPIC)]: '0+100x200',
        [broker('danube_cloud_upload_bytes_total', 0, { ...TOPIC, provider: 's3' })]: '0+4000x200',
        [broker('danube_wal_append_total', 0, { topic: '/default/quiet' })]: '100x200',
      },
      at: '150m',
    },
  },
  {
    alert: 'DanubeHistoryDamaged',
    fires: {
      series: {
        [broker('danube_cloud_reader_errors_total', 0, { provider: 's3', reason: 'crc' })]:
          '_x5 1x5 2x20',
      },
      at: '15m',
      labels: { pod: 'broker-0', reason: 'crc' },
      summary: 'Uploaded history cannot be read (crc).',
    },
    silent: {
      series: {
        [broker('danube_cloud_reader_errors_total', 0, { provider: 's3', reason: 'crc' })]: '3x90',
      },
      at: '80m',
    },
  },
  {
    alert: 'DanubeRebalancingFails',
    fires: {
      series: { [broker('danube_rebalancing_failures_total', 0)]: '0x5 0+1x30' },
      at: '20m',
      labels: {},
      summary: 'The leader cannot move topics.',
    },
    silent: {
      series: { [broker('danube_rebalancing_failures_total', 0)]: '0x5 1x30 2x90' },
      at: '60m',
    },
  },
  {
    alert: 'DanubeBrokersDeaf',
    fires: {
      series: {
        [broker('up', 0)]: '1x20',
        [broker('up', 1)]: '1x20',
        [etcd('etcd_debugging_mvcc_watcher_total', 0)]: '18x4 9x16',
      },
      at: '10m',
      labels: {},
      summary: 'Brokers lost etcd and do not come back by themselves.',
    },
    silent: {
      series: {
        [broker('up', 0)]: '1x20',
        [broker('up', 1)]: '1x20',
        [etcd('etcd_debugging_mvcc_watcher_total', 0)]: '9x20',
        [etcd('etcd_debugging_mvcc_watcher_total', 1)]: '9x20',
      },
      at: '10m',
    },
  },
  {
    alert: 'DanubeEtcdMemberDown',
    fires: {
      series: { [etcd('up', 0)]: '1x20', [etcd('up', 1)]: '1x4 0x16', [etcd('up', 2)]: '1x20' },
      at: '10m',
      labels: { pod: 'etcd-1' },
      summary: 'etcd member etcd-1 does not answer.',
    },
    silent: { series: { [etcd('up', 0)]: '1x20', [etcd('up', 1)]: '1x9 0x10' }, at: '10m' },
  },
  {
    alert: 'DanubeEtcdQuorumLost',
    fires: {
      series: { [etcd('up', 0)]: '1x20', [etcd('up', 1)]: '0x20', [etcd('up', 2)]: '0x20' },
      at: '5m',
      labels: {},
      summary: 'Half of the etcd members or more do not answer.',
    },
    silent: {
      series: { [etcd('up', 0)]: '1x20', [etcd('up', 1)]: '1x20', [etcd('up', 2)]: '0x20' },
      at: '5m',
    },
  },
  {
    alert: 'DanubeEtcdNoLeader',
    fires: {
      series: { [etcd('etcd_server_has_leader', 0)]: '1x4 0x16' },
      at: '10m',
      labels: { pod: 'etcd-0' },
      summary: 'etcd member etcd-0 knows no leader.',
    },
    silent: { series: { [etcd('etcd_server_has_leader', 0)]: '0x2 1x18' }, at: '10m' },
  },
  {
    alert: 'DanubeEtcdLeaderChanges',
    fires: {
      series: { [etcd('etcd_server_leader_changes_seen_total', 0)]: '1+1x90' },
      at: '70m',
      labels: {},
      summary: 'The leader of etcd changed 60 times within an hour.',
    },
    silent: {
      series: { [etcd('etcd_server_leader_changes_seen_total', 0)]: '1x30 2x30 3x30' },
      at: '70m',
    },
  },
  {
    alert: 'DanubeEtcdProposalsFail',
    fires: {
      series: { [etcd('etcd_server_proposals_failed_total', 0)]: '0+2x60' },
      at: '40m',
      labels: {},
      summary: 'etcd dropped 30 writes within 15 minutes.',
    },
    silent: { series: { [etcd('etcd_server_proposals_failed_total', 0)]: '0x20 3x60' }, at: '25m' },
  },
  {
    alert: 'DanubeEtcdHealthChecksFail',
    fires: {
      series: { [etcd('etcd_server_health_failures', 0)]: '0+2x60' },
      at: '30m',
      labels: { pod: 'etcd-0' },
      summary: 'etcd member etcd-0 fails its health checks.',
    },
    silent: { series: { [etcd('etcd_server_health_failures', 0)]: '0x5 2x60' }, at: '10m' },
  },
  {
    alert: 'DanubeEtcdAlmostFull',
    fires: {
      series: {
        [etcd('etcd_mvcc_db_total_size_in_bytes', 0)]: '900x30',
        [etcd('etcd_server_quota_backend_bytes', 0)]: '1000x30',
      },
      at: '20m',
      labels: { pod: 'etcd-0' },
      summary: 'The database of etcd-0 fills 90% of its quota.',
    },
    silent: {
      series: {
        [etcd('etcd_mvcc_db_total_size_in_bytes', 0)]: '700x30',
        [etcd('etcd_server_quota_backend_bytes', 0)]: '1000x30',
      },
      at: '20m',
    },
  },
  {
    alert: 'DanubeEtcdFragmented',
    fires: {
      series: {
        [etcd('etcd_mvcc_db_total_size_in_bytes', 0)]: '1073741824x90',
        [etcd('etcd_mvcc_db_total_size_in_use_in_bytes', 0)]: '536870912x90',
      },
      at: '70m',
      labels: { pod: 'etcd-0' },
      summary: '512MiB of the database of etcd-0 are unused.',
    },
    silent: {
      series: {
        [etcd('etcd_mvcc_db_total_size_in_bytes', 0)]: '1073741824x90',
        [etcd('etcd_mvcc_db_total_size_in_use_in_bytes', 0)]: '1063741824x90',
      },
      at: '70m',
    },
  },
  {
    alert: 'DanubeEtcdLogSlow',
    fires: {
      series: observations('etcd_disk_wal_fsync_duration_seconds', '0.512', false),
      at: '25m',
      labels: { pod: 'etcd-0' },
      summary: 'The log of etcd-0 takes 8.115s to write.',
    },
    silent: {
      series: observations('etcd_disk_wal_fsync_duration_seconds', '0.256', true),
      at: '25m',
    },
  },
  {
    alert: 'DanubeEtcdCommitsSlow',
    fires: {
      series: observations('etcd_disk_backend_commit_duration_seconds', '0.512', false),
      at: '25m',
      labels: { pod: 'etcd-0' },
      summary: 'Commits of etcd-0 take 8.115s.',
    },
    silent: {
      series: observations('etcd_disk_backend_commit_duration_seconds', '0.128', true),
      at: '25m',
    },
  },
  {
    alert: 'DanubeEtcdPeersSlow',
    fires: {
      series: observations('etcd_network_peer_round_trip_time_seconds', '0.2048', false),
      at: '25m',
      labels: { pod: 'etcd-0' },
      summary: 'Other members are 8.112s away from etcd-0.',
    },
    silent: {
      series: observations('etcd_network_peer_round_trip_time_seconds', '0.1024', true),
      at: '25m',
    },
  },
];
