import * as path from 'node:path';
import { z } from 'zod';
import { defineValues, KubernetesObject, writeChart, type HelmChart } from '../../../src/helm';
import { HELM_4, helmVersions } from '../../real-helm/binaries';
import { helmTemplate } from '../../real-helm/run-helm';
import type { AnyObject } from '../any-object';
import { newChart } from '../new-chart';
import { sampleValues } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

/** Adds an object that shows one text, so that the chart renders something. */
function addConfigMap(chart: HelmChart, text: string | undefined): void {
  new KubernetesObject<AnyObject>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config' },
    data: { text },
  });
}

describe.each(helmVersions)('Helm $version', (helm) => {
  let chart: string;

  beforeEach(() => {
    const made = newChart(sampleValues);
    addConfigMap(made, 'fixed');
    chart = writeChart(made, directory());
  });

  test('takes null for optional values, and what parent charts put into values', async () => {
    const values = { class: null, limits: null, global: { any: 1 }, enabled: true };
    expect(await helmTemplate({ helm, chart, values })).toMatchObject({ ok: true, stderr: '' });
  });

  test.each<[string, object, RegExp]>([
    ['an unknown key', { metrics: { prot: 1 } }, /metrics.*prot/s],
    ['null for a provided value', { metrics: { port: null } }, /metrics.*port/s],
    ['a wrong type deep in a list', { hosts: [{ host: 1, paths: [] }] }, /hosts.0.host/],
    ['an integer that it would round', { replicas: 2 ** 53 }, /replicas/],
  ])('refuses %s and says where', async (_what, values, where) => {
    const { ok, stderr } = await helmTemplate({ helm, chart, values });
    expect(ok).toBe(false);
    expect(stderr).toContain("values don't meet the specifications of the schema");
    expect(stderr).toMatch(where);
  });
});

describe('a parent chart whose values are strict too', () => {
  let parent: string;

  beforeEach(() => {
    const made = newChart(defineValues(z.object({ own: z.string().default('x') })), {
      name: 'parent',
      dependencies: [{ name: 'sample', version: '1.0.0', condition: 'sample.enabled' }],
    });
    addConfigMap(made, 'parent');
    parent = writeChart(made, directory());
    const child = newChart(sampleValues);
    addConfigMap(child, 'child');
    writeChart(child, path.join(parent, 'charts'));
  });

  test('passes values to its subchart, whose own schema judges them', async () => {
    const values = { sample: { replicas: 1 }, global: { x: 1 } };
    const taken = await helmTemplate({ helm: HELM_4, chart: parent, values });
    expect(taken).toMatchObject({ ok: true, stderr: '' });
    expect(taken.stdout).toContain('text: child');

    const wrong = { sample: { replica: 1 } };
    const refused = await helmTemplate({ helm: HELM_4, chart: parent, values: wrong });
    expect(refused.ok).toBe(false);
    expect(refused.stderr).toContain('replica');
  });

  test('switches its subchart off by the condition', async () => {
    const values = { sample: { enabled: false } };
    const { stdout } = await helmTemplate({ helm: HELM_4, chart: parent, values });
    expect(stdout).toContain('text: parent');
    expect(stdout).not.toContain('text: child');
  });
});
