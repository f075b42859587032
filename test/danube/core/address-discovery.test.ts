import { App } from 'cdk8s';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplates } from '../../objects/pod-template';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

const DISCOVERY = {
  networkPolicy: { externalClients: ['203.0.113.0/24'] },
  broker: { externalAccess: { type: 'NodePort', discovery: { enabled: true } } },
};

const objects = decoded(chart, { values: DISCOVERY, releaseName: 'r', namespace: 'shop' });
const [brokers] = findPodTemplates(
  objects.filter(({ metadata, kind }) => kind === 'StatefulSet' && metadata.name !== 'r-etcd'),
);
const container = brokers.spec.initContainers?.find(({ name }) => name === 'discover-address');
const script = container?.command?.at(-1) ?? '';

let directory: string;
let server: Server;
let url: string;
let answers: unknown[];
let requests: string[];

/** An API server that knows one Service and one token. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'discovery-'));
  mkdirSync(join(directory, 'account'));
  writeFileSync(join(directory, 'account/token'), 'secret-token');
  writeFileSync(join(directory, 'account/ca.crt'), '');
  requests = [];
  server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const isKnown = request.headers.authorization === 'Bearer secret-token';
    const isService = request.url === '/api/v1/namespaces/shop/services/r-danube-broker-1';
    if (!isKnown || !isService) {
      response.writeHead(isKnown ? 404 : 401).end('{"kind":"Status","status":"Failure"}');
      return;
    }
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  url = `http://127.0.0.1:${String(port)}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

/** Runs the script of the init container to its end. */
async function discover(what: 'nodePort' | 'loadBalancer'): Promise<[string, string]> {
  const file = join(directory, 'discovered');
  const env = {
    PATH: '/usr/bin:/bin',
    POD_NAME: 'r-danube-broker-1',
    NAMESPACE: 'shop',
    API_SERVER: url,
    ACCOUNT: join(directory, 'account'),
    DISCOVER: what,
    DISCOVERED_FILE: file,
  };
  const run = spawn('/bin/bash', ['-c', script], { env });
  let said = '';
  run.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const code = await new Promise((resolve) => run.once('close', resolve));
  expect(code).toBe(0);
  return [readFileSync(file, 'utf8'), said];
}

/** A Service as the API server knows it, with texts that only look like what is searched. */
function service(nodePort: number | undefined, ingress: readonly object[]): object {
  const lookalike = '{"spec":{"ports":[{"nodePort":1}]},"status":{"ip":"1.1.1.1"}}';
  return {
    kind: 'Service',
    metadata: {
      name: 'r-danube-broker-1',
      annotations: { last: lookalike, 'external-dns.alpha.kubernetes.io/hostname': 'wrong' },
      managedFields: [{ fieldsV1: { 'f:spec': { 'f:nodePort': {} } } }],
    },
    spec: {
      clusterIP: '10.96.0.9',
      healthCheckNodePort: 32000,
      ports: [{ name: 'client', port: 6650, targetPort: 'client', nodePort }],
    },
    status: { loadBalancer: { ingress } },
  };
}

test('the node port is found', async () => {
  answers = [service(31234, [])];
  const [found, said] = await discover('nodePort');
  expect(found).toBe('31234');
  expect(said).toBe('the nodePort of the Service r-danube-broker-1 is 31234\n');
  expect(requests).toEqual(['GET /api/v1/namespaces/shop/services/r-danube-broker-1']);
});

test.each([
  ['its name', [{ hostname: 'lb-1.example.com' }], 'lb-1.example.com'],
  ['its address', [{ ip: '203.0.113.5', ipMode: 'VIP' }], '203.0.113.5'],
  ['its name first', [{ ip: '203.0.113.5', hostname: 'lb.example.com' }], 'lb.example.com'],
  ['an address of IPv6', [{ ip: '2001:db8::5' }], '2001:db8::5'],
])('a load balancer is known by %s', async (_what, ingress, expected) => {
  answers = [service(31234, ingress)];
  expect((await discover('loadBalancer'))[0]).toBe(expected);
});

test('it waits for a load balancer that has no address yet, and says so', async () => {
  answers = [service(undefined, []), service(31234, [{ ip: '203.0.113.5' }])];
  const [found, said] = await discover('loadBalancer');
  expect(found).toBe('203.0.113.5');
  expect(said.split('\n')[0]).toBe('waiting for the loadBalancer of the Service r-danube-broker-1');
  expect(requests).toHaveLength(2);
});

test('the token is in no argument, and the server has to show a known certificate', () => {
  expect(script).not.toMatch(/--header "|-H "/);
  expect(script).toMatch(/\| *\n? *curl/);
  expect(script).toContain('--cacert "$ACCOUNT/ca.crt"');
  expect(script).not.toMatch(/--insecure|-k /);
});

test('just the init container has a token', () => {
  expect(brokers.spec.automountServiceAccountToken).toBe(false);
  const mounts = [...(brokers.spec.initContainers ?? []), ...brokers.spec.containers].flatMap(
    ({ name, volumeMounts }) =>
      (volumeMounts ?? []).filter((mount) => mount.name === 'api-access').map(() => name),
  );
  expect(mounts).toEqual(['discover-address']);
});

test('its Role reads the Services of the brokers by name', () => {
  const role = objects.find(({ metadata }) => metadata.name === 'r-danube-broker-discovery');
  expect(role?.kind).toBe('Role');
  expect(role?.rules).toEqual([
    {
      apiGroups: [''],
      resources: ['services'],
      resourceNames: ['r-danube-broker-0', 'r-danube-broker-1', 'r-danube-broker-2'],
      verbs: ['get'],
    },
  ]);
});
