import { App, Yaml } from 'cdk8s';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  HelmChart,
  KubernetesObject,
  Release,
  str,
  writeChart,
  writeCharts,
} from '../../../src/helm';
import { helmVersions } from '../../real-helm/binaries';
import { helmLint } from '../../real-helm/run-helm';
import type { AnyObject } from '../any-object';
import { newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

function addConfigMap(chart: HelmChart, id: string): void {
  new KubernetesObject<AnyObject>(chart, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: str`${Release.name}-${id}` },
    data: { text: v.text },
  });
}

function sampleChart(...ids: readonly string[]): HelmChart {
  const chart = newChart(sampleValues, { icon: 'https://example.com/icon.svg' });
  ids.forEach((id) => {
    addConfigMap(chart, id);
  });
  return chart;
}

function filesBelow(root: string): ReadonlyMap<string, string> {
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((file) => [path.relative(root, file), fs.readFileSync(file, 'utf8')]));
}

test('a chart is a directory that every Helm lints strictly', async () => {
  const chart = writeChart(sampleChart('one'), directory());
  expect(chart).toBe(path.join(directory(), 'sample'));
  expect([...filesBelow(chart).keys()]).toEqual([
    '.helmignore',
    'Chart.yaml',
    'README.md',
    'templates/one.yaml',
    'values.editor.schema.json',
    'values.schema.json',
    'values.yaml',
  ]);
  for (const helm of helmVersions) {
    expect(await helmLint({ helm, chart })).toMatchObject({ ok: true });
  }
});

test('a chart that is there already is left alone', () => {
  const chart = writeChart(sampleChart('one'), directory());
  const { ino } = fs.statSync(chart);
  writeChart(sampleChart('one'), directory());
  expect(fs.statSync(chart).ino).toBe(ino);
});

test.each<[string, (chart: string) => void]>([
  [
    'other text',
    (chart) => {
      fs.appendFileSync(path.join(chart, 'values.yaml'), '# mine\n');
    },
  ],
  [
    'one file more',
    (chart) => {
      fs.writeFileSync(path.join(chart, 'templates/old.yaml'), '');
    },
  ],
  [
    'one file less',
    (chart) => {
      fs.rmSync(path.join(chart, 'templates/one.yaml'));
    },
  ],
])('a chart with %s is replaced', (_difference, change) => {
  const first = filesBelow(writeChart(sampleChart('one'), directory()));
  change(path.join(directory(), 'sample'));
  const second = filesBelow(writeChart(sampleChart('one'), directory()));
  expect(second).toEqual(first);
});

test('of several charts, one that another brings along is printed once', () => {
  const part = sampleChart('one');
  const metadata = { name: 'whole', version: '1.0.0', description: 'A chart with a part.' };
  const whole = new HelmChart(new App(), 'whole', { metadata, subcharts: [{ chart: part }] });
  const print = jest.spyOn(part, 'objectTrees');
  const [written, alone] = writeCharts([whole, part], directory());
  expect(print).toHaveBeenCalledTimes(1);
  const withoutEditorSchema = new Map(filesBelow(alone));
  withoutEditorSchema.delete('values.editor.schema.json');
  expect(filesBelow(path.join(written, 'charts/sample'))).toEqual(withoutEditorSchema);
});

test('a second write changes no byte', () => {
  const first = filesBelow(writeChart(sampleChart('one', 'two'), directory()));
  const second = filesBelow(writeChart(sampleChart('one', 'two'), directory()));
  expect(second).toEqual(first);
});

test('a chart replaces the one before it whole, and leaves nothing else behind', () => {
  writeChart(sampleChart('one', 'two'), directory());
  writeChart(sampleChart('two'), directory());
  const templates = fs.readdirSync(path.join(directory(), 'sample', 'templates'));
  expect(templates).toEqual(['two.yaml']);
  expect(fs.readdirSync(directory())).toEqual(['sample']);
});

test('a chart that cannot be emitted leaves the one before it as it is', () => {
  const before = filesBelow(writeChart(sampleChart('one'), directory()));
  const broken = sampleChart('two');
  broken.token(v.text);
  expect(() => writeChart(broken, directory())).toThrow('dropped them');
  expect(filesBelow(path.join(directory(), 'sample'))).toEqual(before);
});

test('a directory that is no chart is not replaced', () => {
  const target = path.join(directory(), 'sample');
  fs.mkdirSync(target);
  fs.writeFileSync(path.join(target, 'thesis.txt'), 'years of work');
  expect(() => writeChart(sampleChart('one'), directory())).toThrow(
    `${target} exists and is no chart (it has no Chart.yaml): remove it, or write the chart elsewhere`,
  );
  expect(fs.readdirSync(target)).toEqual(['thesis.txt']);
});

test('a file in the place of the chart is not replaced', () => {
  const target = path.join(directory(), 'sample');
  fs.writeFileSync(target, 'a file');
  expect(() => writeChart(sampleChart('one'), directory())).toThrow(
    `${target} cannot be replaced by a chart`,
  );
  expect(fs.readFileSync(target, 'utf8')).toBe('a file');
});

test('a directory that cannot be written is named, and nothing is left in it', () => {
  const file = path.join(directory(), 'file');
  fs.writeFileSync(file, '');
  expect(() => writeChart(sampleChart('one'), path.join(file, 'below'))).toThrow(
    `the chart cannot be written to ${path.join(file, 'below', 'sample')}`,
  );
  expect(fs.readdirSync(directory())).toEqual(['file']);
});

test('App.synth() writes the plain manifests of the release that the props describe', () => {
  const app = new App({ outdir: directory() });
  const chart = new HelmChart(app, 'sample', {
    metadata: { name: 'sample', version: '1.0.0', description: 'A sample.' },
    values: sampleValues,
    release: { releaseName: 'blue', values: { text: 'no' } },
  });
  addConfigMap(chart, 'one');
  app.synth();
  expect(Yaml.load(path.join(directory(), 'sample.k8s.yaml'))).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'blue-one' }, data: { text: 'no' } },
  ]);
});
