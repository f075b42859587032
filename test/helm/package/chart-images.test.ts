import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { chartImages, packChart, readCharts, type ChartContent } from '../../../src/helm';
import { HELM_4 } from '../../real-helm/binaries';
import { useTemporaryDirectory } from '../temporary-directory';
import { renderDefaults } from './run-helm-command';

const directory = useTemporaryDirectory();
const charts = readCharts(join(__dirname, '../../../charts-out'));

/** The value of every key `image` that is text. */
function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'image' && typeof inner === 'string' ? [inner] : imagesIn(inner),
  );
}

test.each(charts.map((chart) => [chart.metadata.name, chart] as const))(
  '%s: the list has every image of the rendered chart',
  async (_name, chart) => {
    const { bytes, fileName } = packChart(chart);
    const archive = join(directory(), fileName);
    writeFileSync(archive, bytes);
    const { isRefused, output } = await renderDefaults(HELM_4, directory(), archive);
    const documents = isRefused ? [] : parseAllDocuments(output);
    const used = documents.flatMap((document) => imagesIn(document.toJS()));
    const listed = chartImages(chart).map(({ reference }) => reference);
    expect(listed.length).toBeGreaterThan(0);
    expect(used.length > 0).toBe(!isRefused);
    expect(listed).toEqual(expect.arrayContaining([...new Set(used)]));
  },
);

function chartOf(files: Readonly<Record<string, string>>): ChartContent {
  const entries = Object.entries(files).map(([path, text]) => {
    return [path, new Uint8Array(Buffer.from(text))] as const;
  });
  const metadata = { name: 'all', version: '1.0.0', description: 'All.' };
  return { metadata, files: new Map(entries) };
}

test('an umbrella has the images of its charts, with its own values over theirs', () => {
  const images = chartImages(
    chartOf({
      'values.yaml': 'own: {image: {repository: o, tag: "1"}}\nsub: {b: {image: {tag: "9"}}}\n',
      'charts/sub/Chart.yaml': '',
      'charts/sub/values.yaml': [
        'a: {image: {repository: a, tag: "1", digest: ""}}',
        'b: {image: {repository: b, tag: "1"}}',
        'c: {image: {repository: c, tag: "1", digest: "sha256:0"}, list: [1]}',
      ].join('\n'),
      'charts/sub/charts/deep/Chart.yaml': '',
      'charts/sub/charts/deep/values.yaml': 'image: {repository: d, tag: "1"}\n',
    }),
  );
  expect(images.map(({ path, reference }) => [path.join('.'), reference])).toEqual([
    ['sub.deep.image', 'd:1'],
    ['sub.a.image', 'a:1'],
    ['sub.b.image', 'b:9'],
    ['sub.c.image', 'c@sha256:0'],
    ['own.image', 'o:1'],
  ]);
});

test('a chart without values has no images', () => {
  expect(chartImages(chartOf({}))).toEqual([]);
});
