import { App } from 'cdk8s';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { useTemporaryDirectory } from '../../helm/temporary-directory';
import { findPodTemplates } from '../../objects/pod-template';
import { decoded } from './decoded';

const directory = useTemporaryDirectory();
const chart = new DanubeCoreChart(new App(), 'danube-core');

/** The container of a test in a release named `r`, with its hooks. */
function testNamed(name: string, values: object = {}) {
  const objects = decoded(chart, { values: { ...values }, releaseName: 'r' });
  return findPodTemplates([...objects]).find(({ owner }) => owner.metadata.name === name);
}

function scriptOf(name: string): string {
  return testNamed(name)?.spec.containers[0].command?.at(-1) ?? '';
}

/** Runs a test's script beside a program that stands in for the real one. */
function run(script: string, program: string, standIn: string) {
  const bin = join(directory(), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, program), `#!/bin/bash\n${standIn}`);
  // Waiting is not what is tested.
  writeFileSync(join(bin, 'sleep'), '#!/bin/bash\nexec /bin/sleep 0.1\n');
  chmodSync(join(bin, program), 0o755);
  chmodSync(join(bin, 'sleep'), 0o755);
  const env = {
    PATH: `${bin}:/usr/bin:/bin`,
    STATE: directory(),
    DANUBE_URL: 'http://broker:6650',
    TOPIC: '/default/helm-test',
    PROMETHEUS_URL: 'http://prometheus:9090',
    JOBS: '3',
  };
  const text = script.replaceAll('/tmp/received', join(directory(), 'received'));
  return new Promise<{ code: number; stdout: string }>((resolve) => {
    const child = execFile('/bin/bash', ['-c', text], { env }, (_error, stdout) => {
      resolve({ code: child.exitCode ?? -1, stdout });
    });
  });
}

/** As danube-cli: a consumer of a topic that nobody made ends at once. */
const CLI = `
[ "$3" = http://broker:6650 ] && [ "$5" = /default/helm-test ] || exit 2
if [ "$1" = produce ]; then
  echo "$9" >>"$STATE/topic"
  exit 0
fi
[ -e "$STATE/topic" ] || { echo "Error: No partitions found"; exit 1; }
exec tail -n 0 -s 0.05 -f "$STATE/topic" | sed -u 's/^/Received message: /'
`;

test('a message that comes back is a success', async () => {
  const { code, stdout } = await run(scriptOf('r-test-messages'), 'danube-cli', CLI);
  expect(stdout).toContain('a message went through /default/helm-test at http://broker:6650');
  expect(code).toBe(0);
});

/** What `danube-cli 0.7.2 produce --help` and `consume --help` list, of what has a value. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  produce: ['--service-addr', '--producer-name', '--topic', '--message', '--file', '--count'],
  consume: ['--service-addr', '--topic', '--consumer', '--subscription', '--sub-type'],
};

test('danube-cli is called with options that it has, each with its value', async () => {
  const record = `printf '%s\\n' "$*" >>"$STATE/calls"\n`;
  const { code } = await run(scriptOf('r-test-messages'), 'danube-cli', record + CLI);
  expect(code).toBe(0);
  const calls = readFileSync(join(directory(), 'calls'), 'utf8').trim().split('\n');
  const said = calls.map((call) => call.split(' '));
  expect(new Set(said.map(([command]) => command))).toEqual(new Set(['produce', 'consume']));
  for (const [command, ...words] of said) {
    const options = words.filter((_, index) => index % 2 === 0);
    expect(OPTIONS[command]).toEqual(expect.arrayContaining(options));
    expect(words.at(words.indexOf('--topic') + 1)).toBe('/default/helm-test');
  }
  const consume = said.find(([command]) => command === 'consume');
  expect(consume?.slice(-2)).toEqual(['--sub-type', 'exclusive']);
});

test('with TLS the notes say that no message is sent', () => {
  const notes = (values: object) => chart.renderNotes({ values: { ...values }, releaseName: 'r' });
  const said = 'no message is sent: danube-cli 0.7.2 speaks no TLS';
  expect(notes({ broker: TLS })).toContain(said);
  expect(notes({})).not.toContain(said);
  expect(notes({})).toContain('see whether a message goes through');
});

test('a message that does not come back is a failure, with what the consumer said', async () => {
  const deaf = `[ "$1" = produce ] || echo "Error: no broker"`;
  const { code, stdout } = await run(scriptOf('r-test-messages'), 'danube-cli', deaf);
  expect(stdout).toContain('no message came back through /default/helm-test');
  expect(stdout).toContain('Error: no broker');
  expect(code).toBe(1);
});

/** As promtool, of a server that has so many targets down and jobs up. */
function promtool(down: number, jobs: number): string {
  return `
[ "$1 $2 $3" = "query instant http://prometheus:9090" ] || exit 2
case "$4" in
  *vector*) echo "{} => ${String(down)} @[1.5]" ;;
  *by*) echo "{} => ${String(jobs)} @[1.5]" ;;
  *) echo 'up{job="r-etcd"} => 0 @[1.5]' ;;
esac
`;
}

test.each([
  [0, 3, 0, 'all targets of 3 jobs at http://prometheus:9090 are up'],
  [1, 3, 1, 'up{job="r-etcd"} => 0'],
  [0, 2, 1, 'jobs that are up (of 3): {} => 2'],
])('%i targets down and %i jobs up end with %i', async (down, jobs, code, said) => {
  const outcome = await run(scriptOf('r-test-prometheus'), 'promtool', promtool(down, jobs));
  expect(outcome.stdout).toContain(said);
  expect(outcome.code).toBe(code);
});

test('etcd is asked by etcdctl itself, for all members', () => {
  expect(testNamed('r-test-etcd')?.spec.containers[0].command).toEqual([
    '/usr/local/bin/etcdctl',
    '--endpoints=http://r-etcd.default.svc.cluster.local:2379',
    'endpoint',
    'health',
    '--cluster',
  ]);
});

const TLS = { tls: { enabled: true, secretName: 'tls' }, config: { auth: { mode: 'tls' } } };

test.each([
  ['r-test-messages', { broker: TLS }],
  ['r-test-etcd', { etcd: { enabled: false, external: { host: 'etcd.example.com' } } }],
  ['r-test-prometheus', { prometheus: { enabled: false } }],
  ['r-test-messages', { tests: { enabled: false } }],
])('%s is there only where there is something to test', (name, values) => {
  expect(testNamed(name)?.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'test' });
  expect(testNamed(name, values)).toBeUndefined();
});
