import type fc from 'fast-check';

import { coalesce, type HelmChart } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import { CORE_OBJECTS } from '../../../src/danube/core/core-objects';
import type { NamedSet } from '../../property/leaves';
import { releaseArbitrary, type ReleaseSet } from '../../property/release-arbitrary';
import {
  DUAL_STACK,
  keepFamilyRules,
  overriding,
  POD_OVERRIDES,
  REFUSED_FAMILIES,
  toldApart,
} from '../extension-sets';
import { ETCD_CARE_REFUSED, ETCD_CARE_SETS, keepEtcdCareRules } from './etcd-care-sets';
import { keepingTlsRules, REFUSED_TLS_VALUES, TLS_SETS } from './tls-sets';
import { EXTERNAL_REFUSED, EXTERNAL_SETS, keepingExternalRules } from './external-access-sets';

type Values = Record<string, unknown>;

function set(name: string, values: Values, releaseName = 'danube'): NamedSet {
  return { name, set: { values, releaseName, namespace: 'messaging' } };
}

const s3 = {
  cloudBackend: 's3',
  cloudRoot: 's3://bucket/danube',
  s3: { region: 'eu-central-1', endpoint: 'http://minio:9000' },
  credentials: { existingSecret: 'aws' },
};

const shopPods = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };

/** Values beside the examples of the schema, so that each list is seen with two. */
const otherPods = {
  topologySpreadConstraints: [
    { maxSkew: 2, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' },
  ],
  extraInitContainers: [{ name: 'prepare', image: 'registry.example.com/prepare:2.0' }],
  sidecars: [{ name: 'watch', image: 'registry.example.com/watch:3.0', args: ['--quiet'] }],
};

const otherLabels = { enabled: true, labels: { team: 'messaging' } };

/** Sets that between them use every part of the chart. */
export const NAMED_SETS: readonly NamedSet[] = [
  set('defaults', {}),
  set('other pods and labels', {
    broker: otherPods,
    etcd: otherPods,
    prometheus: { ...otherPods, serviceMonitor: otherLabels, prometheusRule: otherLabels },
    grafanaDashboard: { enabled: true, annotations: { folder: 'Other' } },
  }),
  set('other labels of PodMonitors', { prometheus: { podMonitor: otherLabels } }),
  set('s3', { broker: { config: { storage: s3 } } }),
  set('gcs', {
    broker: {
      config: {
        storage: {
          cloudBackend: 'gcs',
          cloudRoot: 'gcs://bucket',
          credentials: { gcsSecret: { name: 'gcs', key: 'key.json' } },
        },
      },
    },
  }),
  set('azblob', {
    broker: {
      config: {
        storage: {
          cloudBackend: 'azblob',
          cloudRoot: 'container',
          azblob: { endpoint: 'https://a.blob.core.windows.net', accountName: 'a' },
        },
      },
    },
  }),
  set('shared volume', {
    broker: { config: { storage: { sharedVolume: { existingClaim: 'shared' } } } },
  }),
  set('other directories', {
    broker: {
      persistence: { mountPath: '/data' },
      config: { storage: { walDir: '/data/wal', cloudRoot: '/data/cloud' } },
    },
  }),
  set('directories on other volumes', {
    broker: {
      extraVolumes: [{ name: 'scratch', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      config: { storage: { walDir: '/scratch/wal', cloudRoot: '/scratch/cloud' } },
    },
  }),
  set('one broker without volumes', {
    broker: { replicaCount: 1, persistence: { enabled: false } },
    etcd: { persistence: { enabled: false } },
  }),
  set('existing claims', {
    broker: { replicaCount: 1, persistence: { existingClaim: 'a' } },
    etcd: { persistence: { existingClaim: 'b' } },
    prometheus: { persistence: { enabled: true, existingClaim: 'c' } },
  }),
  set('volume for Prometheus', { prometheus: { persistence: { enabled: true } } }),
  set('compaction by revision', {
    etcd: { autoCompaction: { mode: 'revision', retention: '1000' } },
  }),
  set('history in memory', {
    broker: { config: { storage: { cloudBackend: 'memory', cloudRoot: 'memory' } } },
  }),
  set('no storage class', {
    global: { storageClass: '-' },
    prometheus: { persistence: { enabled: true } },
    etcd: { snapshots: { enabled: true } },
  }),
  set('external etcd', { etcd: { enabled: false, external: { host: 'etcd.example.com' } } }),
  set('external etcd named', { etcd: { external: { host: 'etcd.example.com' } } }),
  set('three etcd members', { etcd: { replicaCount: 3 } }),
  set('autoscaling', {
    broker: { hpa: { enabled: true, targetMemory: 80 }, config: { storage: s3 } },
  }),
  set('autoscaling with a history on each broker', { broker: { hpa: { enabled: true } } }),
  set('autoscaling of one broker', {
    broker: { replicaCount: 1, hpa: { enabled: true, minReplicas: 1, maxReplicas: 1 } },
  }),
  set('disruption budgets', {
    broker: { pdb: { minAvailable: 2 } },
    etcd: { pdb: { protectSingleMember: true } },
  }),
  set('no disruption budgets', {
    broker: { pdb: { enabled: false } },
    etcd: { replicaCount: 5, pdb: { enabled: false } },
  }),
  set('apart whatever it costs', {
    broker: { antiAffinity: 'hard', zoneSpread: 'hard' },
    etcd: { replicaCount: 3, antiAffinity: 'hard', zoneSpread: 'hard' },
  }),
  set('side by side', {
    broker: { antiAffinity: 'none', zoneSpread: 'none' },
    etcd: { antiAffinity: 'none', zoneSpread: 'none' },
  }),
  set('updates by hand', {
    broker: { updateStrategy: { type: 'OnDelete' } },
    etcd: { updateStrategy: { type: 'OnDelete' } },
  }),
  set('narrow network policies', {
    broker: { config: { storage: { ...s3, credentials: {} } } },
    networkPolicy: {
      clients: [shopPods],
      externalClients: ['203.0.113.0/24'],
      adminNamespaces: ['messaging'],
      scrapers: [shopPods],
      queriers: [shopPods],
      dns: { peers: [shopPods] },
      apiServer: { peers: [shopPods] },
      objectStores: { peers: [shopPods] },
    },
  }),
  set('an emulator of Azure', {
    broker: {
      config: {
        storage: {
          cloudBackend: 'azblob',
          cloudRoot: 'container',
          azblob: { endpoint: 'http://azurite:10000/devstore', accountName: 'devstore' },
        },
      },
    },
  }),
  set('scrapers without Prometheus', {
    prometheus: { enabled: false },
    networkPolicy: { scrapers: [shopPods] },
  }),
  set('own smoke tests', {
    tests: { topic: '/operations/smoke', activeDeadlineSeconds: 60 },
    etcd: { replicaCount: 3 },
  }),
  set('nothing to test', {
    broker: {
      tls: { enabled: true, secretName: 'broker-tls' },
      config: { auth: { mode: 'tls' } },
    },
    etcd: { enabled: false, external: { host: 'etcd.example.com' } },
    prometheus: { enabled: false },
  }),
  set('no smoke tests', { tests: { enabled: false } }),
  set('no network policies', { networkPolicy: { enabled: false } }),
  set('without Prometheus', { prometheus: { enabled: false } }),
  set('no alerts', { prometheus: { rules: { enabled: false } } }),
  set('ServiceMonitors, alerts and dashboard', {
    prometheus: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
    grafanaDashboard: { enabled: true },
  }),
  ...['5ms', '5s', '5m', '5h', '5d'].map((interval) =>
    set(`scrapes that may take all of ${interval}`, {
      prometheus: {
        serviceMonitor: { enabled: true, interval, scrapeTimeout: interval },
        podMonitor: { interval, scrapeTimeout: interval },
      },
    }),
  ),
  set('PodMonitors', { prometheus: { podMonitor: { enabled: true } } }),
  set('ServiceMonitors without etcd', {
    etcd: { enabled: false, external: { host: 'etcd.example.com' } },
    prometheus: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
  }),
  set('PodMonitors without etcd', {
    etcd: { enabled: false, external: { host: 'etcd.example.com' } },
    prometheus: { enabled: false, podMonitor: { enabled: true } },
  }),
  set('OpenShift', {
    platformAssignedIds: true,
    etcd: { snapshots: { enabled: true }, defrag: { enabled: true } },
  }),
  set('no service accounts', {
    broker: { serviceAccount: { create: false } },
    etcd: { serviceAccount: { create: false } },
    prometheus: { serviceAccount: { create: false, name: 'discovery' } },
  }),
  set('mirror', {
    global: { imageRegistry: 'mirror.example.com:5000/x', imagePullSecrets: ['pull', 'other'] },
  }),
  set('overridden name', { nameOverride: 'second' }),
  set('overridden full name', { fullnameOverride: 'whole' }),
  set('overridden pods, and objects told apart', {
    ...overriding('broker', 'prometheus', 'tests'),
    etcd: {
      podOverrides: POD_OVERRIDES,
      snapshots: { enabled: true },
      defrag: { enabled: true },
    },
    ...toldApart(CORE_OBJECTS),
  }),
  set('both IP families', DUAL_STACK),
  set('rebalancing', { broker: { config: { rebalancing: { enabled: true } } } }),
  ...ETCD_CARE_SETS,
  ...TLS_SETS.map(([name, values]) => set(name, values)),
  ...EXTERNAL_SETS.map(([name, values]) => set(name, values)),
  set('unusual release name', {}, '1.very-long.release-name-that-cannot-be-a-prefix-123'),
];

export function at(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), values);
}

export function nested(path: string, value: unknown): Values {
  return path
    .split('.')
    .reverse()
    .reduce<unknown>((inner, key) => ({ [key]: inner }), value) as Values;
}

function unique(items: readonly unknown[], key: string): readonly unknown[] {
  const known = new Map(items.map((item) => [at(item, key), item]));
  return [...known.values()];
}

/** What Kubernetes would refuse although each value alone is fine: a name twice, no such volume. */
export function soundPods(values: Values, component: string): Values {
  const given = (key: string): readonly unknown[] => {
    const list = at(values, `${component}.${key}`);
    return Array.isArray(list) ? list : [];
  };
  const mounts = unique(unique(given('extraVolumeMounts'), 'name'), 'mountPath');
  const containers = unique([...given('extraInitContainers'), ...given('sidecars')], 'name');
  const sound = {
    extraVolumeMounts: mounts,
    extraVolumes: mounts.map((mount) => ({ name: at(mount, 'name'), emptyDir: {} })),
    extraInitContainers: containers.slice(0, 1),
    sidecars: containers.slice(1),
    extraEnv: unique(given('extraEnv'), 'name').filter(
      (variable) => !isMap(at(values, `${component}.env.${String(at(variable, 'name'))}`)),
    ),
  };
  const merged = coalesce(values, { [component]: sound });
  return isMap(merged) ? merged : values;
}

/** Changes random values as little as the chart's rules demand. */
export function keepingRules(values: Values): Values {
  let kept = ['broker', 'etcd', 'prometheus'].reduce(soundPods, keepingExternalRules(values));
  const change = (path: string, value: unknown) => {
    const merged = coalesce(kept, nested(path, value));
    kept = isMap(merged) ? merged : kept;
  };
  const get = (path: string) => at(kept, path);
  const textAt = (path: string, fallback: string) => {
    const text = get(path);
    return typeof text === 'string' ? text : fallback;
  };
  const numberAt = (path: string, fallback: number) => {
    const number = get(path);
    return typeof number === 'number' ? number : fallback;
  };
  if (/^latest$|^v?(0\.|[1-9][0-9]?\.)/.test(textAt('broker.image.tag', ''))) {
    change('broker.image.tag', 'v0.7.2');
  }
  const storage = 'broker.config.storage';
  for (const component of ['broker', 'etcd', 'prometheus']) {
    if (get(`${component}.persistence.existingClaim`)) {
      change(`${component}.persistence.enabled`, true);
    }
  }
  if (get('etcd.persistence.enabled') === false) {
    change('etcd.replicaCount', 1);
  }
  const isByRevision = get('etcd.autoCompaction.mode') === 'revision';
  change('etcd.autoCompaction.retention', isByRevision ? '1000' : '2h');
  if (get('prometheus.serviceAccount.create') === false) {
    change('prometheus.serviceAccount.name', 'discovery');
  }
  if (get('broker.persistence.enabled') === false || get('broker.persistence.existingClaim')) {
    change('broker.replicaCount', 1);
    change('broker.hpa', { enabled: false });
  }
  if (get('etcd.persistence.existingClaim')) {
    change('etcd.replicaCount', 1);
  }
  if (get('etcd.enabled') === false && !get('etcd.external.host')) {
    change('etcd.external.host', 'etcd.example.com');
  }
  if (numberAt('broker.hpa.minReplicas', 3) > numberAt('broker.hpa.maxReplicas', 10)) {
    change('broker.hpa', { minReplicas: 2, maxReplicas: 4 });
  }
  const fewest = get('broker.hpa.enabled') === true ? 'hpa.minReplicas' : 'replicaCount';
  if (numberAt('broker.pdb.minAvailable', 0) >= numberAt(`broker.${fewest}`, 3)) {
    change('broker.pdb.minAvailable', 0);
  }
  for (const component of ['broker', 'etcd']) {
    if (get(`${component}.updateStrategy.type`) === 'OnDelete') {
      change(`${component}.updateStrategy.partition`, 0);
    }
  }
  if (get('prometheus.serviceMonitor.enabled') === true) {
    change('prometheus.podMonitor.enabled', false);
  }
  for (const monitor of ['serviceMonitor', 'podMonitor']) {
    if (get(`prometheus.${monitor}.scrapeTimeout`) !== undefined) {
      change(`prometheus.${monitor}.scrapeTimeout`, '1ms');
    }
  }
  change('etcd.auth.enabled', false);
  keepFamilyRules(get, change);
  keepEtcdCareRules(get, change);
  change(`${storage}.uploaderEnabled`, true);
  const mountPath = textAt('broker.persistence.mountPath', '/danube-data');
  change(`${storage}.walDir`, `${mountPath}/wal`);
  const roots: Record<string, string> = {
    fs: `${mountPath}/cloud`,
    memory: 'memory',
    s3: 's3://bucket/prefix',
    gcs: 'gcs://bucket/prefix',
    azblob: 'container',
  };
  const backend = textAt(`${storage}.cloudBackend`, 'fs');
  change(`${storage}.cloudRoot`, roots[backend]);
  if (backend === 's3' && !get(`${storage}.s3.region`)) {
    change(`${storage}.s3.region`, 'us-east-1');
  }
  if (backend === 'azblob' && !get(`${storage}.azblob.endpoint`)) {
    change(`${storage}.azblob.endpoint`, 'https://a.blob.core.windows.net');
  }
  keepingTlsRules(get, change);
  distinctPorts('broker.ports', ['client', 'admin', 'prometheus']);
  distinctPorts('etcd.service', ['port', 'peerPort', 'metricsPort']);
  ['broker', 'etcd', 'prometheus'].forEach((component) => {
    change(`${component}.serviceAccount.name`, nameOf(component));
  });
  return kept;

  function distinctPorts(path: string, keys: readonly string[]): void {
    const given = keys.map((key) => get(`${path}.${key}`)).filter((port) => port !== undefined);
    const defaults = new Set([6650, 50051, 9040, 2379, 2380, 2381]);
    if (new Set(given).size < given.length || given.some((port) => defaults.has(Number(port)))) {
      keys.forEach((key, index) => {
        change(`${path}.${key}`, 30000 + index);
      });
    }
  }

  /** The same name for two components would be made twice. */
  function nameOf(component: string): string {
    const name = get(`${component}.serviceAccount.name`);
    const isNeeded = get(`${component}.serviceAccount.create`) === false;
    return isNeeded || (typeof name === 'string' && name !== '') ? `${component}-account` : '';
  }
}

/** One set for each rule of the chart that breaks it, and what the message begins with. */
const REFUSED_VALUES: readonly (readonly [string, Values])[] = [
  ...REFUSED_FAMILIES,
  ...['serviceMonitor', 'podMonitor'].map(
    (monitor) =>
      [
        `prometheus.${monitor}.scrapeTimeout`,
        { prometheus: { [monitor]: { enabled: true, interval: '30s', scrapeTimeout: '1m' } } },
      ] as const,
  ),
  [
    'objectLabels',
    { commonLabels: { team: 'all' }, objectLabels: { brokerService: { team: 'one' } } },
  ],
  ['broker.persistence.enabled', { broker: { persistence: { enabled: false } } }],
  ['broker.persistence.existingClaim', { broker: { persistence: { existingClaim: 'a' } } }],
  [
    'etcd.persistence.existingClaim',
    { etcd: { replicaCount: 3, persistence: { existingClaim: 'a' } } },
  ],
  [
    'broker.persistence.enabled',
    { broker: { replicaCount: 1, hpa: { enabled: true }, persistence: { enabled: false } } },
  ],
  [
    'broker.persistence.existingClaim',
    { broker: { replicaCount: 1, hpa: { enabled: true }, persistence: { existingClaim: 'a' } } },
  ],
  ['broker.hpa.minReplicas', { broker: { hpa: { enabled: true, minReplicas: 11 } } }],
  ['broker.pdb.minAvailable', { broker: { pdb: { minAvailable: 3 } } }],
  [
    'broker.pdb.minAvailable',
    { broker: { replicaCount: 9, hpa: { enabled: true }, pdb: { minAvailable: 3 } } },
  ],
  ['broker.updateStrategy.partition', onDeleteFrom('broker')],
  ['etcd.updateStrategy.partition', onDeleteFrom('etcd')],
  ['etcd.external.host', { etcd: { enabled: false } }],
  [
    'broker.persistence.enabled',
    { broker: { replicaCount: 1, persistence: { enabled: false, existingClaim: 'a' } } },
  ],
  ['etcd.persistence.enabled', { etcd: { persistence: { enabled: false, existingClaim: 'a' } } }],
  ['prometheus.persistence.enabled', { prometheus: { persistence: { existingClaim: 'a' } } }],
  ['etcd.persistence.enabled', { etcd: { replicaCount: 3, persistence: { enabled: false } } }],
  ['etcd.autoCompaction.retention', { etcd: { autoCompaction: { retention: '10' } } }],
  ['etcd.autoCompaction.retention', { etcd: { autoCompaction: { mode: 'revision' } } }],
  storage('cloudRoot', { cloudRoot: '/danube-data', sharedVolume: { existingClaim: 'a' } }),
  storage('walDir', {
    walDir: '/danube-data/shared/wal',
    cloudRoot: '/danube-data/shared',
    sharedVolume: { existingClaim: 'a' },
  }),
  storage('walDir', { walDir: '/danube-database/wal' }),
  ['prometheus.serviceAccount.name', { prometheus: { serviceAccount: { create: false } } }],
  ['etcd.auth.enabled', { etcd: { auth: { enabled: true } } }],
  [
    'prometheus.podMonitor.enabled',
    { prometheus: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } },
  ],
  storage('uploaderEnabled', { uploaderEnabled: false }),
  storage('cloudRoot', { cloudRoot: 'bucket' }),
  storage('cloudRoot', { cloudBackend: 's3', s3: { region: 'eu-west-1' } }),
  storage('cloudRoot', { cloudBackend: 'gcs' }),
  storage('cloudRoot', { cloudBackend: 'azblob' }),
  storage('s3.region', { cloudBackend: 's3', cloudRoot: 's3://bucket' }),
  storage('azblob.endpoint', { cloudBackend: 'azblob', cloudRoot: 'container' }),
  storage('walDir', { walDir: '/elsewhere' }),
  storage('cloudRoot', { cloudRoot: '/elsewhere' }),
  ...REFUSED_TLS_VALUES,
  ['broker.extraEnv', twice('broker', 'RUST_LOG')],
  ['etcd.extraEnv', twice('etcd', 'A')],
  ['prometheus.extraEnv', twice('prometheus', 'A')],
  ...['latest', 'v0.8.0', '0.8', 'v0.15.1', '1.0.0-rc.1'].map(
    (tag) => ['broker.image.tag', { broker: { image: { tag } } }] as const,
  ),
  ['broker.ports.admin', { broker: { ports: { admin: 6650 } } }],
  ['broker.ports.prometheus', { broker: { ports: { prometheus: 6650 } } }],
  ['broker.ports.prometheus', { broker: { ports: { prometheus: 50051 } } }],
  ['etcd.service.peerPort', { etcd: { service: { peerPort: 2379 } } }],
  ['etcd.service.metricsPort', { etcd: { service: { metricsPort: 2379 } } }],
  ['etcd.service.metricsPort', { etcd: { service: { metricsPort: 2380 } } }],
  ...ETCD_CARE_REFUSED,
  ['etcd.serviceAccount.name', accounts('broker', 'etcd')],
  ['prometheus.serviceAccount.name', accounts('broker', 'prometheus')],
  ['prometheus.serviceAccount.name', accounts('etcd', 'prometheus')],
  ...EXTERNAL_REFUSED,
];

export const REFUSED_SETS = REFUSED_VALUES.map(([path, values]) => ({
  ...set(`refused: ${path}`, values),
  path,
}));

/** A variable that stands in `env` and in `extraEnv`. */
export function twice(component: string, name: string): Values {
  return { [component]: { env: { [name]: 'a' }, extraEnv: [{ name, value: 'b' }] } };
}

function onDeleteFrom(component: string): Values {
  return { [component]: { updateStrategy: { type: 'OnDelete', partition: 1 } } };
}

/** Service accounts of one name for two components. */
function accounts(...components: readonly string[]): Values {
  const account = { serviceAccount: { name: 'same' } };
  return Object.fromEntries(components.map((component) => [component, account]));
}

function storage(key: string, values: Values): [string, Values] {
  return [`broker.config.storage.${key}`, { broker: { config: { storage: values } } }];
}

/** Random releases of danube-core that keep its rules. */
export function coreReleases(chart: HelmChart): fc.Arbitrary<ReleaseSet> {
  return releaseArbitrary(chart).map((release) => ({
    ...release,
    values: keepingRules(release.values),
  }));
}
