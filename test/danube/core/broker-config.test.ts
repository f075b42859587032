import { App } from 'cdk8s';
import { parse } from 'yaml';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { NAMED_SETS } from './core-sets';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

function configOf(values: Record<string, unknown>): unknown {
  const configMap = decoded(chart, { values, releaseName: 'r' }).find(({ metadata }) =>
    metadata.name.endsWith('-danube-broker-config'),
  );
  const data = isMap(configMap?.data) ? configMap.data : {};
  return parse(String(data['danube_broker.yml']));
}

function keysOf(tree: unknown, path = ''): readonly string[] {
  return isMap(tree)
    ? Object.entries(tree).flatMap(([key, value]) => keysOf(value, `${path}${key}.`))
    : [path.slice(0, -1)];
}

/** Keys that broker 0.7.2 reads. It ignores any other without a word. */
const KNOWN = [
  'cluster_name',
  'broker.host',
  'broker.ports.client',
  'broker.ports.admin',
  'broker.ports.prometheus',
  'meta_store.host',
  'meta_store.port',
  'bootstrap_namespaces',
  'auto_create_topics',
  'auth.mode',
  'auth.tls.cert_file',
  'auth.tls.key_file',
  'auth.tls.ca_file',
  'auth.tls.verify_client',
  'policies.max_producers_per_topic',
  'policies.max_subscriptions_per_topic',
  'policies.max_consumers_per_topic',
  'policies.max_consumers_per_subscription',
  'policies.max_publish_rate',
  'policies.max_subscription_dispatch_rate',
  'policies.max_message_size',
  'load_manager.assignment_strategy',
  'load_manager.load_report_interval_seconds',
  ...[
    'enabled',
    'aggressiveness',
    'check_interval_seconds',
    'max_moves_per_hour',
    'cooldown_seconds',
    'min_brokers_for_rebalance',
    'min_topic_age_seconds',
    'blacklist_topics',
  ].map((key) => `load_manager.rebalancing.${key}`),
  'wal_cloud.wal.dir',
  'wal_cloud.wal.file_name',
  'wal_cloud.wal.cache_capacity',
  'wal_cloud.wal.file_sync.interval_ms',
  'wal_cloud.wal.file_sync.max_batch_bytes',
  'wal_cloud.wal.rotation.max_bytes',
  'wal_cloud.wal.rotation.max_hours',
  'wal_cloud.wal.retention.time_minutes',
  'wal_cloud.wal.retention.size_mb',
  'wal_cloud.wal.retention.check_interval_minutes',
  'wal_cloud.uploader.enabled',
  'wal_cloud.uploader.interval_seconds',
  'wal_cloud.uploader.root_prefix',
  'wal_cloud.uploader.max_object_mb',
  'wal_cloud.cloud.backend',
  'wal_cloud.cloud.root',
  'wal_cloud.cloud.region',
  'wal_cloud.cloud.endpoint',
  'wal_cloud.cloud.virtual_host_style',
  'wal_cloud.cloud.account_name',
  'wal_cloud.metadata.etcd_endpoint',
  'wal_cloud.metadata.in_memory',
];

/** Without one of these the broker exits or panics. */
const MANDATORY = [
  'cluster_name',
  'broker.host',
  'broker.ports.client',
  'broker.ports.admin',
  'meta_store.host',
  'meta_store.port',
  'bootstrap_namespaces',
  'auth.mode',
  ...KNOWN.filter((key) => key.startsWith('load_manager.rebalancing.')),
  'policies.max_message_size',
  'wal_cloud.uploader.interval_seconds',
  'wal_cloud.cloud.backend',
  'wal_cloud.cloud.root',
  'wal_cloud.metadata.in_memory',
];

const everyKey = {
  broker: {
    tls: { enabled: true, secretName: 'tls' },
    config: {
      auth: { mode: 'tls' },
      storage: {
        walRotation: { maxHours: 2 },
        uploader: { maxObjectMb: 5 },
        cloudBackend: 's3',
        cloudRoot: 's3://bucket',
        s3: { region: 'us-east-1', endpoint: 'http://minio:9000', virtualHostStyle: true },
      },
    },
  },
};

test.each(NAMED_SETS)('no key is unknown to the broker and none is missing: $name', ({ set }) => {
  const keys = keysOf(configOf(set.values));
  expect(keys.filter((key) => !KNOWN.includes(key))).toEqual([]);
  expect(MANDATORY.filter((key) => !keys.includes(key))).toEqual([]);
});

test('every key that the broker reads can be written', () => {
  const keys = new Set(keysOf(configOf(everyKey)));
  const azure = NAMED_SETS.find(({ name }) => name === 'azblob')?.set.values ?? {};
  keysOf(configOf(azure)).forEach((key) => keys.add(key));
  expect(KNOWN.filter((key) => !keys.has(key))).toEqual([]);
});

test('the bind host is an IP address, for the broker takes no name', () => {
  expect(configOf({})).toMatchObject({ broker: { host: '0.0.0.0' } });
});
