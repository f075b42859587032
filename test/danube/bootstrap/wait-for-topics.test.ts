import type { Pod } from 'kubernetes-types/core/v1';
import { bootstrapChart } from './bootstrap-chart';
import { DanubeCluster } from './danube-cluster';

function container(topics: readonly string[]) {
  const objects = bootstrapChart().manifests({ values: { topics: [...topics] } });
  const pod = objects.find(({ kind }) => kind === 'Pod') as Pod | undefined;
  return pod?.spec?.initContainers?.[0];
}

test('it says which topics are missing, and ends when all are there', async () => {
  const cluster = new DanubeCluster({ namespaces: ['a'], topics: ['/a/one NonReliable'] });
  const { command = [], args = [] } = container(['/a/one', '/a/two', '/b/three']) ?? {};
  const waiting = cluster.start(command[0], [...command.slice(1), ...args]);
  const lines: string[] = [];
  const ended = new Promise((resolve) => waiting.once('close', resolve));
  waiting.stdout?.on('data', (data: Buffer) => {
    lines.push(...data.toString().trimEnd().split('\n'));
    cluster.write(
      'topics',
      ['/a/one NonReliable', '/a/two-part-0 Reliable', '/b/three Reliable', ''].join('\n'),
    );
  });
  expect(await ended).toBe(0);
  expect(lines[0]).toBe(
    'waiting for topics: /a/two /b/three; a sink ends while its topics are missing',
  );
  expect(lines.at(-1)).toBe('all topics exist: /a/one /a/two /b/three');
});

test('it says so when no broker answers', async () => {
  const cluster = new DanubeCluster({ topics: ['/a/one NonReliable'] });
  cluster.write('down', '');
  const { command = [], args = [] } = container(['/a/one']) ?? {};
  const { code, output } = await cluster.run(command[0], [...command.slice(1), ...args]);
  expect(code).toBe(0);
  expect(output.split('\n')[0]).toBe(
    'waiting for topics: /a/one (no broker answers at http://one:50051); ' +
      'a sink ends while its topics are missing',
  );
});
