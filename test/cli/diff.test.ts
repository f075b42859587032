import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineDiff } from '../../src/cli/line-diff';
import { objectChanges } from '../../src/cli/object-diff';
import { packChart, readChart } from '../../src/helm';
import { HELM_3_12, HELM_4 } from '../real-helm/binaries';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const CORE = join(__dirname, '../../charts-out/danube-core');
const directory = useTemporaryDirectory();

function write(name: string, text: string): string {
  writeFileSync(join(directory(), name), text);
  return name;
}

function diff(...args: readonly string[]) {
  return runDanubeCharts(directory(), ['diff', ...args]);
}

test('two sets of values differ by object and field', async () => {
  write('old.yaml', 'broker: { replicaCount: 3 }\n');
  write('new.yaml', 'broker: { replicaCount: 1, config: { autoCreateTopics: false } }\n');
  const { code, stdout } = await diff(
    ...['danube-core', '--old-values', 'old.yaml', '--new-values', 'new.yaml'],
  );
  expect(code).toBe(1);
  expect(stdout).toContain('- PodDisruptionBudget danube-danube-broker\n');
  expect(stdout).toMatch(
    /^~ StatefulSet danube-danube-broker\n(?: {4}.*\n)*? {4}spec.replicas: 3 -> 1\n/m,
  );
  expect(stdout).toContain(
    '~ ConfigMap danube-danube-broker-config\n' +
      '    data["danube_broker.yml"]:\n' +
      '      - auto_create_topics: true\n' +
      '      + auto_create_topics: false\n',
  );
});

test('nothing differs when nothing does', async () => {
  const values = write('my.yaml', 'etcd: { replicaCount: 3 }\n');
  const args = ['danube-admin', '--json'];
  expect(await diff(...args)).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  const { code } = await diff('danube-core', '-f', values, '--new-values', values);
  expect(code).toBe(0);
});

test('two versions on disk, a directory and an archive, are rendered by Helm', async () => {
  const old = join(directory(), 'danube-core.tgz');
  writeFileSync(old, packChart(readChart(CORE)).bytes);
  const fresh = join(directory(), 'danube-core');
  cpSync(CORE, fresh, { recursive: true });
  const chartYaml = readFileSync(join(fresh, 'Chart.yaml'), 'utf8');
  writeFileSync(join(fresh, 'Chart.yaml'), chartYaml.replace('version: 1.0.0', 'version: 1.1.0'));
  const template = join(fresh, 'templates/broker-service.yaml');
  writeFileSync(template, `${readFileSync(template, 'utf8')}  sessionAffinity: ClientIP\n`);
  for (const helm of [HELM_3_12, HELM_4]) {
    const { code, stdout } = await diff(old, fresh, '--json', '--helm', helm.path);
    expect(code).toBe(1);
    const service = (JSON.parse(stdout) as { kind: string; name: string }[]).find(
      ({ kind, name }) => kind === 'Service' && name === 'danube-danube-broker',
    );
    const label = 'metadata.labels["helm.sh/chart"]';
    expect(service).toEqual({
      change: 'changed',
      kind: 'Service',
      name: 'danube-danube-broker',
      fields: [
        { path: label, before: 'danube-core-1.0.0', after: 'danube-core-1.1.0' },
        { path: 'spec.sessionAffinity', after: 'ClientIP' },
      ],
    });
  }
});

test('a chart on disk does not differ from its program', async () => {
  const { code, stdout } = await diff('danube-core', CORE, '--helm', HELM_4.path);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
});

test('what Secrets hold is compared and not shown', () => {
  const secret = (password: string) => ({
    kind: 'Secret',
    metadata: { name: 'login' },
    data: { password, user: 'me' },
  });
  expect(objectChanges([secret('old')], [secret('new')])).toEqual([
    {
      change: 'changed',
      kind: 'Secret',
      name: 'login',
      fields: [{ path: 'data.password', before: '(hidden)', after: '(hidden)' }],
    },
  ]);
});

test('items of lists are told apart by their names, and else by their order', () => {
  const pod = (containers: readonly unknown[], args: readonly unknown[]) => ({
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers, args },
  });
  const before = pod([{ name: 'a', image: 'a:1' }, { name: 'b' }], ['x', 'y']);
  const after = pod([{ name: 'b' }, { name: 'a', image: 'a:2' }], ['x', 'z']);
  expect(objectChanges([before], [after])[0].fields).toEqual([
    { path: 'spec.containers[a].image', before: 'a:1', after: 'a:2' },
    { path: 'spec.args[1]', before: 'y', after: 'z' },
  ]);
});

test('lines that differ are shown in their order', () => {
  expect(lineDiff('a\nb\nc\nd', 'a\nc\nx\nd\ne')).toEqual(['- b', '+ x', '+ e']);
  expect(lineDiff('', 'a')).toEqual(['- ', '+ a']);
});
