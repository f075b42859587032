import { App } from 'cdk8s';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { QdrantConnectorChart } from '../../src/danube/connectors/qdrant/qdrant-connector-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import type { HelmChart } from '../../src/helm';
import { Cluster, type InstalledRelease, type Pod } from '../objects/reachability';
import { decoded } from './core/decoded';

const coreChart = new DanubeCoreChart(new App(), 'danube-core');
const adminChart = new DanubeAdminChart(new App(), 'danube-admin');
const qdrantChart = new QdrantConnectorChart(new App(), 'danube-connector-qdrant');

function install(
  chart: HelmChart,
  releaseName: string,
  namespace: string,
  values: object,
): InstalledRelease {
  const set = { values: { ...values }, releaseName, namespace };
  return { namespace, objects: decoded(chart, set) };
}

const CARE = {
  snapshots: { enabled: true, destination: 's3', s3: { bucket: 'backup' } },
  defrag: { enabled: true },
};
const ROUTES = [{ from: '/default/a', subscription: 'a', to: 'a', vector_dimension: 3 }];

/** A core, what works on it, and in another namespace a core of the same name and its admin. */
const cluster = new Cluster([
  install(coreChart, 'danube', 'one', { etcd: CARE }),
  install(adminChart, 'ui', 'one', { core: { releaseName: 'danube' } }),
  install(adminChart, 'far', 'ops', { core: { releaseName: 'danube', namespace: 'one' } }),
  install(qdrantChart, 'sink', 'apps', {
    core: { releaseName: 'danube', namespace: 'one' },
    bootstrap: { enabled: true },
    connector: { config: { qdrant: { url: 'http://qdrant.apps:6334', routes: ROUTES } } },
  }),
  install(coreChart, 'danube', 'two', {}),
  install(adminChart, 'ui', 'two', { core: { releaseName: 'danube' } }),
]);

function pod(namespace: string, component: string): Pod {
  const [found] = cluster.pods(namespace, { 'app.kubernetes.io/component': component });
  return found;
}

const PODS: Readonly<Record<string, Pod>> = {
  broker: pod('one', 'broker'),
  etcd: pod('one', 'etcd'),
  prometheus: pod('one', 'prometheus'),
  test: pod('one', 'test'),
  'member check': pod('one', 'etcd-member-check'),
  snapshot: pod('one', 'etcd-snapshot'),
  defrag: pod('one', 'etcd-defrag'),
  admin: pod('one', 'admin'),
  'admin-ui': pod('one', 'admin-ui'),
  'far admin': pod('ops', 'admin'),
  'far admin-ui': pod('ops', 'admin-ui'),
  connector: pod('apps', 'connector'),
  bootstrap: pod('apps', 'connector-bootstrap'),
  'other broker': pod('two', 'broker'),
  'other etcd': pod('two', 'etcd'),
  'other prometheus': pod('two', 'prometheus'),
  'other admin': pod('two', 'admin'),
  'other admin-ui': pod('two', 'admin-ui'),
  stranger: { namespace: 'shop', labels: { app: 'shop' } },
};
const OUTSIDE = { address: '203.0.113.7' };

/** Names of the pods that get through to a port. */
function whoReaches(target: string, port: number): readonly string[] {
  return Object.keys(PODS).filter(
    (name) => name !== target && cluster.canReach(PODS[name], PODS[target], port),
  );
}

test('every pod of the table runs in one of the releases', () => {
  expect(Object.values(PODS)).not.toContain(undefined);
});

/** Every port of every component, and all who get through: all others do not. */
test.each([
  ['broker', 6650, ['test', 'connector', 'stranger']],
  ['broker', 50051, ['admin', 'far admin', 'connector', 'bootstrap']],
  ['broker', 9040, ['prometheus']],
  ['etcd', 2379, ['broker', 'test', 'member check', 'snapshot', 'defrag']],
  ['etcd', 2380, []],
  ['etcd', 2381, ['prometheus']],
  ['prometheus', 9090, ['test', 'admin', 'far admin']],
  ['admin', 8080, ['admin-ui']],
  ['far admin', 8080, ['far admin-ui']],
  ['admin-ui', 8080, ['stranger']],
  ['other broker', 50051, ['other admin']],
  ['other prometheus', 9090, ['other admin']],
  ['other admin', 8080, ['other admin-ui']],
  ['connector', 9090, []],
  ['bootstrap', 80, []],
  ['test', 80, []],
  ['snapshot', 80, []],
])('%s:%i', (target, port, names) => {
  expect(whoReaches(target, port)).toEqual(names);
});

test('members of etcd reach each other, and none of another release', () => {
  expect(cluster.canReach(PODS.etcd, PODS.etcd, 2380)).toBe(true);
  expect(cluster.canReach(PODS['other etcd'], PODS.etcd, 2380)).toBe(false);
});

/** The ports at which each gets out of the cluster. */
test.each([
  ['broker', [53]],
  ['etcd', [53]],
  ['prometheus', [53, 443, 6443]],
  ['test', [53]],
  ['member check', [53]],
  ['snapshot', [53, 443]],
  ['defrag', [53]],
  ['admin', [53]],
  ['admin-ui', [53]],
  ['connector', [53, 6334]],
  ['bootstrap', [53]],
])('%s goes out to %j', (name, ports) => {
  const tried = [22, 53, 80, 443, 2379, 6334, 6443, 6650, 8080, 9090, 50051];
  expect(tried.filter((port) => cluster.canReach(PODS[name], OUTSIDE, port))).toEqual(ports);
});

test('from outside nothing of Danube is reached', () => {
  const danube = Object.entries(PODS).filter(([name]) => name !== 'stranger');
  const open = danube.filter(([, target]) =>
    [53, 80, 2379, 2380, 6650, 8080, 9040, 9090, 50051].some((port) =>
      cluster.canReach(OUTSIDE, target, port),
    ),
  );
  expect(open.map(([name]) => name)).toEqual([]);
});
