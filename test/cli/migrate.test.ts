import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const directory = useTemporaryDirectory();

function write(name: string, content: unknown): string {
  const text = typeof content === 'string' ? content : stringify(content);
  writeFileSync(join(directory(), name), text);
  return name;
}

async function migrate(values: object, from: string, ...args: readonly string[]) {
  write('old.yaml', values);
  const command = ['migrate', 'old.yaml', '--from', from, ...args];
  const { code, stdout, stderr } = await runDanubeCharts(directory(), command);
  const made: unknown = parse(stdout);
  return { code, values: made, text: stdout, report: stderr };
}

/** What check says of values that were made. */
async function check(values: string, chart: string): Promise<number> {
  write('new.yaml', values);
  return (await runDanubeCharts(directory(), ['check', 'new.yaml', '--chart', chart])).code;
}

/** Every key of upstream values, but not what stands in lists. */
function leaves(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const inside = path === '' ? key : `${path}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(value, inside)
      : [inside];
  });
}

/** Keys that the report names neither themselves nor by a group that they are in. */
function unnamed(keys: readonly string[], report: string, prefix = ''): readonly string[] {
  return keys.filter((key) => {
    const parts = key.split('.');
    const groups = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    return !groups.some((group) => report.includes(`\`${prefix}${group}\``));
  });
}

const RESOURCES = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } };
const IMAGE = { repository: 'registry.local/danube-broker', tag: 'v0.7.2', pullPolicy: 'Always' };

const POLICIES = {
  max_producers_per_topic: 1,
  max_subscriptions_per_topic: 2,
  max_consumers_per_topic: 3,
  max_consumers_per_subscription: 4,
  max_publish_rate: 5,
  max_subscription_dispatch_rate: 6,
  max_message_size: 1048576,
};

const FLAT_FILE = {
  cluster_name: 'OLD',
  broker_host: '0.0.0.0',
  broker_port: 7650,
  admin_port: 50052,
  prom_port: 9041,
  meta_store_host: 'etcd',
  meta_store_port: 2379,
  bootstrap_namespaces: ['default', 'shop'],
  storage: { type: 'disk', disk: { path: '/x' }, s3: { bucket: 'b', region: 'r' } },
  policies: { ...POLICIES, max_dispatch_rate: 7 },
};

const WITH_ETCD = {
  replicaCount: 1,
  ingress: { enabled: true, className: 'nginx', tls: [{ hosts: ['a'], secretName: 't' }] },
  etcd: {
    name: 'etcd',
    enabled: true,
    replicaCount: 1,
    image: { repository: 'bitnami/etcd', tag: 'latest', pullPolicy: 'IfNotPresent' },
    service: { type: 'ClusterIP', port: 2379 },
  },
  broker: {
    name: 'danube',
    adminHost: 'admin.example.com',
    instances: [
      { name: 'a', host: 'a.example.com' },
      { name: 'b', host: 'b.example.com' },
    ],
    image: IMAGE,
    service: {
      type: 'ClusterIP',
      brokerPort: 6651,
      adminPort: 50051,
      promPort: 9040,
      advertisedPort: 30115,
    },
    resources: RESOURCES,
    env: { RUST_LOG: 'info' },
  },
};

test('danube_with_etcd: every key is carried over or named, the result is accepted', async () => {
  const old = { ...WITH_ETCD, brokerConfig: { configFile: stringify(FLAT_FILE) } };
  const { code, values, text, report } = await migrate(old, 'danube_with_etcd');
  expect(code).toBe(0);
  expect(values).toMatchObject({
    global: { clusterName: 'OLD' },
    broker: {
      replicaCount: 2,
      image: IMAGE,
      // What the values said won over the file.
      ports: { client: 6651, admin: 50051, prometheus: 9040 },
      env: { RUST_LOG: 'info' },
      config: {
        bootstrapNamespaces: ['default', 'shop'],
        policies: { maxPublishRate: 5, maxMessageSize: 1048576 },
      },
    },
  });
  expect(unnamed(leaves(WITH_ETCD), report)).toEqual([]);
  expect(unnamed(leaves(FLAT_FILE), report, 'danube_broker.yml: ')).toEqual([]);
  expect(report).not.toContain('no such key');
  expect(await check(text, 'danube-core')).toBe(0);
});

const HELM_CORE = {
  nameOverride: '',
  fullnameOverride: 'prod',
  global: { clusterName: 'OLD' },
  broker: {
    replicaCount: 5,
    image: { ...IMAGE, tag: 'v0.8.0' },
    ports: { client: 6650, admin: 50051, prometheus: 9040, raft: 7650 },
    service: { type: 'ClusterIP' },
    externalAccess: {
      enabled: true,
      type: 'NodePort',
      advertisedAddrTemplate: '$(POD_NAME):$(ADVERTISED_PORT)',
      advertisedPort: 6650,
      nodePort: 30650,
      connectUrl: 'danube.example.com:30650',
    },
    env: { RUST_LOG: 'info' },
    resources: RESOURCES,
    persistence: { enabled: true, size: '5Gi', storageClass: 'fast', mountPath: '/danube-data' },
    tls: { enabled: true, secretName: 'broker-tls', mountPath: '/etc/danube/tls' },
    config: { existingConfigMap: 'danube-broker-config', fileName: 'danube_broker.yml' },
    hpa: { enabled: false, minReplicas: 3, maxReplicas: 10, targetCPU: 70 },
  },
  etcd: {
    replicaCount: 3,
    image: { repository: 'quay.io/coreos/etcd', tag: 'v3.5.9', pullPolicy: 'IfNotPresent' },
    service: { port: 2379, peerPort: 2380 },
    cluster: { initialClusterState: 'new', domain: 'cluster.local' },
    persistence: { enabled: true, size: '2Gi', storageClass: '' },
    resources: RESOURCES,
    auth: { enabled: true },
  },
  prometheus: {
    enabled: true,
    image: { repository: 'prom/prometheus', tag: 'v2.53.0', pullPolicy: 'IfNotPresent' },
    serviceAccount: { create: true, name: '' },
    rbac: { create: true },
    service: { port: 9090 },
    scrapeInterval: '5s',
    resources: RESOURCES,
    serviceMonitor: { enabled: true, interval: '5s', labels: { team: 'a' } },
  },
};

const BROKER_FILE = {
  cluster_name: 'FILE',
  broker: {
    host: '0.0.0.0',
    ports: { client: 1, admin: 2, prometheus: 3, raft: 4 },
    advertised_listeners: { broker_url: 'a', connect_url: 'b' },
  },
  meta_store: { host: 'etcd', port: 2379, data_dir: '/raft', seed_nodes: [] },
  bootstrap_namespaces: ['default'],
  auto_create_topics: false,
  admin_tls: true,
  auth: {
    mode: 'tlswithjwt',
    tls: { cert_file: 'a', key_file: 'b', ca_file: 'c', verify_client: true },
    jwt: { secret_key: 'hush-hush', issuer: 'a', expiration_time: 1 },
    super_admins: [],
  },
  load_manager: {
    assignment_strategy: 'weighted_load',
    load_report_interval_seconds: 10,
    rebalancing: {
      enabled: false,
      aggressiveness: 'balanced',
      check_interval_seconds: 300,
      max_moves_per_hour: 10,
      cooldown_seconds: 60,
      min_brokers_for_rebalance: 2,
      min_topic_age_seconds: 300,
      blacklist_topics: [],
    },
  },
  wal_cloud: {
    wal: {
      dir: '/danube-data/wal',
      file_name: 'wal.log',
      cache_capacity: 2048,
      file_sync: { interval_ms: 1000, max_batch_bytes: 1024 },
      rotation: { max_bytes: 1048576, max_hours: 2 },
      retention: { time_minutes: 60, size_mb: 100, check_interval_minutes: 5 },
    },
    uploader: { enabled: true, interval_seconds: 60, root_prefix: '/danube', max_object_mb: 64 },
    cloud: {
      backend: 'azblob',
      root: 'container',
      endpoint: 'https://a.example.com',
      account_name: 'a',
      account_key: 'hush-hush',
    },
    metadata: { etcd_endpoint: 'etcd:2379', in_memory: false },
  },
  dispatch: { max_unacked_messages: 10 },
  policies: POLICIES,
};

test('danube_helm, the core: likewise, with the file of its ConfigMap', async () => {
  write('danube_broker.yml', BROKER_FILE);
  const { code, values, text, report } = await migrate(
    HELM_CORE,
    ...(['danube_helm', '--config', 'danube_broker.yml'] as const),
  );
  // Nobody but the user knows where the clients are.
  expect(code).toBe(1);
  const [, missing] = /## Still missing: write it by hand\n\n(.*?)\n\n/s.exec(report) ?? [];
  expect(missing).toMatch(/^- `networkPolicy.externalClients`: [^\n]*$/);
  expect(values).toMatchObject({
    fullnameOverride: 'prod',
    broker: {
      replicaCount: 5,
      ports: { client: 6650, admin: 50051, prometheus: 9040 },
      externalAccess: { type: 'NodePort', nodePortBase: 30650 },
      persistence: { size: '5Gi', storageClass: 'fast' },
      tls: { enabled: true, secretName: 'broker-tls' },
      config: {
        auth: { mode: 'tls' },
        autoCreateTopics: false,
        assignmentStrategy: 'weighted_load',
        storage: {
          walRetention: { timeMinutes: 60, sizeMb: 100 },
          cloudBackend: 'azblob',
          azblob: { endpoint: 'https://a.example.com', accountName: 'a' },
        },
      },
    },
    etcd: { replicaCount: 3 },
    prometheus: { serviceMonitor: { enabled: true, interval: '5s', labels: { team: 'a' } } },
  });
  expect(unnamed(leaves(HELM_CORE), report)).toEqual([]);
  expect(unnamed(leaves(BROKER_FILE), report, 'danube_broker.yml: ')).toEqual([]);
  expect(report).toContain('- `etcd.auth.enabled`: broker 0.7.2 speaks to etcd over plain http');
  expect(report).toContain('- `danube_broker.yml: auth.tls.verify_client`: broker 0.7.2 ');
  expect(report).not.toContain('no such key');
  expect(text + report).not.toContain('hush-hush');
  const clients = { networkPolicy: { externalClients: ['10.0.0.0/8'] } };
  expect(await check(text + stringify(clients), 'danube-core')).toBe(0);
});

const UI = {
  nameOverride: '',
  fullnameOverride: '',
  admin: {
    image: { ...IMAGE, tag: 'latest' },
    service: { type: 'ClusterIP', port: 8080 },
    config: {
      brokerEndpoint: 'a:50051',
      prometheusUrl: 'http://a:9090',
      requestTimeoutMs: 5000,
      cacheTtlMs: 3000,
      corsAllowOrigin: '',
    },
    resources: RESOURCES,
  },
  ui: {
    enabled: true,
    image: { ...IMAGE, tag: 'latest' },
    service: { type: 'NodePort', port: 80, nodePort: 30080 },
    resources: RESOURCES,
  },
};

const ENVOY = {
  nameOverride: '',
  fullnameOverride: '',
  replicaCount: 1,
  existingConfigMap: '',
  image: IMAGE,
  service: { type: 'NodePort', port: 6650, nodePort: null },
  brokerHeadlessAddress: 'a',
  brokerPort: 6650,
  resources: RESOURCES,
};

test.each([
  ['danube-ui', UI, 'danube-admin', { adminUI: { service: { port: 80 }, resources: RESOURCES } }],
  ['danube-envoy', ENVOY, 'danube-core', {}],
])('danube_helm, %s: likewise', async (_, old, chart, expected) => {
  const { code, values, text, report } = await migrate(old, 'danube_helm');
  expect(code).toBe(0);
  expect(values).toMatchObject(expected);
  expect(unnamed(leaves(old), report)).toEqual([]);
  expect(report).not.toContain('no such key');
  expect(await check(text, chart)).toBe(0);
});

const MQTT_FILE = `
danube_service_url = "http://a:6650"
connector_name = "iot"
metrics_port = 9090
[retry]
max_retries = 3
[processing]
batch_size = 500
metrics_port = 9090
log_level = "info"
[mqtt]
broker_host = "elsewhere"
client_id = "iot-1"
use_tls = false
[[mqtt.topic_mappings]]
mqtt_topic = "sensors/+"
danube_topic = "/iot/sensors"
qos = "AtLeastOnce"
[[schemas]]
topic = "/iot/sensors"
subject = "sensors"
schema_type = "json_schema"
schema_file = "/etc/schemas/sensor.json"
`;

const CONNECTOR = {
  nameOverride: '',
  fullnameOverride: '',
  image: { repository: 'ghcr.io/danube-messaging/danube-source-mqtt', tag: 'latest' },
  config: { inline: MQTT_FILE, existingConfigMap: '', mountPath: '/etc/connector.toml' },
  extraFiles: { schemas: { mountPath: '/etc/schemas', files: { 'sensor.json': '{}' } } },
  env: {
    CONNECTOR_CONFIG_PATH: '/etc/connector.toml',
    DANUBE_SERVICE_URL: 'http://a:6650',
    CONNECTOR_NAME: 'iot-2',
    MQTT_BROKER_HOST: 'mosquitto',
    MQTT_BROKER_PORT: '1884',
    RUST_LOG: 'debug',
  },
  secretEnv: { MQTT_PASSWORD: 'hush-hush', MQTT_USERNAME: 'me' },
  existingSecret: '',
  metricsPort: 9090,
  extraPorts: [],
  service: { type: 'ClusterIP' },
  resources: RESOURCES,
};

test('danube_helm, a connector: likewise, with its connector.toml', async () => {
  const { code, values, text, report } = await migrate(CONNECTOR, 'danube_helm');
  expect(code).toBe(0);
  expect(values).toMatchObject({
    connector: {
      config: {
        connector_name: 'iot-2',
        processing: { batch_size: 500 },
        mqtt: {
          broker_host: 'mosquitto',
          broker_port: 1884,
          routes: [{ from: 'sensors/+', to: '/iot/sensors', qos: 'AtLeastOnce' }],
        },
        schemas: [{ subject: 'sensors', schema_file: 'sensor.json' }],
      },
      schemaFiles: { 'sensor.json': '{}' },
      secrets: { existingSecret: 'danube-connector-mqtt' },
    },
  });
  const { extraFiles, ...rest } = CONNECTOR;
  expect(unnamed([...leaves(rest), ...Object.keys(extraFiles)], report)).not.toContain('env');
  expect(unnamed(leaves(rest), report)).toEqual([]);
  expect(report).toContain('`extraFiles.schemas`');
  const file = 'connector.toml: ';
  const keys = ['danube_service_url', 'metrics_port', 'retry.max_retries', 'mqtt.use_tls'];
  expect(unnamed([...keys, 'processing.log_level', 'mqtt.topic_mappings'], report, file)).toEqual(
    [],
  );
  expect(report).toContain('make a Secret danube-connector-mqtt that has this key');
  expect(text + report).not.toContain('hush-hush');
  expect(await check(text, 'danube-connector-mqtt')).toBe(0);
});

test.each([
  ['sink-qdrant', 'qdrant', '[[qdrant.topic_mappings]]\ntopic = "/a/b"\ncollection_name = "c"'],
  ['sink-surrealdb', 'surrealdb', '[[surrealdb.topic_mappings]]\ntopic = "/a/b"\ntable_name = "c"'],
  [
    'sink-deltalake',
    'deltalake',
    '[[deltalake.topic_mappings]]\ntopic = "/a/b"\ndelta_table_path = "c"',
  ],
])('%s has the words of its routes', async (image, table, inline) => {
  const old = { image: { repository: `a/danube-${image}` }, config: { inline } };
  const { code, report, values } = await migrate(old, 'danube_helm');
  // URLs and the like are missing.
  expect(code).toBe(1);
  expect(report).toContain('## Still missing: write it by hand');
  const route = { from: '/a/b' };
  expect(values).toMatchObject({ connector: { config: { [table]: { routes: [route] } } } });
});

test('keys that upstream does not know are named, and the report can be a file', async () => {
  const old = { broker: { replicas: 3 }, etcd: { replicaCount: 3 } };
  const { values, report } = await migrate(old, 'danube_helm', '--report', 'report.md');
  expect(values).toEqual({ etcd: { replicaCount: 3 } });
  expect(report).toBe('');
  expect(readFileSync(join(directory(), 'report.md'), 'utf8')).toBe(
    '# From danube-core to danube-core\n\n## Without a counterpart\n\n' +
      '- `broker.replicas`: the upstream chart has no such key\n\n' +
      '## Carried over\n\n- `etcd.replicaCount`\n',
  );
});

test.each([
  [{ a: 1 }, [], 'these are no values of danube_helm; say which chart they are of'],
  [{ image: { repository: 'nginx' } }, [], 'image.repository names no connector'],
  [{ broker: {} }, ['--upstream', 'danube_with_etcd'], 'danube_helm has no chart danube_with_etcd'],
])('%j is refused', async (values, args, message) => {
  await expect(migrate(values, 'danube_helm', ...args)).rejects.toThrow(message);
});
