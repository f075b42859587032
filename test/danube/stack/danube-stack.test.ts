import { App } from 'cdk8s';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DanubeStack } from '../../../src';
import { packChart, readChart, RuleError } from '../../../src/helm';
import { emittedFiles } from '../../examples/emitted-files';
import { useTemporaryDirectory } from '../../helm/temporary-directory';
import { Cluster, type Pod } from '../../objects/reachability';
import { checkEquality } from '../../property/equality';
import { provesEquality } from '../../property/equality-proof';
import { HELM_3_12, HELM_4, helmVersions } from '../../real-helm/binaries';
import { isolatedEnv } from '../../real-helm/isolated-env';
import { helmLint, helmTemplate } from '../../real-helm/run-helm';
import { runProcess } from '../../real-helm/run-process';
import { decoded } from '../core/decoded';
import { checkObjects } from '../core/object-check';
import { everything, fullStack, randomStacks, slotValues } from './stack-sets';

const CHARTS_OUT = join(__dirname, '../../../charts-out');
const DIRECTORY = join(CHARTS_OUT, 'danube-stack');

const stack = new DanubeStack(new App(), 'danube-stack');
const aliases = stack.parts.slots.map(({ alias }) => alias);
const all = everything(stack);
const directory = useTemporaryDirectory();

const NAMED = {
  'nothing said': {},
  'the example': fullStack(),
  everything: all,
  'without administration': { 'danube-admin': { enabled: false } },
  'one registry for all': {
    global: { imageRegistry: 'mirror.example', imagePullSecrets: ['pull'], storageClass: 'fast' },
    qdrant2: slotValues(stack, 'qdrant2'),
  },
  'global of a part, and of all': {
    global: { imageRegistry: 'all.example' },
    'danube-core': { global: { imageRegistry: 'core.example', clusterName: 'ours' } },
  },
  'other ports': {
    'danube-core': {
      broker: { ports: { client: 7650, admin: 7051 } },
      prometheus: { service: { port: 9999 } },
    },
    'danube-admin': { core: { adminPort: 7051, prometheusPort: 9999 } },
    mqtt: { ...slotValues(stack, 'mqtt'), core: { clientPort: 7650, adminPort: 7051 } },
  },
  'a connector of a core elsewhere': {
    'danube-core': { broker: { ports: { client: 7650, admin: 7051 } } },
    'danube-admin': { enabled: false },
    mqtt: { ...slotValues(stack, 'mqtt'), core: { releaseName: 'other' } },
  },
} as const;

const sets = Object.values(NAMED).map((values) => ({
  values: { ...values },
  releaseName: '4.u',
  namespace: 'messaging',
}));

test('charts-out has the stack as it is emitted, with its parts as they are packed', () => {
  expect(emittedFiles(DIRECTORY)).toEqual(emittedFiles(stack));
  for (const name of readdirSync(join(DIRECTORY, 'charts'))) {
    const part = Object.fromEntries(readChart(join(CHARTS_OUT, name)).files);
    const inside = Object.fromEntries(readChart(join(DIRECTORY, 'charts', name)).files);
    expect(inside).toEqual(part);
  }
});

test.each(helmVersions)('Helm $version lints it, and its parts inside it', async (helm) => {
  for (const values of [{}, fullStack()]) {
    const { ok, stdout } = await helmLint({ helm, chart: DIRECTORY, values });
    expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(ok).toBe(true);
  }
});

test.each(helmVersions)(
  'named sets are the parts with the merged values: Helm $version',
  async (helm) => {
    const { mismatches, rendered } = await checkEquality(stack, DIRECTORY, sets, {
      helm,
      check: checkObjects,
    });
    expect(mismatches).toEqual([]);
    expect(rendered).toHaveLength(sets.length);
  },
);

test('random stacks are the parts with the merged values', async () => {
  const { rendered } = await provesEquality({
    chart: stack,
    directory: DIRECTORY,
    runs: 20,
    sets: randomStacks(stack),
    helms: [{ helm: HELM_4 }, { helm: HELM_3_12, share: 0.2 }],
    check: () => [],
  });
  expect(rendered.length).toBeGreaterThanOrEqual(1);
});

test.each(['foo', 'danube', '4.u', `a${'-very-long'.repeat(5)}`])(
  'the parts of a release called %s find each other',
  (releaseName) => {
    const objects = decoded(stack, { values: all, releaseName, namespace: 'ops' });
    const services = objects.filter(({ kind }) => kind === 'Service');
    const names = services.map(({ metadata }) => metadata.name);
    const text = JSON.stringify(objects);
    const hosts = [...text.matchAll(/http:\/\/([a-z0-9-]+)\.ops\.svc\.cluster\.local/g)];
    const used = new Set(hosts.map(([, host]) => host));
    expect([...used].filter((host) => !names.includes(host))).toEqual([]);
    // Brokers and Prometheus are looked for; the web interface asks the admin server by its name.
    expect(used.size).toBeGreaterThanOrEqual(2);
  },
);

test('every connector has its own objects, called after its alias', () => {
  const objects = decoded(stack, { values: all, releaseName: 'foo' });
  const names = objects.filter(({ kind }) => kind === 'Deployment').map((o) => o.metadata.name);
  expect(names).toEqual(expect.arrayContaining(aliases.map((alias) => `foo-connector-${alias}`)));
});

/** The pod of a part: by the chart's name or alias, and its component. */
function podOf(cluster: Cluster, name: string, component: string): Pod {
  const [pod] = cluster.pods('ops', {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': component,
  });
  expect(pod).toBeDefined();
  return pod;
}

test('its policies let the parts reach each other', () => {
  const objects = decoded(stack, { values: all, releaseName: 'foo', namespace: 'ops' });
  const cluster = new Cluster([{ namespace: 'ops', objects }]);
  const broker = podOf(cluster, 'danube-core', 'broker');
  const prometheus = podOf(cluster, 'danube-core', 'prometheus');
  const admin = podOf(cluster, 'danube-admin', 'admin');
  const pages = podOf(cluster, 'danube-admin', 'admin-ui');
  expect(cluster.canReach(admin, broker, 50051)).toBe(true);
  expect(cluster.canReach(admin, prometheus, 9090)).toBe(true);
  expect(cluster.canReach(pages, admin, 8080)).toBe(true);
  for (const alias of aliases) {
    const connector = podOf(cluster, alias, 'connector');
    expect([alias, cluster.canReach(connector, broker, 6650)]).toEqual([alias, true]);
    expect([alias, cluster.canReach(connector, broker, 50051)]).toEqual([alias, true]);
  }
});

const TLS = {
  broker: { config: { auth: { mode: 'tls' } }, tls: { enabled: true, secretName: 'tls' } },
};
const PORTS = { broker: { ports: { client: 7650 } } };

test.each([
  [
    'danube-core.broker.tls.enabled: connectors speak plain http',
    { 'danube-core': TLS, webhook2: slotValues(stack, 'webhook2') },
  ],
  ['danube-core.fullnameOverride: ', { 'danube-core': { fullnameOverride: 'x' } }],
  ['danube-core.nameOverride: ', { 'danube-core': { nameOverride: 'x' } }],
  [
    'danube-core.broker.ports.client: a connector of the stack looks',
    { 'danube-core': PORTS, mqtt: slotValues(stack, 'mqtt') },
  ],
  [
    'danube-core.broker.ports.admin: a part of the stack looks',
    { 'danube-core': { broker: { ports: { admin: 7051 } } } },
  ],
  [
    'danube-core.clusterDomain: a part of the stack looks',
    { 'danube-core': { clusterDomain: 'example.internal' } },
  ],
  [
    'danube-core.prometheus.service.port: danube-admin looks',
    { 'danube-core': { prometheus: { service: { port: 9999 } } } },
  ],
])('refused: %s', async (message, values) => {
  expect(() => stack.manifests({ values })).toThrow(RuleError);
  expect(() => stack.manifests({ values })).toThrow(message);
  for (const helm of helmVersions) {
    const { ok, stderr } = await helmTemplate({ helm, chart: DIRECTORY, values });
    expect(ok).toBe(false);
    expect(stderr).toContain(message);
  }
});

test.each(['qdrant', 'qdrant2'])('a rule of a part names its slot: %s', async (slot) => {
  const values = { [slot]: { enabled: true } };
  const message = 'connector.config.qdrant.url: the sink needs a Qdrant';
  expect(() => stack.manifests({ values })).toThrow(`${slot}.${message}`);
  const { ok, stderr } = await helmTemplate({ helm: HELM_4, chart: DIRECTORY, values });
  expect(ok).toBe(false);
  expect(stderr).toContain(`danube-stack/charts/${slot}/templates/validate.yaml`);
  expect(stderr).toContain(message);
});

test('TLS alone is taken, and connectors alone', () => {
  expect(stack.manifests({ values: { 'danube-core': TLS } }).length).toBeGreaterThan(20);
});

test.each([
  ['a key of no part', { qdrnt: { enabled: true } }, 'qdrnt'],
  ['a key of a part', { 'danube-core': { brokr: {} } }, 'brokr'],
  ['a wrong type in a part', { 'danube-core': { broker: { replicaCount: 'x' } } }, 'replicaCount'],
  ['a key of an enabled connector', { mqtt: { enabled: true, connecto: {} } }, 'connecto'],
  ['a condition that is no boolean', { mqtt: { enabled: 'yes' } }, 'enabled'],
])('the schemas refuse %s', async (_what, values, name) => {
  expect(() => stack.manifests({ values })).toThrow(name);
  const { ok, stderr } = await helmTemplate({ helm: HELM_4, chart: DIRECTORY, values });
  expect(ok).toBe(false);
  expect(stderr).toContain(name);
});

test('the notes say what runs, and what to type', () => {
  const notes = stack.renderNotes({ values: all, releaseName: 'foo', namespace: 'ops' });
  expect(notes).toContain('kubectl -n ops port-forward svc/foo-danube-admin-ui 8081:80');
  expect(notes).toContain('kubectl -n ops port-forward svc/foo-prometheus 9090:9090');
  expect(notes).toContain('deployment/foo-connector-qdrant2');
  expect(stack.renderNotes({ releaseName: 'foo' })).not.toContain('connector');
});

test.each(helmVersions)('its Chart.lock is that of Helm $version', async (helm) => {
  const charts = join(directory(), helm.version);
  cpSync(CHARTS_OUT, charts, { recursive: true });
  const copy = join(charts, 'danube-stack');
  rmSync(join(copy, 'charts'), { recursive: true });
  const env = isolatedEnv(directory());
  // `build` refuses a lock that does not belong to Chart.yaml, and brings what it says.
  const { ok, stderr } = await runProcess(helm.path, ['dependency', 'build', copy], env);
  expect({ ok, said: ok ? '' : stderr }).toEqual({ ok: true, said: '' });
  expect(existsSync(join(copy, 'charts', 'danube-core-1.0.0.tgz'))).toBe(true);
});

test('the archive that `npm run package` makes installs like the directory', async () => {
  const { fileName, bytes } = packChart(readChart(DIRECTORY));
  const archive = join(directory(), fileName);
  writeFileSync(archive, bytes);
  for (const helm of helmVersions) {
    const values = fullStack();
    const packed = await helmTemplate({ helm, chart: archive, values });
    const unpacked = await helmTemplate({ helm, chart: DIRECTORY, values });
    expect(packed.stderr).toBe('');
    expect(packed.stdout).toBe(unpacked.stdout);
  }
  expect(readFileSync(archive).length).toBeLessThan(1024 * 1024);
});
