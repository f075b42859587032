import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELM_4 } from '../real-helm/binaries';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const CHARTS_OUT = join(__dirname, '../../charts-out');
const directory = useTemporaryDirectory();

async function check(files: Record<string, string>, ...args: readonly string[]) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory(), name), text);
  }
  const { code, stdout } = await runDanubeCharts(directory(), [
    'check',
    ...Object.keys(files),
    ...args,
  ]);
  return { code, lines: stdout.trim().split('\n') };
}

const WRONG = `
broker:
  replicas: 3
  replicaCount: "5"
  config:
    autoCreateTopic: true
    assignmentStrategy: balancd
  extraEnv:
    - nam: X
  podAnnotations: { a: 1 }
etcd: { replicaCount: 2, auth: { enabled: 1 } }
replicaCount: 3
nameOverride:
prometheus:
  scrapeInterval: 5 seconds
`;

test('every key and type that does not fit is named with its line and what to write', async () => {
  const { code, lines } = await check({ 'my.yaml': WRONG }, '--chart', 'danube-core');
  expect(code).toBe(1);
  const unknown = 'there is no such value; did you mean';
  expect(lines.sort()).toEqual(
    [
      `error: my.yaml:3: broker.replicas: ${unknown} broker.replicaCount?`,
      'error: my.yaml:4: broker.replicaCount: is the string "5"; write it without quotes: 5',
      `error: my.yaml:6: broker.config.autoCreateTopic: ${unknown} broker.config.autoCreateTopics?`,
      'error: my.yaml:7: broker.config.assignmentStrategy: "balancd" is none of its words; ' +
        'write balanced, or another one of: fair, balanced, weighted_load',
      `error: my.yaml:9: broker.extraEnv[0].nam: ${unknown} broker.extraEnv[0].name?`,
      'error: my.yaml:9: broker.extraEnv[0].name: is missing; write it',
      'error: my.yaml:10: broker.podAnnotations.a: is 1; write it in quotes: "1"',
      'error: my.yaml:11: etcd.auth.enabled: is 1; write true or false',
      `error: my.yaml:12: replicaCount: ${unknown} broker.replicaCount or etcd.replicaCount?`,
      'error: my.yaml:13: nameOverride: is missing; leave out the null that deletes it',
      'error: my.yaml:15: prometheus.scrapeInterval: "5 seconds" has not the form that it needs; ' +
        'Time between scrapes',
      'danube-core 1.0.0 refuses these values',
    ].sort(),
  );
});

const CONTRADICTIONS = {
  'base.yaml': 'broker: { persistence: { enabled: false } }\netcd: { replicaCount: 4 }\n',
  'prod.yaml': '# production\netcd:\n  replicaCount: 3\n  auth: { enabled: true }\n',
};

test('all rules that are broken are named, with the last file that says so', async () => {
  const { code, lines } = await check(CONTRADICTIONS, '--chart', 'danube-core');
  expect(code).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(
      /^error: base.yaml:1: broker.persistence.enabled: several brokers .*; set/,
    ),
    expect.stringMatching(/^error: prod.yaml:4: etcd.auth.enabled: broker 0.7.2 speaks .*; set it/),
    'danube-core 1.0.0 refuses these values',
  ]);
});

test('what works and has a catch is a warning, and an error when asked', async () => {
  const files = { 'my.yaml': 'broker: { replicaCount: 3 }' };
  const { code, lines } = await check(files, '--chart', 'danube-core');
  expect(code).toBe(0);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^warning: every broker keeps the history of its topics .* \(cloudBackend fs\)/,
    ),
  );
  expect(lines.at(-1)).toBe('ok: danube-core 1.0.0 takes these values');
  const strict = await check(files, '--chart', 'danube-core', '--strict');
  expect(strict).toEqual({ code: 1, lines });
});

test('a chart on disk is asked through its schema and Helm', async () => {
  const args = ['--chart', join(CHARTS_OUT, 'danube-core'), '--helm', HELM_4.path];
  const wrong = await check({ 'my.yaml': 'broker: { replicas: 3 }' }, ...args);
  expect(wrong.lines[0]).toMatch(/^error: my.yaml:1: broker.replicas: .* broker.replicaCount\?$/);
  const { code, lines } = await check(CONTRADICTIONS, ...args);
  expect(code).toBe(1);
  expect(lines[0]).toMatch(
    /^error: base.yaml:1: broker.persistence.enabled: several brokers .*; set/,
  );
  const fine = await check({ 'base.yaml': '{}', 'prod.yaml': '' }, ...args);
  expect(fine).toEqual({ code: 0, lines: ['ok: danube-core 1.0.0 takes these values'] });
});

test('secrets are not repeated', async () => {
  const values = 'connector: { secrets: { trialValues: { QDRANT_API_KEY: 12345 } } }';
  const { code, lines } = await check({ 'my.yaml': values }, '--chart', 'danube-connector-qdrant');
  expect(code).toBe(1);
  expect(lines.join('\n')).toContain('connector.secrets.trialValues');
  expect(lines.join('\n')).not.toContain('12345');
});

test.each([
  ['broker: [', ['--chart', 'danube-core'], 'my.yaml is no YAML'],
  ['- broker', ['--chart', 'danube-core'], 'my.yaml holds no values: at its root it needs keys'],
  ['', ['--chart', 'danube-cor'], 'danube-cor is neither .*; did you mean danube-core?'],
  ['', ['--chart', '.', '--helm', 'helm'], '. is no chart: it has no Chart.yaml'],
  [
    '',
    ['--chart', join(CHARTS_OUT, 'danube-core'), '--helm', './none'],
    'say where it is with --helm',
  ],
])('%j with %j could not be checked', async (text, args, message) => {
  await expect(check({ 'my.yaml': text }, ...args)).rejects.toThrow(new RegExp(message));
});

test('the parts of the stack are asked too, below their keys', async () => {
  const wrong = 'danube-core: { broker: { replicas: 3 } }\nqdrant: { enabled: true }\n';
  const { lines } = await check({ 'my.yaml': wrong }, '--chart', 'danube-stack');
  expect(lines[0]).toBe(
    'error: my.yaml:1: danube-core.broker.replicas: there is no such value; ' +
      'did you mean broker.replicaCount?',
  );
  const unfinished =
    'danube-core: { etcd: { auth: { enabled: true } } }\nqdrant: { enabled: true }';
  const { lines: rules } = await check({ 'my.yaml': unfinished }, '--chart', 'danube-stack');
  expect(rules.join('\n')).toMatch(/^error: my.yaml:1: danube-core.etcd.auth.enabled: broker 0.7/m);
  expect(rules.join('\n')).toMatch(/^error: my.yaml:2: qdrant.connector.config.qdrant.url: the /m);
});
