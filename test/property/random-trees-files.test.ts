import { App } from 'cdk8s';
import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { HelmChart, tomlFile, yamlFile } from '../../src/helm';
import { evaluateManifest, renderTextFile } from '../../src/helm/manifest/evaluate-manifest';
import type { TextFile } from '../../src/helm/manifest/node';
import { differences } from './differences';
import { RandomTrees } from './random-trees';
import { Choices } from './random-trees-choices';
import { ROOT } from './random-trees-expressions';
import { treeValues } from './random-trees-values';
import { valuesArbitrary } from './values-arbitrary';

const RUNS = 25 * Number(process.env.RUNS ?? 12);

/** The tree read back from its text must be the tree as it evaluates by itself. */
function checkReadBack(
  makeTree: (trees: RandomTrees) => Record<string, unknown>,
  makeFile: (tree: object) => TextFile,
  parse: (text: string) => unknown,
): void {
  const sameTree = fc.property(fc.gen(), valuesArbitrary(treeValues.schema), (random, values) => {
    const metadata = { name: 'files', version: '1.0.0', description: 'Random files.' };
    const chart = new HelmChart(new App(), 'files', { metadata, values: treeValues });
    const tree = makeTree(new RandomTrees(chart, new Choices(random), 'file'));
    const environment = chart.environmentOf({ values, releaseName: 'release' });
    const text = renderTextFile(makeFile(tree), environment);
    const plain = JSON.parse(JSON.stringify(evaluateManifest(tree, environment) ?? {})) as unknown;
    const wrong = differences(parse(text), plain);
    expect(wrong.length > 0 ? [...wrong, text] : []).toEqual([]);
  });
  fc.assert(sameTree, { numRuns: RUNS });
}

test(`${String(RUNS)} random TOML files read as the trees that they are made of`, () => {
  checkReadBack(
    (trees) => trees.toml(ROOT),
    tomlFile,
    (text) => JSON.parse(JSON.stringify(parseToml(text))),
  );
});

test(`${String(RUNS)} random YAML files read as the trees that they are made of`, () => {
  checkReadBack(
    (trees) => trees.map(ROOT),
    yamlFile,
    // A map value after an own key may bring that key again; the last one counts.
    (text) => (parseYaml(text, { uniqueKeys: false }) ?? {}) as unknown,
  );
});
