import { App } from 'cdk8s';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { Cluster, type Pod } from '../../objects/reachability';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { decoded } from './decoded';
import { EXTERNAL_SETS } from './external-access-sets';

type Values = Record<string, unknown>;

const chart = new DanubeCoreChart(new App(), 'danube-core');
const SETS = EXTERNAL_SETS.map(([name, values]) => ({ name, values }));

function valuesOf(name: string): Values {
  const found = SETS.find((set) => set.name === name);
  if (found === undefined) {
    throw new Error(`no set "${name}"`);
  }
  return found.values;
}

function withBrokers(values: Values, replicaCount: number): Values {
  const broker = isMap(values.broker) ? values.broker : {};
  return { ...values, broker: { ...broker, replicaCount } };
}

function objectsOf(values: Values): readonly KubernetesObject[] {
  return decoded(chart, { values, releaseName: 'r', namespace: 'shop' });
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const list: unknown = Array.isArray(inner) ? inner[Number(key)] : undefined;
    return isMap(inner) ? inner[String(key)] : list;
  }, value);
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).map(String);
}

function statefulSet(values: Values): unknown {
  return objectsOf(values).find(
    ({ kind, metadata }) => `${kind}/${metadata.name}` === 'StatefulSet/r-danube-broker',
  );
}

function brokerContainer(values: Values): unknown {
  return at(statefulSet(values), 'spec', 'template', 'spec', 'containers', 0);
}

function named(values: Values, kind: string): readonly KubernetesObject[] {
  return objectsOf(values).filter(
    (object) => object.kind === kind && /^r-danube-broker-[0-9]+$/.test(object.metadata.name),
  );
}

let directory: string;
let fakeBroker: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'external-'));
  fakeBroker = join(directory, 'danube-broker');
  writeFileSync(fakeBroker, '#!/bin/bash\nprintf "%s\\n" "$@"\necho "pid $$"\n');
  chmodSync(fakeBroker, 0o755);
  writeFileSync(join(directory, 'discovered'), '203.0.113.9');
  writeFileSync(join(directory, 'tls.crt'), 'certificate');
  writeFileSync(join(directory, 'tls.key'), 'key');
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

interface Started {
  readonly advertised: string;
  readonly said: readonly string[];
}

/** A script of the container with its program and its mounts elsewhere. */
function onThisMachine(script: string): string {
  return script
    .replace('/usr/local/bin/danube-broker', fakeBroker)
    .replace('/etc/danube/tls', directory)
    .replace('/run/danube-started', directory);
}

/** What a broker is told, with Kubernetes' part done here: variables and fields of the pod. */
function start(values: Values, ordinal: number, nodeIP = '10.0.0.7'): Started {
  const container = brokerContainer(values);
  const fields: Record<string, string> = {
    'metadata.name': `r-danube-broker-${String(ordinal)}`,
    'status.hostIP': nodeIP,
    'spec.nodeName': 'node-a',
  };
  const env = at(container, 'env');
  const variables = (Array.isArray(env) ? env : []).map((variable: unknown) => {
    const field = at(variable, 'valueFrom', 'fieldRef', 'fieldPath');
    const value = typeof field === 'string' ? fields[field] : at(variable, 'value');
    return [String(at(variable, 'name')), String(value)] as const;
  });
  const environment: Record<string, string> = Object.fromEntries(variables);
  const fill = (text: string) =>
    text.replace(/\$\(([A-Z_]+)\)/g, (_match, name: string) => environment[name]);
  const args = textsOf(at(container, 'args')).map(fill);
  const command = textsOf(at(container, 'command'));
  const flags = args.indexOf('--advertised-addr');
  if (command.length === 0) {
    return { advertised: args[flags + 1], said: [] };
  }
  expect(flags).toBe(-1);
  const said = execFileSync(command[0], [...command.slice(1).map(onThisMachine), ...args], {
    encoding: 'utf8',
    env: {
      PATH: '/usr/bin:/bin',
      ...environment,
      ...('DANUBE_DISCOVERED_FILE' in environment && {
        DANUBE_DISCOVERED_FILE: join(directory, 'discovered'),
      }),
    },
  }).split('\n');
  return { advertised: said[said.indexOf('--advertised-addr') + 1], said };
}

const ADDRESSES: readonly (readonly [string, string])[] = [
  ['node ports from a base', '10.0.0.7:31652'],
  ['node ports of named nodes, with an autoscaler', 'node-a.example.com:31652'],
  ['node ports behind one name', 'danube.example.com:31652'],
  ['allotted node ports behind a balancer of the user', 'broker-2.danube.example.com:6650'],
  ['load balancers with names', 'broker-2.danube.example.com:6650'],
  ['load balancers whose addresses are found', '203.0.113.9:6650'],
  ['TLS through ingress-nginx', 'broker-2.danube.example.com:443'],
  ['cleartext through Traefik', 'r-danube-broker-2.example.com:80'],
  ['GRPCRoutes', 'broker-2.danube.example.com:80'],
  [
    'names of the user inside the cluster',
    'r-danube-broker-2.r-danube-broker-headless.shop.svc.cluster.local:6650',
  ],
];

test.each(ADDRESSES)('%s: broker 2 advertises %s', (name, address) => {
  expect(start(valuesOf(name), 2).advertised).toBe(address);
});

test('an address of a node may be of IPv6', () => {
  const values = valuesOf('node ports from a base');
  expect(start(values, 0, 'fd00::7').advertised).toBe('[fd00::7]:31650');
});

test('the script says the address, keeps all arguments and leaves no shell behind', () => {
  const values = valuesOf('node ports from a base');
  const broker = isMap(values.broker) ? values.broker : {};
  const { said } = start({ ...values, broker: { ...broker, extraArgs: ['--a', 'b  c'] } }, 1);
  expect(said.slice(0, -2)).toEqual([
    'this broker advertises 10.0.0.7:31651',
    '--advertised-addr',
    '10.0.0.7:31651',
    '--config-file',
    '/etc/danube/config/danube_broker.yml',
    '--a',
    'b  c',
  ]);
  const script = textsOf(at(brokerContainer(values), 'command'))[2];
  expect(script).toMatch(/\nexec \/usr\/local\/bin\/danube-broker [^\n]*\n$/);
});

test('without external access the broker is started as before', () => {
  expect(brokerContainer({})).not.toHaveProperty('command');
  expect(start({}, 2).advertised).toBe(
    'r-danube-broker-2.r-danube-broker-headless.shop.svc.cluster.local:6650',
  );
});

/** The addresses that NOTES list for the brokers. */
function noted(values: Values): readonly string[] {
  const notes = chart.renderNotes({ values, releaseName: 'r', namespace: 'shop' });
  const lines = notes.slice(notes.indexOf('Each broker advertises')).split('\n').slice(1);
  return lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('  ')),
    )
    .map((l) => l.trim());
}

const KNOWN = SETS.filter(({ values }) =>
  noted(values).every((address) => !address.includes('{')),
).filter(({ values }) => noted(values).length > 0);

test.each(KNOWN)('NOTES list just what the brokers advertise: $name', ({ values }) => {
  const addresses = noted(values);
  const isTls = JSON.stringify(values).includes('"mode":"tls"');
  const scheme = isTls ? 'https' : 'http';
  expect(addresses).toEqual(
    addresses.map((_, ordinal) => `${scheme}://${start(values, ordinal).advertised}`),
  );
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('where only the cluster knows the addresses, NOTES show the command', () => {
  const notes = chart.renderNotes({ values: valuesOf('allotted node ports'), releaseName: 'r' });
  expect(notes).toMatch(/kubectl -n default logs -l .* -c broker .* \| grep advertises/);
  expect(notes).toMatch(/kubectl -n default get service -l /);
});

test.each(SETS)('from 3 to 5 brokers and back no pod changes: $name', ({ values }) => {
  const template = (count: number) =>
    at(statefulSet(withBrokers(values, count)), 'spec', 'template');
  const hasOwnTemplate = JSON.stringify(values).includes('"replicaCount":1');
  if (!hasOwnTemplate) {
    expect(template(5)).toEqual(template(3));
  }
});

test('there is a Service for each broker that an autoscaler may start', () => {
  const values = valuesOf('node ports of named nodes, with an autoscaler');
  const ports = named(values, 'Service').map(({ spec }) => at(spec, 'ports', 0, 'nodePort'));
  expect(ports).toEqual([31650, 31651, 31652, 31653, 31654]);
});

test.each(SETS)('only the client port leaves the cluster: $name', ({ values }) => {
  for (const { spec, metadata } of objectsOf(values).filter(({ kind }) => kind === 'Service')) {
    const isPublic = ['NodePort', 'LoadBalancer'].includes(String(at(spec, 'type')));
    if (isPublic && !metadata.name.endsWith('-mcp')) {
      expect(at(spec, 'ports')).toEqual([expect.objectContaining({ name: 'client', port: 6650 })]);
    }
  }
});

/** Hosts of Ingresses and routes, by the Service that they lead to. */
function hostsOf(values: Values, kind: string): Readonly<Record<string, unknown>> {
  const entries = named(values, kind).map(({ spec }) => {
    const rule = at(spec, 'rules', 0);
    const isIngress = kind === 'Ingress';
    const service = isIngress
      ? at(rule, 'http', 'paths', 0, 'backend', 'service', 'name')
      : at(rule, 'backendRefs', 0, 'name');
    return [String(service), isIngress ? at(rule, 'host') : at(spec, 'hostnames', 0)] as const;
  });
  return Object.fromEntries(entries);
}

test.each([
  ['TLS through ingress-nginx', 'Ingress', []],
  ['TLS through ingress-nginx and its own certificate', 'Ingress', []],
  ['cleartext through Traefik', 'Ingress', []],
  ['TLSRoutes', 'TLSRoute', ['GRPCRoute']],
  ['GRPCRoutes', 'GRPCRoute', ['TLSRoute']],
])('%s: the host of each %s is the one that its broker advertises', (name, kind, others) => {
  const values = valuesOf(name);
  const advertised = [0, 1, 2].map((ordinal) => [
    `r-danube-broker-${String(ordinal)}`,
    start(values, ordinal).advertised.replace(/:[0-9]+$/, ''),
  ]);
  expect(hostsOf(values, kind)).toEqual(Object.fromEntries(advertised));
  others.forEach((other) => {
    expect(named(values, other)).toEqual([]);
  });
});

test('ingress-nginx passes TLS through, or encrypts again for its own certificate', () => {
  const [passes] = named(valuesOf('TLS through ingress-nginx'), 'Ingress');
  expect(passes.metadata.annotations).toEqual({
    'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
  });
  expect(passes.spec).not.toHaveProperty('tls');
  const values = valuesOf('TLS through ingress-nginx and its own certificate');
  const [, encrypts] = named(values, 'Ingress');
  expect(encrypts.metadata.annotations).toMatchObject({
    'nginx.ingress.kubernetes.io/backend-protocol': 'GRPCS',
    'nginx.ingress.kubernetes.io/proxy-body-size': '0',
  });
  expect(at(encrypts.spec, 'tls')).toEqual([
    { hosts: ['broker-1.danube.example.com'], secretName: 'danube-1-tls' },
  ]);
});

test('Traefik and Gateways are told that brokers speak HTTP/2 in cleartext', () => {
  const [behindTraefik] = named(valuesOf('cleartext through Traefik'), 'Service');
  expect(behindTraefik.metadata.annotations).toEqual({
    'traefik.ingress.kubernetes.io/service.serversscheme': 'h2c',
  });
  const [behindGateway] = named(valuesOf('GRPCRoutes'), 'Service');
  expect(at(behindGateway.spec, 'ports', 0, 'appProtocol')).toBe('kubernetes.io/h2c');
  expect(at(behindGateway.spec, 'type')).toBe('ClusterIP');
});

/** Whether each of some ports of a component can be reached from an address outside. */
function reaches(values: Values, component: string, address: string): readonly number[] {
  const cluster = new Cluster([{ namespace: 'shop', objects: objectsOf(values) }]);
  const [pod] = cluster.pods('shop', { 'app.kubernetes.io/component': component });
  return [6650, 50051, 9040, 9090].filter((port) => cluster.canReach({ address }, pod, port));
}

test.each([
  ['node ports from a base', '203.0.113.7', [6650]],
  ['node ports from a base', '192.0.2.1', []],
  ['load balancers with names', '198.51.100.9', [6650]],
  ['load balancers with names', '192.0.2.1', []],
  ['access for MCP', '203.0.113.7', [50051]],
  ['access for MCP', '203.0.113.8', []],
])('%s: from %s the policy of the brokers opens %j', (name, address, ports) => {
  expect(reaches(valuesOf(name), 'broker', address)).toEqual(ports);
});

test('mcpAccess opens Prometheus to the same addresses, unless it is left out', () => {
  expect(reaches(valuesOf('access for MCP'), 'prometheus', '203.0.113.7')).toEqual([9090]);
  expect(reaches(valuesOf('access for MCP'), 'prometheus', '203.0.113.8')).toEqual([]);
  const brokersOnly = { ...valuesOf('access for MCP without Prometheus'), networkPolicy: {} };
  expect(reaches(brokersOnly, 'prometheus', '203.0.113.7')).toEqual([]);
});

test('mcpAccess makes two Services that keep the addresses of clients, and none by default', () => {
  const services = (values: Values) =>
    objectsOf(values).filter(({ metadata }) => metadata.name.endsWith('-mcp'));
  expect(services({})).toEqual([]);
  const made = services(valuesOf('access for MCP by node ports'));
  expect(made.map(({ metadata, spec }) => [metadata.name, at(spec, 'ports', 0)])).toEqual([
    ['r-danube-broker-mcp', { name: 'admin', port: 50051, targetPort: 'admin', nodePort: 31051 }],
    ['r-prometheus-mcp', { name: 'http', port: 9090, targetPort: 'http', nodePort: 31090 }],
  ]);
  for (const { spec } of made) {
    expect(spec).toHaveProperty('externalTrafficPolicy', 'Local');
  }
  const [balanced] = services(valuesOf('access for MCP'));
  expect(balanced.spec).toHaveProperty('loadBalancerSourceRanges', ['203.0.113.7/32']);
});

test('brokers reach the API server only when they have to find their address', () => {
  const apiServer = { address: '192.0.2.10' };
  const open = (values: Values) => {
    const cluster = new Cluster([{ namespace: 'shop', objects: objectsOf(values) }]);
    const [pod]: readonly Pod[] = cluster.pods('shop', { 'app.kubernetes.io/component': 'broker' });
    return [443, 6443].filter((port) => cluster.canReach(pod, apiServer, port));
  };
  expect(open(valuesOf('node ports from a base'))).toEqual([]);
  expect(open(valuesOf('allotted node ports'))).toEqual([443, 6443]);
});
