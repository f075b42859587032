/** Names that a scrape of brokers and etcd really has. */

/** Of broker 0.7.2: facts on Danube, 2, and what a running broker answers on its port 9040. */
const BROKER_METRICS = [
  'danube_broker_topics_owned',
  'danube_broker_assignments_total',
  'danube_broker_rpc_total',
  'danube_client_redirects_total',
  'danube_leader_election_state',
  'danube_topic_messages_in_total',
  'danube_topic_bytes_in_total',
  'danube_topic_active_producers',
  'danube_topic_active_consumers',
  'danube_topic_active_subscriptions',
  'danube_subscription_active_consumers',
  'danube_subscription_lag_messages',
  'danube_producer_send_total',
  'danube_consumer_messages_out_total',
  'danube_consumer_bytes_out_total',
  'danube_dispatcher_heartbeat_polls_total',
  'danube_dispatcher_notifier_polls_total',
  'danube_schema_validation_total',
  'danube_schema_validation_failures_total',
  'danube_rebalancing_moves_total',
  'danube_rebalancing_failures_total',
  'danube_cluster_imbalance_cv',
  'danube_wal_append_total',
  'danube_wal_append_bytes_total',
  'danube_wal_fsync_total',
  'danube_wal_file_rotate_total',
  'danube_wal_reader_create_total',
  'danube_wal_delete_total',
  'danube_cloud_upload_objects_total',
  'danube_cloud_upload_bytes_total',
  'danube_cloud_objects_read_total',
  'danube_cloud_read_bytes_total',
  'danube_cloud_reader_errors_total',
  'danube_handoff_cloud_to_wal_total',
];

/** Histograms of the broker, which are summaries: there is no `_bucket`. */
const BROKER_SUMMARIES = [
  'danube_topic_message_size_bytes',
  'danube_producer_send_latency_ms',
  'danube_rebalancing_cycle_duration_seconds',
  'danube_wal_flush_latency_ms',
  'danube_cloud_upload_latency_ms',
].flatMap((name) => [name, `${name}_sum`, `${name}_count`]);

/** Of etcd 3.5.9, as a running member answers (its round trip times from the second member on). */
const ETCD_METRICS = [
  'etcd_debugging_mvcc_watcher_total',
  'etcd_mvcc_db_total_size_in_bytes',
  'etcd_mvcc_db_total_size_in_use_in_bytes',
  'etcd_server_has_leader',
  'etcd_server_health_failures',
  'etcd_server_leader_changes_seen_total',
  'etcd_server_proposals_failed_total',
  'etcd_server_quota_backend_bytes',
];

const ETCD_HISTOGRAMS = [
  'etcd_disk_backend_commit_duration_seconds',
  'etcd_disk_wal_fsync_duration_seconds',
  'etcd_network_peer_round_trip_time_seconds',
].flatMap((name) => [`${name}_bucket`, `${name}_sum`, `${name}_count`]);

export const KNOWN_METRICS: ReadonlySet<string> = new Set([
  'up',
  ...BROKER_METRICS,
  ...BROKER_SUMMARIES,
  ...ETCD_METRICS,
  ...ETCD_HISTOGRAMS,
]);
