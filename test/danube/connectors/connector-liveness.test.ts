import { App } from 'cdk8s';
import type { ConfigMap, Pod } from 'kubernetes-types/core/v1';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { connectorLiveness } from '../../../src/danube/connectors/connector-liveness';
import { connectorLivenessValues } from '../../../src/danube/connectors/connector-liveness-values';
import { defineValues, HelmChart, KubernetesObject, literal, type Expr } from '../../../src/helm';
import { BrokerPort, ConnectorProcess } from './connector-process';

const values = defineValues(
  z.object({
    connector: z.object(connectorLivenessValues()).prefault({}),
    url: z.string().default('http://danube:6650').describe('URL of the brokers.'),
  }),
);

const DIRECTORY = '/etc/danube-connector/config';

/** A chart with a ConfigMap and a pod whose probes are those of a connector. */
function podChart(listeningPort?: Expr<number>) {
  const metadata = { name: 'pod', version: '1.0.0', description: 'A pod.' };
  const chart = new HelmChart(new App(), 'pod', { metadata, values });
  const { files, startupProbe, livenessProbe, volumes, volumeMounts } = connectorLiveness({
    values: chart.v.connector,
    serviceUrl: chart.v.url,
    listeningPort,
    directory: DIRECTORY,
  });
  new KubernetesObject<ConfigMap>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config' },
    data: files,
  });
  const container = { name: 'a', startupProbe, livenessProbe, volumeMounts: [...volumeMounts] };
  new KubernetesObject<Pod>(chart, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod' },
    spec: { containers: [container], volumes: [...volumes] },
  });
  return chart;
}

function objectsOf(chart: ReturnType<typeof podChart>, given: object) {
  const [config, pod] = chart.manifests({ values: given });
  return { files: (config as ConfigMap).data ?? {}, spec: (pod as Pod).spec };
}

let memory: string;
let broker: BrokerPort;
let connector: ConnectorProcess;

beforeEach(async () => {
  memory = mkdtempSync(join(tmpdir(), 'connections-'));
  broker = await BrokerPort.open();
  connector = new ConnectorProcess();
});

afterEach(async () => {
  await connector.end();
  await broker.close();
  rmSync(memory, { recursive: true });
});

/** Runs the rendered probe on a process that stands for PID 1. */
function check({ pid = connector.pid, listening = 0, ports = [6650], fd = 'fd' } = {}): string {
  const chart = podChart(listening === 0 ? undefined : literal(listening));
  const url = `http://127.0.0.1:${String(broker.port)}`;
  const { files, spec } = objectsOf(chart, { url, connector: { brokerConnections: { ports } } });
  for (const [file, text] of Object.entries(files)) {
    const here = text
      .replaceAll('/proc/1/fd', `/proc/${pid}/${fd}`)
      .replaceAll('/proc/1/', `/proc/${pid}/`)
      .replaceAll('/run/danube-connector', memory);
    writeFileSync(join(memory, file), here);
  }
  const [shell, ...rest] = spec?.containers[0].livenessProbe?.exec?.command ?? [''];
  const args = rest.map((text) => text.replace(DIRECTORY, memory));
  const { status, stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8' });
  return `${String(status)} ${stdout}${stderr}`.trimEnd();
}

const FINE = '0';
const LOST =
  '1 a connection to a Danube broker ended, and with it consumers and producers of this connector';

test('a connector is not started before it is connected', async () => {
  expect(check()).toBe(`1 not connected to a Danube broker at 127.0.0.1:${String(broker.port)}`);
  await connector.does('connect', broker.port);
  expect(check()).toBe(FINE);
});

test('an idle connector stays alive', async () => {
  await connector.does('connect', broker.port);
  expect(Array.from({ length: 20 }, () => check())).toEqual(Array.from({ length: 20 }, () => FINE));
});

test('a sink that gave up is noticed: it has no connection any more', async () => {
  await connector.does('connect', broker.port);
  expect(check()).toBe(FINE);
  await broker.dropAll();
  expect(check()).toBe(LOST);
  expect(check()).toBe(LOST);
});

test('a source that publishes to a new broker under an old id is noticed', async () => {
  await connector.does('connect', broker.port);
  expect(check()).toBe(FINE);
  await broker.dropAll();
  await connector.does('connect', broker.port);
  expect(check()).toBe(LOST);
});

test('more connections are fine, and each of them counts', async () => {
  const other = await BrokerPort.open();
  const ports = [other.port];
  await connector.does('connect', broker.port);
  expect(check({ ports })).toBe(FINE);
  await connector.does('connect', other.port);
  expect(check({ ports })).toBe(FINE);
  await other.dropAll();
  expect(check({ ports })).toBe(LOST);
  await other.close();
});

test('what is no broker may come and go, and so may sidecars', async () => {
  const backend = await BrokerPort.open();
  const sidecar = new ConnectorProcess();
  await connector.does('connect', broker.port);
  await connector.does('connect', backend.port);
  await sidecar.does('connect', broker.port);
  expect(check()).toBe(FINE);
  await backend.dropAll();
  await sidecar.end();
  expect(check()).toBe(FINE);
  await backend.close();
});

test('where the sockets of the process cannot be listed, those of its user count', async () => {
  await connector.does('connect', broker.port);
  expect(check({ fd: 'hidden' })).toBe(FINE);
  await broker.dropAll();
  expect(check({ fd: 'hidden' })).toBe(LOST);
});

test('a restarted container starts anew', async () => {
  await connector.does('connect', broker.port);
  expect(check()).toBe(FINE);
  await broker.dropAll();
  expect(check()).toBe(LOST);
  await connector.end();
  connector = new ConnectorProcess();
  await connector.does('connect', broker.port);
  expect(check()).toBe(FINE);
});

test('a connector whose own port is not open is noticed', async () => {
  const spare = await BrokerPort.open();
  const listening = spare.port;
  await spare.close();
  await connector.does('connect', broker.port);
  expect(check({ listening })).toBe(`1 nothing listens on port ${String(listening)}`);
  await connector.does('listen', listening);
  expect(check({ listening })).toBe(FINE);
});

test('the probes, the volume and how often they ask follow from the values', () => {
  const chart = podChart();
  const { spec } = objectsOf(chart, { connector: { livenessProbe: { periodSeconds: 7 } } });
  expect(spec).toMatchObject({
    containers: [
      {
        startupProbe: { periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 5 },
        livenessProbe: { periodSeconds: 7, failureThreshold: 2, timeoutSeconds: 5 },
        volumeMounts: [{ name: 'connections', mountPath: '/run/danube-connector' }],
      },
    ],
    volumes: [{ name: 'connections', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
  });
});

test('without the check the pod has nothing of it, and pods of before have their script', () => {
  const connector = { brokerConnections: { watched: false } };
  const { files, spec } = objectsOf(podChart(), { connector });
  expect(spec).toEqual({ containers: [{ name: 'a' }] });
  expect(Object.keys(files)).toEqual(['connections.sh']);
});
