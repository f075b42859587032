import { App } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { chartFiles } from '../../../src/helm';
import { helmVersions, HELM_4, matrixVersions } from '../../real-helm/binaries';
import { helmLint, helmTemplate } from '../../real-helm/run-helm';
import { NAMED_SETS, REFUSED_SETS } from './admin-sets';

const COMMITTED = join(__dirname, '../../../charts-out/danube-admin');
const helms = process.env.HELM_MATRIX === undefined ? helmVersions : matrixVersions;

function newChart(): DanubeAdminChart {
  return new DanubeAdminChart(new App(), 'danube-admin');
}

test('charts-out is what the sources emit', () => {
  const files = chartFiles(newChart());
  const committed = readdirSync(COMMITTED, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(COMMITTED.length + 1));
  expect(committed.sort()).toEqual([...files.keys()].sort());
  for (const [path, content] of files) {
    expect(readFileSync(join(COMMITTED, path), 'utf8')).toBe(content);
  }
});

test('the files are named as in the plan', () => {
  expect([...chartFiles(newChart()).keys()]).toEqual(
    expect.arrayContaining(
      [
        'admin-deployment',
        'admin-service',
        'admin-ui-deployment',
        'admin-ui-service',
        'ingress',
      ].map((name) => `templates/${name}.yaml`),
    ),
  );
});

test.each(helms)('Helm $version lints it strictly', async (helm) => {
  const { ok, stdout } = await helmLint({ helm, chart: COMMITTED });
  expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
  expect(ok).toBe(true);
});

test.each(NAMED_SETS)('every Helm renders the same bytes: $name', async ({ set }) => {
  const { releaseName: release, namespace, values } = set;
  const renders = await Promise.all(
    helms.map((helm) => helmTemplate({ helm, chart: COMMITTED, release, namespace, values })),
  );
  for (const { ok, stdout, stderr } of renders) {
    expect(stderr).toBe('');
    expect(ok).toBe(true);
    expect(stdout).toBe(renders[0].stdout);
  }
});

test.each(REFUSED_SETS)(
  'a broken rule is one line in Helm and TypeScript: $name',
  async ({ set: { values }, path }) => {
    const message = refusal(values);
    expect(message.startsWith(`${path}: `)).toBe(true);
    expect(message).not.toContain('\n');
    const { ok, stderr } = await helmTemplate({ helm: HELM_4, chart: COMMITTED, values });
    expect(ok).toBe(false);
    expect(stderr).toContain(message);
  },
);

function refusal(values: Record<string, unknown>): string {
  try {
    newChart().manifests({ values });
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'not refused';
}

test('what is refused is refused with the reason', () => {
  const tls = { enabled: true, secretName: 'ca' };
  expect(refusal({ admin: { tls } })).toContain('broker 0.7.2 is always plaintext');
  const ingress = { enabled: true, host: 'a.b', protection: 'allowUnauthenticated', path: '/x' };
  expect(refusal({ adminUI: { ingress } })).toContain('the pages have no base path');
});

const WRONG_VALUES: readonly (readonly [string, string, object])[] = [
  ['an unknown key', 'admin', { admin: { replicas: 2 } }],
  ['an unknown root key', 'adminUi', { adminUi: {} }],
  ['an endpoint without a port', 'brokerEndpoint', { admin: { config: { brokerEndpoint: 'a' } } }],
  ['a namespace that cannot be', 'namespace', { core: { namespace: 'a.b' } }],
  ['an unknown protection', 'protection', { adminUI: { ingress: { protection: 'none' } } }],
  ['an unknown controller', 'controller', { adminUI: { ingress: { controller: 'haproxy' } } }],
  ['a deleted default', 'admin', { admin: { replicaCount: null } }],
];

test.each(WRONG_VALUES)('the schema refuses %s and names %s', async (_what, name, values) => {
  const overrides: Readonly<Record<string, unknown>> = { ...values };
  expect(() => newChart().values.resolve(overrides)).toThrow(name);
  for (const helm of helmVersions) {
    const { ok, stderr } = await helmTemplate({ helm, chart: COMMITTED, values });
    expect(ok).toBe(false);
    expect(stderr).toContain("values don't meet the specifications of the schema");
    expect(stderr).toContain(name);
  }
});

test('no line of a template is too long to read', () => {
  const templates = readdirSync(join(COMMITTED, 'templates')).filter(
    (path) => path !== 'NOTES.txt',
  );
  const long = templates.flatMap((path) =>
    readFileSync(join(COMMITTED, 'templates', path), 'utf8')
      .split('\n')
      .filter((line) => line.length > 140),
  );
  expect(long).toEqual([]);
});

describe('the notes', () => {
  const notes = (values: Record<string, unknown>) =>
    newChart().renderNotes({ values, releaseName: 'prod', namespace: 'ops' });

  test('name the Services of the core and hold a configuration that can be copied', () => {
    const text = notes({ core: { releaseName: 'foo', namespace: 'brokers' } });
    expect(text).toContain('kubectl -n brokers port-forward svc/foo-danube-broker 50051:50051');
    expect(text).toContain('kubectl -n brokers port-forward svc/foo-prometheus 9090:9090');
    const example = join(__dirname, '../../../examples/mcp/claude_desktop_config.json');
    const json = text.slice(text.indexOf('  {\n'), text.lastIndexOf('\n  }') + 4);
    expect(JSON.parse(json)).toEqual(JSON.parse(readFileSync(example, 'utf8')));
  });

  test('warn of what is open', () => {
    expect(notes({})).toContain('WARNING: neither the API nor the pages know users');
    const ingress = { enabled: true, host: 'a.b', protection: 'allowUnauthenticated' };
    expect(notes({ adminUI: { ingress } })).toContain('WARNING: a.b is open to everybody');
    expect(notes({ adminUI: { ingress } })).toContain('WARNING: a.b is plain http');
    expect(notes({})).not.toMatch(/is open to everybody|is plain http/);
  });
});
