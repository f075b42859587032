import type { ConfigMap } from 'kubernetes-types/core/v1';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapChart } from './bootstrap-chart';
import { DanubeCluster, type Run } from './danube-cluster';

const chart = bootstrapChart();

/** Writes the files of the Job where its script finds them, and runs it. */
function fileOf(cluster: DanubeCluster, bootstrap: object): string {
  const values = { bootstrap: { enabled: true, ...bootstrap } };
  const root = cluster.directory;
  for (const directory of ['plan', 'own', 'existing']) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  for (const object of chart.manifests({ values }).filter(({ kind }) => kind === 'ConfigMap')) {
    const { metadata, data = {} } = object as ConfigMap;
    const directory = metadata?.name?.endsWith('-schemas') === true ? 'own' : 'plan';
    for (const [name, text] of Object.entries(data)) {
      const there = text
        .replaceAll('/etc/danube-bootstrap', join(root, 'plan'))
        .replaceAll('/etc/danube-schemas', root);
      writeFileSync(join(root, directory, name), there);
    }
  }
  return join(root, 'plan', 'bootstrap.sh');
}

function bootstrapped(cluster: DanubeCluster, bootstrap: object): Promise<Run> {
  return cluster.run('/bin/bash', [fileOf(cluster, bootstrap)]);
}

const WISHES = {
  namespaces: ['orders'],
  schemas: {
    'order-value': { content: '{"type": "object"}' },
    raw: { type: 'bytes', compatibility: 'none' },
  },
  topics: {
    '/orders/new': {
      dispatchStrategy: 'reliable',
      partitions: 2,
      schema: { subject: 'order-value', validationPolicy: 'enforce', payloadValidation: true },
    },
    '/orders/old': { schema: { subject: 'raw' } },
    '/orders/seen': {},
  },
};

const BINDINGS = [
  'new-part-0 --subject order-value --validation-policy enforce --enable-payload-validation',
  'new-part-1 --subject order-value --validation-policy enforce --enable-payload-validation',
  'old --subject raw --validation-policy warn',
].map((binding) => `topics configure-schema /orders/${binding}`);

test('it makes all, and a second run makes nothing new', async () => {
  const cluster = new DanubeCluster();
  expect(await bootstrapped(cluster, WISHES)).toMatchObject({ code: 0 });
  const made = cluster.changes();
  expect(made.filter((call) => call.includes(' create '))).toEqual([
    'namespaces create orders',
    'topics create /orders/new --partitions 2 --dispatch-strategy reliable',
    'topics create /orders/old --dispatch-strategy non_reliable',
    'topics create /orders/seen --dispatch-strategy non_reliable',
  ]);
  expect(cluster.read('schemas/order-value')).toBe('json_schema\n{"type": "object"}');
  expect(cluster.read('schemas/raw')).toBe('bytes\n');
  expect(made).toContain('schemas set-compatibility raw --mode none');
  // Each is sent to one broker after the other, until the one that serves the topic takes it.
  expect(made.filter((call) => call.includes('configure-schema'))).toEqual(
    BINDINGS.flatMap((binding) => [binding, binding, binding]),
  );

  const topics = cluster.read('topics');
  const again = await bootstrapped(cluster, WISHES);
  expect(again.code).toBe(0);
  expect(again.output).toContain('all is there');
  expect(cluster.changes().filter((call) => call.includes(' create '))).toEqual([]);
  expect(cluster.read('topics')).toBe(topics);
});

test('what an interrupted run left out is made', async () => {
  const cluster = new DanubeCluster({
    namespaces: ['orders'],
    topics: ['/orders/new-part-0 Reliable', '/orders/newer NonReliable'],
  });
  expect(await bootstrapped(cluster, WISHES)).toMatchObject({ code: 0 });
  expect(cluster.read('topics').split('\n').sort()).toEqual([
    '',
    '/orders/new-part-0 Reliable',
    '/orders/new-part-1 Reliable',
    '/orders/newer NonReliable',
    '/orders/old NonReliable',
    '/orders/seen NonReliable',
  ]);
});

test('schemas come from an existing ConfigMap too, in any bytes', async () => {
  const cluster = new DanubeCluster();
  const file = fileOf(cluster, {
    schemas: { mine: { type: 'avro' } },
    existingConfigMap: 'theirs',
  });
  cluster.write('existing/mine', '"string"\n\n# "$HOME" `x` \\ ü');
  expect(await cluster.run('/bin/bash', [file])).toMatchObject({ code: 0 });
  expect(cluster.read('schemas/mine')).toBe('avro\n"string"\n\n# "$HOME" `x` \\ ü');
});

const ADVICE = 'write what exists, or delete it with its messages: danube-admin topics delete /a/b';

test.each([
  [
    'another dispatch strategy',
    ['/a/b NonReliable'],
    { topics: { '/a/b': { dispatchStrategy: 'reliable' } } },
    `topic /a/b exists with dispatch strategy non_reliable, and reliable is wanted; ${ADVICE}`,
  ],
  [
    'no partitions',
    ['/a/b NonReliable'],
    { topics: { '/a/b': { partitions: 2 } } },
    `topic /a/b exists without partitions, and 2 are wanted; ${ADVICE}`,
  ],
  [
    'partitions',
    ['/a/b-part-0 NonReliable'],
    { topics: { '/a/b': {} } },
    `topic /a/b exists with partitions, and one without is wanted; ${ADVICE}`,
  ],
  [
    'more partitions',
    ['/a/b-part-0 NonReliable', '/a/b-part-1 NonReliable'],
    { topics: { '/a/b': { partitions: 1 } } },
    `topic /a/b exists with more than 1 partitions: /a/b-part-1; ${ADVICE}`,
  ],
  [
    'a schema of another type',
    [],
    { schemas: { s: { type: 'avro', content: '"string"' } } },
    'schema s exists with type json_schema, and avro is wanted; write its type, or use another ' +
      'subject',
  ],
  [
    'a schema without content',
    [],
    { schemas: { t: {} } },
    'schema t has neither content nor a key in existingConfigMap',
  ],
])('it refuses a plan against %s, and changes nothing', async (_name, topics, plan, message) => {
  const cluster = new DanubeCluster({ namespaces: ['a'], topics, schemas: { s: 'json_schema' } });
  const { code, output } = await bootstrapped(cluster, plan);
  expect({ code, output: output.trimEnd() }).toEqual({ code: 2, output: `refused: ${message}` });
  expect(cluster.changes()).toEqual([]);
});

test('what the broker refuses is said after some tries', async () => {
  const { code, output } = await bootstrapped(new DanubeCluster(), { topics: { '/a/b': {} } });
  expect(code).toBe(1);
  expect(output).toContain('failed: topic /a/b 0 non_reliable - Error: gRPC error');
  expect(output).toContain('Unable to find the namespace');
});

test('it waits for a broker', async () => {
  const cluster = new DanubeCluster();
  cluster.write('down', '');
  const { code, output } = await bootstrapped(cluster, { namespaces: ['a'] });
  expect(output.trimEnd().split('\n')).toEqual([
    'waiting for an active Danube broker at http://one:50051',
    'done: namespace a',
    'all is there',
  ]);
  expect(code).toBe(0);
});

test('SIGTERM ends it', async () => {
  const cluster = new DanubeCluster();
  const file = fileOf(cluster, { topics: { '/missing/b': {} } });
  const running = cluster.start('/bin/bash', [file]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  running.kill('SIGTERM');
  expect(await once(running, 'exit')).toEqual([143, null]);
});
