import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../src/cli/explanation';
import { HELM_4 } from '../real-helm/binaries';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const CORE = join(__dirname, '../../charts-out/danube-core');
const directory = useTemporaryDirectory();

async function explain(...args: readonly string[]): Promise<string> {
  return (await runDanubeCharts(directory(), ['explain', ...args])).stdout;
}

const VALUES = `
broker:
  hpa: { enabled: true, minReplicas: 4, maxReplicas: 9 }
  config: { auth: { mode: tls }, storage: { sharedVolume: { existingClaim: history } } }
  tls: { enabled: true, secretName: broker-tls }
  externalAccess:
    type: Ingress
    advertisedAddrTemplate: 'broker-{ordinal}.example.com:443'
etcd: { replicaCount: 3 }
prometheus: { enabled: false }
`;

test('it says what runs, which ports, volumes, secrets and connections there are', async () => {
  writeFileSync(join(directory(), 'my.yaml'), VALUES);
  const said = JSON.parse(await explain('danube-core', '-f', 'my.yaml', '--json')) as Explanation;
  const broker = 'StatefulSet danube-danube-broker';
  const etcd = 'StatefulSet danube-etcd';
  expect(said).toMatchObject({ chart: 'danube-core', release: 'danube', namespace: 'default' });
  expect(said.secrets).toMatchObject([{ name: 'broker-tls', usedBy: [broker], isOptional: false }]);
  const brokers = said.workloads.find(({ name }) => name === 'danube-danube-broker');
  expect(brokers).toMatchObject({
    kind: 'StatefulSet',
    pods: '4 to 9',
    ports: [
      { name: 'client', port: 6650 },
      { name: 'admin', port: 50051 },
      { name: 'prometheus', port: 9040 },
    ],
  });
  expect(brokers?.volumes.filter(({ isKept }) => isKept)).toEqual([
    { name: 'data', what: '10Gi for each pod', isKept: true },
    { name: 'shared', what: 'claim history', isKept: true },
  ]);
  expect(said.workloads.find(({ name }) => name === 'danube-test-etcd')?.hook).toBe('test');
  const services = [
    { name: 'danube-etcd', type: 'ClusterIP', ports: [2379], to: [etcd] },
    { name: 'danube-etcd-headless', type: 'headless', ports: [2379, 2380, 2381], to: [etcd] },
  ];
  expect(said.services).toEqual(expect.arrayContaining(services));
  const connections = [
    { from: broker, to: etcd, ports: ['2379'] },
    { from: etcd, to: etcd, ports: ['2379', '2380'] },
    { from: 'any pod of the cluster', to: broker, ports: ['6650'] },
  ];
  expect(said.connections).toEqual(expect.arrayContaining(connections));
  expect(said.images.filter((image) => image.startsWith('prom/'))).toEqual([]);
});

/** Names of nodes that a flowchart declares, and those that its edges use. */
function nodesOf(flowchart: string): { declared: Set<string>; used: Set<string> } {
  const lines = flowchart.trim().split('\n').slice(2);
  const isEdge = (line: string): boolean => / (---|-->|-\.->|-\.-) ?/.test(line);
  const declared = lines
    .filter((line) => !isEdge(line) && line.trim() !== 'end')
    .map(
      (line) =>
        /^\s+(\w+)(?:\[".*"\]|\[\(".*"\)\]|\(\[".*"\]\)|\{\{".*"\}\}|>".*"\])$/.exec(line)?.[1],
    );
  const used = lines
    .filter(isEdge)
    .flatMap((line) => /^\s+(\w+) (?:---|-->\|".*"\||-->|-\.->|-\.-) (\w+)$/.exec(line)?.slice(1));
  return { declared: new Set(declared.map(String)), used: new Set(used.map(String)) };
}

test.each(['danube-core', 'danube-admin', 'danube-connector-webhook'])(
  '%s is a flowchart whose edges lead from node to node',
  async (chart) => {
    const flowchart = await explain(chart, '--mermaid');
    expect(flowchart).toMatch(/^flowchart LR\n {2}subgraph release\["release danube: /);
    const { declared, used } = nodesOf(flowchart);
    expect(declared).not.toContain('undefined');
    expect([...used].filter((node) => !declared.has(node))).toEqual([]);
    expect(used.size).toBeGreaterThan(1);
  },
);

test('a way in from outside leads to the brokers', async () => {
  writeFileSync(join(directory(), 'my.yaml'), VALUES);
  const flowchart = await explain('danube-core', '-f', 'my.yaml', '--mermaid');
  const [, broker] = /(\w+)\["StatefulSet danube-danube-broker/.exec(flowchart) ?? [];
  const [, route] = /(\w+)>"Ingress [^"]*broker-0\.example\.com"\]/.exec(flowchart) ?? [];
  expect(flowchart).toContain(`  ${route} --> ${broker}\n`);
  const { declared, used } = nodesOf(flowchart);
  expect([...used].filter((node) => !declared.has(node))).toEqual([]);
});

test('a chart on disk is explained alike', async () => {
  const own = await explain('danube-core');
  const onDisk = await explain(CORE, '--helm', HELM_4.path);
  const sorted = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .sort();
  const rows = (text: string): string[] => sorted(text).filter((line) => !/, /.test(line));
  expect(rows(onDisk)).toEqual(rows(own));
});

test('a connector, which does nothing by default, is shown with an example', async () => {
  const { stdout, stderr } = await runDanubeCharts(directory(), [
    'explain',
    'danube-connector-webhook',
  ]);
  expect(stderr).toMatch(/^danube-connector-webhook does nothing by default: this is an example/);
  expect(stdout).toMatch(/Secrets that have to be there\nNAME +KEYS +USED BY\nwebhook +/);
});

test('values that the chart refuses are refused', async () => {
  writeFileSync(join(directory(), 'my.yaml'), 'broker: { persistence: { enabled: false } }');
  await expect(explain('danube-core', '-f', 'my.yaml')).rejects.toThrow(
    'broker.persistence.enabled: several brokers',
  );
});
