import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { Cluster, type InstalledRelease, type Pod } from '../../objects/reachability';
import { findPodTemplates } from '../../objects/pod-template';
import { NAMED_SETS } from './core-sets';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

const INTERNET = { address: '203.0.113.7' };
const METADATA_SERVER = { address: '169.254.169.254' };

/** The release `r` in a namespace. */
function install(namespace: string, values: object = {}): InstalledRelease {
  const objects = decoded(chart, { values: { ...values }, releaseName: 'r', namespace });
  return { namespace, objects };
}

/** The two releases of all tests, of one name in two namespaces. */
function twoReleases(values: object = {}): Cluster {
  return new Cluster([install('one', values), install('two')]);
}

function podOf(cluster: Cluster, namespace: string, component: string): Pod {
  const [pod] = cluster.pods(namespace, { 'app.kubernetes.io/component': component });
  return pod;
}

const stranger: Pod = { namespace: 'shop', labels: { app: 'shop' } };
const neighbour: Pod = { namespace: 'one', labels: { app: 'shop' } };

function danubePod(namespace: string): Pod {
  return { namespace, labels: { 'app.kubernetes.io/part-of': 'danube' } };
}

/** Who tries to connect, in the tables below. */
function callersOf(cluster: Cluster): Readonly<Record<string, Pod | { address: string }>> {
  return {
    stranger,
    neighbour,
    'danube pod': danubePod('one'),
    'danube pod elsewhere': danubePod('ops'),
    broker: podOf(cluster, 'one', 'broker'),
    etcd: podOf(cluster, 'one', 'etcd'),
    prometheus: podOf(cluster, 'one', 'prometheus'),
    test: podOf(cluster, 'one', 'test'),
    'member check': podOf(cluster, 'one', 'etcd-member-check'),
    'other broker': podOf(cluster, 'two', 'broker'),
    'other etcd': podOf(cluster, 'two', 'etcd'),
    'other prometheus': podOf(cluster, 'two', 'prometheus'),
    'other test': podOf(cluster, 'two', 'test'),
    internet: INTERNET,
  };
}

/** The names of those who can connect to a port of a component of the first release. */
function whoReaches(cluster: Cluster, component: string, port: number): readonly string[] {
  const target = podOf(cluster, 'one', component);
  return Object.entries(callersOf(cluster))
    .filter(([, caller]) => cluster.canReach(caller, target, port))
    .map(([name]) => name);
}

const USERS = ['stranger', 'neighbour', 'danube pod', 'danube pod elsewhere'];

test.each([
  ['broker', 6650, [...USERS, 'test']],
  ['broker', 50051, ['danube pod', 'danube pod elsewhere']],
  ['broker', 9040, ['prometheus']],
  ['broker', 22, []],
  ['etcd', 2379, ['broker', 'etcd', 'test', 'member check']],
  ['etcd', 2380, ['etcd']],
  ['etcd', 2381, ['prometheus']],
  ['prometheus', 9090, ['danube pod', 'danube pod elsewhere', 'test']],
  ['test', 80, []],
  ['prometheus', 80, []],
])('port %s:%i is open to just whom it is for', (component, port, callers) => {
  expect(whoReaches(twoReleases(), component, port)).toEqual(callers);
});

function portsOfService({ kind, spec }: KubernetesObject): readonly unknown[] {
  const ports: unknown = kind === 'Service' && isMap(spec) ? spec.ports : [];
  return Array.isArray(ports) ? ports : [];
}

test('every port of every Service is one of the ports above', () => {
  const ports = install('one').objects.flatMap(portsOfService);
  const numbers = ports.map((port) => (isMap(port) ? Number(port.port) : 0));
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual([
    2379, 2380, 2381, 6650, 9040, 9090, 50051,
  ]);
});

test.each([
  [
    'clients',
    { clients: [{ podSelector: { matchLabels: { app: 'shop' } } }] },
    'broker',
    6650,
    ['neighbour', 'test'],
  ],
  [
    'externalClients',
    { externalClients: ['203.0.113.0/24'] },
    'broker',
    6650,
    [...USERS, 'test', 'internet'],
  ],
  ['adminNamespaces', { adminNamespaces: ['ops'] }, 'broker', 50051, ['danube pod elsewhere']],
  [
    'adminNamespaces',
    { adminNamespaces: ['ops'] },
    'prometheus',
    9090,
    ['danube pod elsewhere', 'test'],
  ],
  [
    'scrapers',
    { scrapers: [{ namespaceSelector: { matchLabels: inNamespace('shop') } }] },
    'broker',
    9040,
    ['stranger', 'prometheus'],
  ],
  [
    'scrapers',
    { scrapers: [{ namespaceSelector: { matchLabels: inNamespace('shop') } }] },
    'etcd',
    2381,
    ['stranger', 'prometheus'],
  ],
  [
    'queriers',
    { queriers: [{ podSelector: { matchLabels: { app: 'shop' } } }] },
    'prometheus',
    9090,
    ['neighbour', 'danube pod', 'danube pod elsewhere', 'test'],
  ],
])('networkPolicy.%s', (_value, networkPolicy, component, port, callers) => {
  expect(whoReaches(twoReleases({ networkPolicy }), component, port)).toEqual(callers);
});

function inNamespace(name: string): Record<string, string> {
  return { 'kubernetes.io/metadata.name': name };
}

test('snapshots and defragmentation reach etcd, and no one reaches them', () => {
  const snapshots = { enabled: true, destination: 's3', s3: { bucket: 'backup' } };
  const cluster = twoReleases({ etcd: { snapshots, defrag: { enabled: true } } });
  const etcd = podOf(cluster, 'one', 'etcd');
  for (const component of ['etcd-snapshot', 'etcd-defrag', 'etcd-member-check']) {
    const pod = podOf(cluster, 'one', component);
    expect(cluster.canReach(pod, etcd, 2379)).toBe(true);
    expect(cluster.canReach(pod, etcd, 2380)).toBe(false);
    expect(cluster.canReach({ ...pod, namespace: 'two' }, etcd, 2379)).toBe(false);
    expect(cluster.canReach(neighbour, pod, 8080)).toBe(false);
    expect(cluster.canReach(pod, INTERNET, 443)).toBe(component === 'etcd-snapshot');
    expect(cluster.canReach(pod, METADATA_SERVER, 80)).toBe(component === 'etcd-snapshot');
  }
});

test('without Prometheus no one reads metrics, rather than everyone', () => {
  const cluster = twoReleases({ prometheus: { enabled: false } });
  const target = podOf(cluster, 'one', 'broker');
  const other = podOf(cluster, 'two', 'prometheus');
  expect([stranger, neighbour, other].some((pod) => cluster.canReach(pod, target, 9040))).toBe(
    false,
  );
});

const s3 = {
  cloudBackend: 's3',
  cloudRoot: 's3://bucket',
  s3: { region: 'eu-central-1', endpoint: 'http://minio.example.com:9000/path' },
};

/** Ports that a component of the first release can reach at a place. */
function openPorts(values: object, component: string, to: Pod | { address: string }) {
  const cluster = twoReleases(values);
  const from = podOf(cluster, 'one', component);
  const tried = [53, 80, 443, 988, 2379, 2380, 6443, 6650, 9000, 9040, 50051];
  return tried.filter((port) => cluster.canReach(from, to, port));
}

test.each([
  ['broker', {}, [53]],
  ['broker', { broker: { config: { storage: s3 } } }, [53, 443, 9000]],
  ['broker', { etcd: { enabled: false, external: { host: 'etcd.example.com' } } }, [53, 2379]],
  ['etcd', {}, [53]],
  ['prometheus', {}, [53, 443, 6443]],
])('%s goes out to what it needs: %j', (component, values, ports) => {
  expect(openPorts(values, component, INTERNET)).toEqual(ports);
});

test('a broker asks the metadata server of its node only without credentials', () => {
  const withSecret = { ...s3, credentials: { existingSecret: 'aws' } };
  const ports = (storage: object) =>
    openPorts({ broker: { config: { storage } } }, 'broker', METADATA_SERVER);
  expect(ports(s3)).toEqual([53, 80, 443, 988, 9000]);
  expect(ports(withSecret)).toEqual([53, 443, 9000]);
  expect(ports({})).toEqual([53]);
});

test('where things run can be narrowed', () => {
  const dns = { peers: [{ namespaceSelector: { matchLabels: inNamespace('kube-system') } }] };
  const coreDns: Pod = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
  const cluster = twoReleases({ networkPolicy: { dns } });
  const broker = podOf(cluster, 'one', 'broker');
  expect(cluster.canReach(broker, coreDns, 53, 'UDP')).toBe(true);
  expect(cluster.canReach(broker, coreDns, 53, 'TCP')).toBe(true);
  expect(cluster.canReach(broker, stranger, 53, 'UDP')).toBe(false);
  const objectStores = { peers: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [8333] };
  const values = { networkPolicy: { objectStores }, broker: { config: { storage: s3 } } };
  const other = twoReleases(values);
  const from = podOf(other, 'one', 'broker');
  expect(other.canReach(from, { address: '10.1.2.3' }, 8333)).toBe(true);
  expect(other.canReach(from, { address: '10.1.2.3' }, 9000)).toBe(true);
  expect(other.canReach(from, INTERNET, 8333)).toBe(false);
});

/** Whether `{}` stands for a rule or a peer somewhere below: that would mean everyone. */
function holdsEmptyMap(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(holdsEmptyMap);
  }
  if (!isMap(value)) {
    return false;
  }
  const inner = Object.values(value);
  return inner.length === 0 || inner.some(holdsEmptyMap);
}

test.each(NAMED_SETS)('every component is closed but for rules with ports: $name', ({ set }) => {
  const objects = decoded(chart, set);
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const templates = findPodTemplates([...objects]);
  const components = new Set(templates.map(({ labels }) => labels['app.kubernetes.io/component']));
  const isOn = !isMap(set.values.networkPolicy) || set.values.networkPolicy.enabled !== false;
  // The check of members has two, one of them for etcd while the check runs.
  const whileItRuns = policies.filter(({ metadata }) => metadata.name.endsWith('-ingress'));
  expect(policies).toHaveLength(isOn ? components.size + whileItRuns.length : 0);
  for (const { spec } of policies.filter((policy) => !whileItRuns.includes(policy))) {
    const { policyTypes, ingress, egress } = isMap(spec) ? spec : {};
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(holdsEmptyMap(spec)).toBe(false);
    for (const rule of [ingress ?? [], egress].flat()) {
      expect(rule).toHaveProperty('ports.0.port', expect.any(Number));
      expect(rule).not.toHaveProperty('from', []);
      expect(rule).not.toHaveProperty('to', []);
    }
    for (const rule of [ingress ?? []].flat()) {
      expect(rule).toHaveProperty('from.0');
    }
  }
});

test.each([
  ['a monitor and nobody let in', { prometheus: { serviceMonitor: { enabled: true } } }, true],
  ['a PodMonitor and nobody let in', { prometheus: { podMonitor: { enabled: true } } }, true],
  ['no monitor', {}, false],
  [
    'a monitor and its Prometheus let in',
    {
      prometheus: { serviceMonitor: { enabled: true } },
      networkPolicy: { scrapers: [{ namespaceSelector: { matchLabels: inNamespace('m') } }] },
    },
    false,
  ],
  [
    'a monitor without policies',
    { prometheus: { serviceMonitor: { enabled: true } }, networkPolicy: { enabled: false } },
    false,
  ],
])('the notes tell of monitors that nothing can scrape by: %s', (_what, values, warned) => {
  const notes = chart.renderNotes({ values });
  expect(notes.includes('networkPolicy.scrapers')).toBe(warned);
});
