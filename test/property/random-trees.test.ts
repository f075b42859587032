import { App } from 'cdk8s';
import fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Gate, HelmChart, KubernetesObject, writeChart, type KubernetesType } from '../../src/helm';
import { HELM_4 } from '../real-helm/binaries';
import { decodeManifests } from '../real-helm/decode';
import { helmTemplate } from '../real-helm/run-helm';
import { differences } from './differences';
import { RandomTrees } from './random-trees';
import { Choices } from './random-trees-choices';
import { treeValues } from './random-trees-values';
import { valuesArbitrary } from './values-arbitrary';

const CHARTS = Number(process.env.RUNS ?? 12);
const OBJECTS = 40;

/** Any object: what it holds is random. */
interface RandomObject extends KubernetesType {
  readonly spec: unknown;
}

function randomChart(generator: fc.GeneratorValue): HelmChart {
  const metadata = { name: 'trees', version: '1.0.0', description: 'Random trees.' };
  const chart = new HelmChart(new App(), 'trees', { metadata, values: treeValues });
  const choices = new Choices(generator);
  for (let position = 0; position < OBJECTS; position += 1) {
    const name = `o${String(position)}`;
    const trees = new RandomTrees(chart, choices, name);
    const isGated = choices.oneIn(4);
    const scope = isGated ? new Gate(chart, `gate-${name}`, trees.condition()) : chart;
    new KubernetesObject<RandomObject>(scope, name, {
      apiVersion: 'trees.example.com/v1',
      kind: 'Tree',
      metadata: { name, labels: trees.labels(), annotations: trees.labels() },
      spec: trees.object(),
    });
  }
  return chart;
}

function byName(objects: readonly unknown[]): Map<string, unknown> {
  const plain = JSON.parse(JSON.stringify(objects)) as { metadata: { name: string } }[];
  return new Map(plain.map((object) => [object.metadata.name, object]));
}

/** The named templates of one object, and its own, for whoever reads a failure. */
function templatesOf(directory: string, name: string): string {
  const templates = path.join(directory, 'templates');
  const helpers = fs.readFileSync(path.join(templates, '_helpers.tpl'), 'utf8');
  const own = helpers.split('\n\n').filter((text) => text.includes(`"trees.${name}-`));
  return [...own, fs.readFileSync(path.join(templates, `${name}.yaml`), 'utf8')].join('\n');
}

let output: string;

beforeEach(() => {
  output = fs.mkdtempSync(path.join(os.tmpdir(), 'random-trees-'));
});

afterEach(() => {
  fs.rmSync(output, { recursive: true });
});

test(`Helm renders ${String(CHARTS)} charts of random objects to what they evaluate to`, async () => {
  const overrides = valuesArbitrary(treeValues.schema);
  const equality = fc.asyncProperty(fc.gen(), overrides, async (random, values) => {
    const chart = randomChart(random);
    const directory = writeChart(chart, output);
    const rendered = await helmTemplate({ helm: HELM_4, chart: directory, values });
    const failed = /templates\/(?:gate-)?(o\d+)/.exec(rendered.stderr)?.[1];
    const cause = failed === undefined ? '' : templatesOf(directory, failed);
    expect(rendered.stderr + cause).toBe('');
    const [decoded] = await decodeManifests([rendered.stdout]);
    const actual = byName(decoded);
    const expected = byName(chart.manifests({ values, releaseName: 'release' }));
    for (const [name, object] of expected) {
      const wrong = differences(actual.get(name), object);
      expect(wrong.length > 0 ? [...wrong, templatesOf(directory, name)] : []).toEqual([]);
    }
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  });
  const seed = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) };
  await fc.assert(equality, { numRuns: CHARTS, endOnFailure: true, ...seed });
});
