import { without, type MigrationRule } from './migrated-values';

const ETCD = 'the chart names its own etcd; one of yours goes into etcd.external';
const RAFT = 'brokers 0.7 keep their metadata in etcd and know no Raft';
const LATER = 'brokers 0.7 do not know it';
const CERTIFICATE = 'the certificate comes from the Secret in broker.tls.secretName';
const JWT = 'brokers 0.7 offer it, but their own client cannot log in with it';
const SECRET = 'a secret: put it into a Secret, and name that in broker.config.storage.credentials';

function moved(
  folder: string,
  target: string,
  keys: Readonly<Record<string, string>>,
): readonly MigrationRule[] {
  return Object.entries(keys).map(([from, to]) => ({
    from: `${folder}.${from}`,
    to: `${target}.${to}`,
  }));
}

const POLICIES = moved('policies', 'broker.config.policies', {
  max_producers_per_topic: 'maxProducersPerTopic',
  max_subscriptions_per_topic: 'maxSubscriptionsPerTopic',
  max_consumers_per_topic: 'maxConsumersPerTopic',
  max_consumers_per_subscription: 'maxConsumersPerSubscription',
  max_publish_rate: 'maxPublishRate',
  max_subscription_dispatch_rate: 'maxSubscriptionDispatchRate',
  max_message_size: 'maxMessageSize',
});

const TOP: readonly MigrationRule[] = [
  { from: 'cluster_name', to: 'global.clusterName' },
  { from: 'bootstrap_namespaces', to: 'broker.config.bootstrapNamespaces' },
  { from: 'auto_create_topics', to: 'broker.config.autoCreateTopics' },
  ...POLICIES,
];

/** The flat danube_broker.yml of the chart danube_with_etcd. */
export const FLAT_BROKER_FILE: readonly MigrationRule[] = [
  ...TOP,
  { from: 'broker_port', to: 'broker.ports.client' },
  { from: 'admin_port', to: 'broker.ports.admin' },
  { from: 'prom_port', to: 'broker.ports.prometheus' },
  ...without('brokers listen on all addresses of their pod', 'broker_host'),
  ...without(ETCD, 'meta_store_host', 'meta_store_port'),
  ...without(
    'brokers 0.7 keep messages otherwise: see broker.config.storage',
    ...['storage.type', 'storage.disk.path', 'storage.s3.bucket', 'storage.s3.region'],
  ),
  ...without(LATER, 'policies.max_dispatch_rate'),
];

/** The danube_broker.yml of brokers 0.7, and what later ones have besides. */
export const BROKER_FILE: readonly MigrationRule[] = [
  ...TOP,
  ...moved('broker', 'broker', {
    'ports.client': 'ports.client',
    'ports.admin': 'ports.admin',
    'ports.prometheus': 'ports.prometheus',
  }),
  ...without('brokers listen on all addresses of their pod', 'broker.host'),
  ...without(
    'brokers 0.7 have one address each: see broker.externalAccess',
    ...['broker.advertised_listeners.broker_url', 'broker.advertised_listeners.connect_url'],
  ),
  ...without(RAFT, 'broker.ports.raft', 'meta_store.data_dir', 'meta_store.seed_nodes'),
  ...without(ETCD, 'meta_store.host', 'meta_store.port'),
  { from: 'auth.mode', to: 'broker.config.auth.mode' },
  ...without(CERTIFICATE, 'auth.tls.cert_file', 'auth.tls.key_file', 'auth.tls.ca_file'),
  { from: 'auth.tls.verify_client', to: 'broker.tls.verifyClient' },
  ...without(JWT, 'auth.jwt.secret_key', 'auth.jwt.issuer', 'auth.jwt.expiration_time'),
  ...without(LATER, 'auth.super_admins', 'admin_tls', 'dispatch.max_unacked_messages', 'storage'),
  ...moved('load_manager', 'broker.config', {
    assignment_strategy: 'assignmentStrategy',
    load_report_interval_seconds: 'loadReportIntervalSeconds',
  }),
  ...moved('load_manager.rebalancing', 'broker.config.rebalancing', {
    enabled: 'enabled',
    aggressiveness: 'aggressiveness',
    check_interval_seconds: 'checkIntervalSeconds',
    max_moves_per_hour: 'maxMovesPerHour',
    cooldown_seconds: 'cooldownSeconds',
    min_brokers_for_rebalance: 'minBrokersForRebalance',
    min_topic_age_seconds: 'minTopicAgeSeconds',
    blacklist_topics: 'blacklistTopics',
  }),
  ...moved('wal_cloud', 'broker.config.storage', {
    'wal.dir': 'walDir',
    'wal.file_name': 'walFileName',
    'wal.cache_capacity': 'walCacheCapacity',
    'wal.file_sync.interval_ms': 'walFileSync.intervalMs',
    'wal.file_sync.max_batch_bytes': 'walFileSync.maxBatchBytes',
    'wal.rotation.max_bytes': 'walRotation.maxBytes',
    'wal.rotation.max_hours': 'walRotation.maxHours',
    'wal.retention.time_minutes': 'walRetention.timeMinutes',
    'wal.retention.size_mb': 'walRetention.sizeMb',
    'wal.retention.check_interval_minutes': 'walRetention.checkIntervalMinutes',
    'uploader.enabled': 'uploaderEnabled',
    'uploader.interval_seconds': 'uploader.intervalSeconds',
    'uploader.root_prefix': 'uploader.rootPrefix',
    'uploader.max_object_mb': 'uploader.maxObjectMb',
    'cloud.backend': 'cloudBackend',
    'cloud.root': 'cloudRoot',
    'cloud.region': 's3.region',
    'cloud.virtual_host_style': 's3.virtualHostStyle',
    'cloud.account_name': 'azblob.accountName',
  }),
  { from: 'wal_cloud.cloud.endpoint', to: 'broker.config.storage.s3.endpoint' },
  ...without(
    SECRET,
    ...['access_key', 'secret_key', 'account_key', 'session_token'].map(
      (key) => `wal_cloud.cloud.${key}`,
    ),
  ),
  ...without(
    'brokers 0.7 ignore it',
    ...['profile', 'role_arn', 'anonymous', 'project', 'credentials_json', 'credentials_path'].map(
      (key) => `wal_cloud.cloud.${key}`,
    ),
    ...['wal_cloud.metadata.etcd_endpoint', 'wal_cloud.metadata.in_memory'],
  ),
];
