import { App } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { chartImages, coalesce, readCharts, type HelmChart } from '../../src/helm';
import { isMap } from '../../src/helm/expression/go-value';
import { findPodTemplate, podContainers } from '../objects/pod-template';
import type { NamedSet } from '../property/leaves';
import { withValueAt } from '../property/leaves';
import { NAMED_SETS as ADMIN_SETS } from './admin/admin-sets';
import { decoded } from './core/decoded';
import { NAMED_SETS as CORE_SETS } from './core/core-sets';

const CHARTS_OUT = join(__dirname, '../../charts-out');
const charts = readCharts(CHARTS_OUT);

type Values = Record<string, unknown>;

/** Images of containers that users add, which are theirs. */
const OF_USERS = /^registry\.example\.com\//;

interface Covered {
  readonly chart: HelmChart;
  readonly sets: readonly NamedSet[];
}

const COVERED: readonly Covered[] = [
  { chart: new DanubeCoreChart(new App(), 'danube-core'), sets: CORE_SETS },
  { chart: new DanubeAdminChart(new App(), 'danube-admin'), sets: ADMIN_SETS },
];

/** Every image of the pods of a release: of workloads, Jobs, hooks and tests. */
function imagesOf(chart: HelmChart, { set }: NamedSet, changed: Values): readonly string[] {
  const values = coalesce(set.values, changed);
  const objects = decoded(chart, { ...set, values: isMap(values) ? values : {} });
  const pods = objects.map(findPodTemplate).filter((pod) => pod !== undefined);
  const containers = pods.flatMap(podContainers);
  return containers
    .map(({ container }) => container.image ?? '')
    .filter((image) => !OF_USERS.test(image));
}

describe.each(COVERED)('$chart.metadata.name, with every part on', ({ chart, sets }) => {
  const files = charts.find(({ metadata }) => metadata.name === chart.metadata.name);
  const images = files === undefined ? [] : chartImages(files);

  test('every pod takes its images from the registry of global.imageRegistry', () => {
    const registry = 'mirror.example.com:5000/x';
    const changed = { global: { imageRegistry: registry } };
    const used = new Set(sets.flatMap((set) => imagesOf(chart, set, changed)));
    const elsewhere = [...used].filter((image) => !image.startsWith(`${registry}/`));
    expect(elsewhere).toEqual([]);
    // Each once: no image of the values was left out, and none has two registries.
    expect(new Set([...used].map((image) => image.split('/').at(-1)?.split(/[:@]/)[0])).size).toBe(
      new Set(images.map(({ repository }) => repository.split('/').at(-1))).size,
    );
  });

  test('every image can be named by its digest, and then by nothing else', () => {
    const digests = images.map((_image, index) => `sha256:${String(index + 1).padStart(64, '0')}`);
    const changed = images.reduce<Values>(
      (values, { path }, index) => withValueAt(values, [...path, 'digest'], digests[index]),
      {},
    );
    const used = new Set(sets.flatMap((set) => imagesOf(chart, set, changed)));
    const pinned = images.map(({ repository }, index) => `${repository}@${digests[index] ?? ''}`);
    expect([...used].sort()).toEqual(expect.arrayContaining([...new Set(pinned)].sort()));
    expect([...used].filter((image) => !image.includes('@sha256:'))).toEqual([]);
  });
});

describe.each(charts)('$metadata.name', ({ metadata, files }) => {
  const { name } = metadata;

  test('no template names an image but through the registry', () => {
    const folder = join(CHARTS_OUT, name, 'templates');
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    // An action may go on on the next lines.
    const found = texts.flatMap((text) => [...text.matchAll(/^ +image: (.*?\}\}|.*)$/gms)]);
    // The pods of the stack are those of its parts.
    expect(found.length > 0).toBe(name !== 'danube-stack');
    for (const [, image] of found) {
      expect(image).toContain(`include "${name}.image"`);
      expect(image).toContain('.Values.global.imageRegistry');
    }
  });

  test('images.txt lists what the values name', () => {
    const text = files.get('images.txt');
    const listed = Buffer.from(text ?? [])
      .toString()
      .trimEnd()
      .split('\n');
    const named = chartImages({ metadata, files });
    expect(listed).toEqual([...new Set(named.map(({ reference }) => reference))].sort());
  });
});
