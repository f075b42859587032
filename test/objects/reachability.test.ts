import type { KubernetesObject } from './kubernetes-object';
import { Cluster, type Pod } from './reachability';

const NAMESPACES = { shop: { team: 'a' }, bank: { team: 'b' } };

const server: Pod = { namespace: 'shop', labels: { app: 'server' }, ports: { http: 8080 } };
const client: Pod = { namespace: 'shop', labels: { app: 'client' } };
const stranger: Pod = { namespace: 'bank', labels: { app: 'client' } };
const internet = { address: '203.0.113.7' };

function policy(spec: object, namespace?: string): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', ...(namespace === undefined ? {} : { namespace }) },
    spec,
  };
}

function clusterWith(...specs: readonly object[]): Cluster {
  const objects = specs.map((spec) => policy(spec));
  return new Cluster([{ namespace: 'shop', objects }], NAMESPACES);
}

const ofServer = { podSelector: { matchLabels: { app: 'server' } } };
const fromClients = { podSelector: { matchLabels: { app: 'client' } } };

test('without policies all is open', () => {
  const cluster = clusterWith();
  expect(cluster.canReach(stranger, server, 1)).toBe(true);
  expect(cluster.canReach(internet, server, 1)).toBe(true);
});

test('a policy without rules closes a direction of the pods that it selects, and no more', () => {
  const cluster = clusterWith({ ...ofServer, policyTypes: ['Ingress'] });
  expect(cluster.canReach(client, server, 8080)).toBe(false);
  expect(cluster.canReach(internet, server, 8080)).toBe(false);
  expect(cluster.canReach(server, client, 8080)).toBe(true);
  expect(cluster.canReach(stranger, client, 8080)).toBe(true);
});

test('a policy counts in its own namespace only', () => {
  const cluster = clusterWith({ podSelector: {}, policyTypes: ['Ingress'] });
  expect(cluster.canReach(client, server, 1)).toBe(false);
  expect(cluster.canReach(client, stranger, 1)).toBe(true);
});

test('a policy that names its namespace counts there', () => {
  const objects = [policy({ podSelector: {}, policyTypes: ['Ingress'] }, 'bank')];
  const cluster = new Cluster([{ namespace: 'shop', objects }]);
  expect(cluster.canReach(client, stranger, 1)).toBe(false);
  expect(cluster.canReach(stranger, client, 1)).toBe(true);
});

test('without types a policy is for ingress, and for egress if it has such rules', () => {
  const ingressOnly = clusterWith(ofServer);
  expect(ingressOnly.canReach(client, server, 1)).toBe(false);
  expect(ingressOnly.canReach(server, client, 1)).toBe(true);
  const both = clusterWith({ ...ofServer, egress: [{ ports: [{ port: 53 }] }] });
  expect(both.canReach(server, client, 53)).toBe(true);
  expect(both.canReach(server, client, 1)).toBe(false);
});

test('both ends have to allow a connection', () => {
  const open = { ...ofServer, ingress: [{ from: [fromClients] }] };
  const mute = { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] };
  expect(clusterWith(open).canReach(client, server, 1)).toBe(true);
  expect(clusterWith(open, mute).canReach(client, server, 1)).toBe(false);
});

test('policies add up', () => {
  const cluster = clusterWith(
    { ...ofServer, policyTypes: ['Ingress'] },
    { ...ofServer, ingress: [{ from: [fromClients], ports: [{ port: 1 }] }] },
    { ...ofServer, ingress: [{ from: [fromClients], ports: [{ port: 2 }] }] },
  );
  expect([1, 2, 3].map((port) => cluster.canReach(client, server, port))).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  ['pods of its own namespace', [fromClients], [true, false, false]],
  ['namespaces', [{ namespaceSelector: { matchLabels: { team: 'b' } } }], [false, true, false]],
  [
    'a namespace by its name',
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } } }],
    [false, true, false],
  ],
  [
    'pods of namespaces',
    [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'other' } } }],
    [false, false, false],
  ],
  ['addresses', [{ ipBlock: { cidr: '203.0.113.0/24' } }], [false, false, true]],
  [
    'addresses with an exception',
    [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.0/28'] } }],
    [false, false, false],
  ],
  ['addresses of the other family', [{ ipBlock: { cidr: '::/0' } }], [false, false, false]],
  ['any of several', [fromClients, { ipBlock: { cidr: '0.0.0.0/0' } }], [true, false, true]],
  ['no peers: anyone', undefined, [true, true, true]],
  ['an empty list: anyone too', [], [true, true, true]],
])('peers: %s', (_what, from, outcome) => {
  const cluster = clusterWith({ ...ofServer, ingress: [{ from }] });
  const callers = [client, stranger, internet];
  expect(callers.map((caller) => cluster.canReach(caller, server, 8080))).toEqual(outcome);
});

test('an address of IPv6 is in its range', () => {
  const cluster = clusterWith({
    ...ofServer,
    ingress: [{ from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }],
  });
  expect(cluster.canReach({ address: '2001:db8::1' }, server, 1)).toBe(true);
  expect(cluster.canReach({ address: '2001:db9::1' }, server, 1)).toBe(false);
});

test.each([
  ['a number', [{ port: 8080 }], 8080, 'TCP', true],
  ['another number', [{ port: 8080 }], 8081, 'TCP', false],
  ['a name of the target', [{ port: 'http' }], 8080, 'TCP', true],
  ['a name that the target does not have', [{ port: 'https' }], 8080, 'TCP', false],
  ['a range', [{ port: 8000, endPort: 8100 }], 8080, 'TCP', true],
  ['beyond a range', [{ port: 8000, endPort: 8100 }], 8101, 'TCP', false],
  ['another protocol', [{ port: 8080 }], 8080, 'UDP', false],
  ['that protocol', [{ protocol: 'UDP', port: 8080 }], 8080, 'UDP', true],
  ['a protocol alone', [{ protocol: 'TCP' }], 1, 'TCP', true],
] as const)('ports: %s', (_what, ports, port, protocol, outcome) => {
  const cluster = clusterWith({ ...ofServer, ingress: [{ ports }] });
  expect(cluster.canReach(client, server, port, protocol)).toBe(outcome);
});

test('the pods of a release are found by their labels', () => {
  const labels = { app: 'server' };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'server' },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'server', ports: [{ name: 'http', containerPort: 8080 }] }],
        },
      },
    },
  };
  const cluster = new Cluster([{ namespace: 'shop', objects: [deployment] }]);
  expect(cluster.pods('shop', labels)).toEqual([{ ...server, labels }]);
  expect(cluster.pods('bank', labels)).toEqual([]);
  expect(cluster.pods('shop', { app: 'client' })).toEqual([]);
});
