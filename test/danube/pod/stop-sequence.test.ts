import { App } from 'cdk8s';
import type { Deployment } from 'kubernetes-types/apps/v1';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { globalValues, ReleaseContext, releaseValues } from '../../../src';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { imageValues } from '../../../src/danube/pod/image';
import { podTemplate } from '../../../src/danube/pod/pod-template';
import { podValues } from '../../../src/danube/pod/pod-values';
import { STOP_SEQUENCES, type StopSequence } from '../../../src/danube/pod/stop-sequence';
import { ChartPart, defineValues, HelmChart, KubernetesObject, literal } from '../../../src/helm';
import { findPodTemplate } from '../../objects/pod-template';
import { decoded } from '../core/decoded';

const HOW: Record<StopSequence['by'], string> = {
  signal: 'Kubernetes sends it',
  sharedProcessNamespace:
    '`shareProcessNamespace: true`: it handles no signal, and is not PID 1 there',
  preStop: 'a preStop hook: `kill -INT 1`',
};

test('docs/stop-sequence.md shows the table', () => {
  const page = readFileSync(join(__dirname, '../../../docs/stop-sequence.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));
  expect(rows).toEqual(
    Object.entries<StopSequence>(STOP_SEQUENCES).map(([image, stop]) => [
      `\`${image}\``,
      stop.program,
      stop.signal,
      HOW[stop.by],
      String(stop.graceSeconds),
      stop.does,
      stop.source,
    ]),
  );
});

/** What a pod has of a stop sequence. */
function stopIn(spec: {
  shareProcessNamespace?: boolean;
  terminationGracePeriodSeconds?: number;
  containers: { lifecycle?: object }[];
}): object {
  return {
    shares: spec.shareProcessNamespace ?? false,
    seconds: spec.terminationGracePeriodSeconds,
    lifecycle: spec.containers[0].lifecycle,
  };
}

const SHARED = { shares: true, lifecycle: undefined };
const PLAIN = { shares: false, lifecycle: undefined };

test.each([
  [
    'danube-core',
    new DanubeCoreChart(new App(), 'danube-core'),
    {
      'r-danube-broker': { ...SHARED, seconds: 30 },
      'r-etcd': { ...PLAIN, seconds: 30 },
      'r-prometheus': { ...PLAIN, seconds: 60 },
    },
  ],
  [
    'danube-admin',
    new DanubeAdminChart(new App(), 'danube-admin'),
    {
      'r-danube-admin': { ...SHARED, seconds: 10 },
      'r-danube-admin-ui': { ...PLAIN, seconds: 30 },
    },
  ],
])('the pods of %s stop as their image does', (_name, chart, stops) => {
  const workloads = decoded(chart, { values: {}, releaseName: 'r' }).filter(({ kind }) =>
    ['StatefulSet', 'Deployment'].includes(kind),
  );
  const byName = Object.fromEntries(
    workloads.map((workload) => {
      const template = findPodTemplate(workload);
      return [workload.metadata.name, template === undefined ? {} : stopIn(template.spec)];
    }),
  );
  expect(byName).toEqual(stops);
});

/** A chart with a pod that stops as connectors do. */
function connectorChart(): HelmChart {
  const stop = STOP_SEQUENCES.connector;
  const connector = z
    .object({
      image: imageValues({ repository: 'example/connector', tag: 'v1' }).prefault({}),
      ...podValues({ resources: {}, userId: 1000, stop }),
    })
    .prefault({});
  const schema = z.object({
    global: z.looseObject(globalValues()).prefault({}),
    ...releaseValues(),
    connector,
  });
  const chart = new HelmChart(new App(), 'connectors', {
    metadata: { name: 'connectors', version: '1.0.0', description: 'A connector.' },
    values: defineValues(schema),
  });
  const release = new ReleaseContext(new ChartPart(chart, chart.v), chart.v);
  const container = {
    name: 'connector',
    args: [],
    ports: [],
    startupProbe: {},
    livenessProbe: {},
    readinessProbe: {},
    volumeMounts: [],
  };
  const template = podTemplate({
    component: 'connector',
    values: chart.v.connector,
    release,
    serviceAccountName: literal('default'),
    stop,
    container,
    volumes: [],
  });
  new KubernetesObject<Deployment>(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: release.metadata(literal('connector'), 'connector'),
    spec: { selector: { matchLabels: release.labels.selecting('connector') }, template },
  });
  return chart;
}

const INTERRUPTED = `
  process.on('SIGTERM', () => {});
  process.on('SIGINT', () => process.exit(7));
  setInterval(() => {}, 1000);
  console.log('runs');
`;

test('a connector gets SIGINT from its preStop hook, and shares no namespace', async () => {
  const [deployment] = decoded(connectorChart(), { values: {} });
  const spec = findPodTemplate(deployment)?.spec;
  expect(spec?.shareProcessNamespace).toBeUndefined();
  expect(spec?.terminationGracePeriodSeconds).toBe(60);
  const command = spec?.containers[0].lifecycle?.preStop?.exec?.command ?? ['', '', ''];
  expect(command).toEqual(['/bin/sh', '-c', 'kill -INT 1']);

  // In the test the program is not PID 1.
  const program = spawn(process.execPath, ['-e', INTERRUPTED]);
  await once(program.stdout, 'data');
  const exit = once(program, 'exit');
  spawn('/bin/sh', ['-c', command[2].replace(/1$/, String(program.pid))]);
  expect(await exit).toEqual([7, null]);
});
