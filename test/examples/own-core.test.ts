import { App } from 'cdk8s';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChart } from 'cdk8s-danube/helm';
import { OwnCoreChart } from '../../examples/own-core/own-core';
import { coreReleases } from '../danube/core/core-sets';
import { decoded } from '../danube/core/decoded';
import { checkObjects } from '../danube/core/object-check';
import { provesEquality } from '../property/equality-proof';
import { HELM_3_12, HELM_4 } from '../real-helm/binaries';
import { helmLint } from '../real-helm/run-helm';

const chart = new OwnCoreChart(new App());
let output: string;
let directory: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'own-core-'));
  directory = writeChart(chart, output);
});

afterAll(() => {
  rmSync(output, { recursive: true });
});

test('it is short', () => {
  const source = readFileSync(join(__dirname, '../../examples/own-core/own-core.ts'), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});

test('it lints', async () => {
  const { ok, stdout } = await helmLint({ helm: HELM_4, chart: directory });
  expect({ ok, stdout }).toMatchObject({ ok: true });
});

test('50 random releases are the same in Helm and evaluated, and sound', async () => {
  const { rendered } = await provesEquality({
    chart,
    directory,
    runs: 50,
    sets: coreReleases(chart),
    helms: [{ helm: HELM_4 }, { helm: HELM_3_12, share: 0.2 }],
    check: checkObjects,
  });
  expect(rendered.length).toBeGreaterThanOrEqual(1);
});

test('it has what its subclass and its patches add', () => {
  const values = { brokerZone: 'zone-a', broker: { nodeSelector: { disk: 'ssd' } } };
  const objects = decoded(chart, { values, releaseName: 'own' });
  const named = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  expect(named('StatefulSet', 'own-danube-broker')).toMatchObject({
    metadata: { annotations: { 'example.com/owner': 'messaging' } },
    spec: {
      template: { spec: { hostUsers: false, nodeSelector: { disk: 'ssd', zone: 'zone-a' } } },
    },
  });
  expect(named('Deployment', 'own-prometheus')).toMatchObject({
    spec: { template: { spec: { containers: [{ name: 'prometheus' }, { name: 'thanos' }] } } },
  });
  expect(named('Service', 'own-prometheus')).toMatchObject({
    spec: { ports: [{ name: 'http' }, { name: 'grpc' }] },
  });
});
