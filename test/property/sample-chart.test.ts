import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdk8s';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { RuleError, ValuesError, writeChart } from '../../src/helm';
import { isMap } from '../../src/helm/expression/go-value';
import { evaluateManifest, renderTextFile } from '../../src/helm/manifest/evaluate-manifest';
import { TextFile } from '../../src/helm/manifest/node';
import { walk } from '../../src/helm/manifest/walk';
import { HELM_4 } from '../real-helm/binaries';
import { differences } from './differences';
import { checkEquality } from './equality';
import { drawSets } from './equality-proof';
import { releaseArbitrary, type ReleaseSet } from './release-arbitrary';
import { SampleChart } from './sample-chart';
import { sampleSets } from './sample-sets';

// These tests are fast: each mutant of the layer is run against them first.

function newChart(): SampleChart {
  return new SampleChart(new App());
}

function namedSet(wanted: string): ReleaseSet {
  const found = sampleSets.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new Error(`there is no set '${wanted}'`);
  }
  return found.set;
}

/** What an object of a release holds: its `spec` or `data`. */
function contentOf(set: ReleaseSet, objectName: string): unknown {
  const object = newChart()
    .manifests(set)
    .find(({ metadata }) => isMap(metadata) && metadata.name === objectName);
  return object?.spec ?? object?.data;
}

describe('by hand:', () => {
  test('which objects there are', () => {
    const kinds = (name: string) =>
      newChart()
        .manifests(namedSet(name))
        .map(({ kind }) => kind);
    const always = ['Deployment', 'Service', 'ConfigMap', 'Probe', 'Probe', 'Probe'];
    expect(kinds('defaults')).toEqual(always);
    expect(kinds('TLS without more output')).toEqual(always);
    expect(kinds('everything on').sort()).toEqual([...always, 'Ingress'].sort());
    expect(kinds('mixed').sort()).toEqual([...always, 'ConfigMap', 'Ingress'].sort());
  });

  test('shapes of the defaults', () => {
    const spec = contentOf(namedSet('defaults'), 'rsample-shapes');
    expect(
      differences(spec, {
        scalar: '',
        ratio: 0.5,
        either: [''],
        items: [{ fourth: 4 }],
        empties: { list: [], map: {} },
        extra: {},
        words: ['b', 'a'],
        optionalWords: ['b', 'a'],
        spliced: ['b', 'a', 'info'],
        spread: { y: 'own', team: 'blue' },
        spreadEarly: { own: 1 },
        loops: [{ at: 0, label: 'main:80', root: '' }],
        zero: 'not zero',
        chain: 'c',
        elseKnows: { always: 1 },
        spreadUnder: { last: 1 },
        labels: {
          'app.kubernetes.io/instance': 'sample',
          'app.kubernetes.io/version': '1.27',
        },
        block: 'one\n\ninfo\n',
      }),
    ).toEqual([]);
  });

  test('shapes with everything on', () => {
    const spec = contentOf(namedSet('everything on'), 'r1e3-shapes');
    const text = 'aé "q" <b>& e: e 漢\\';
    const env = { z: '0', y: 'é', '🎉': 'true', '！': '1e3' };
    const entry = (key: string, value: string) => ({ key, value, verbose: true });
    expect(
      differences(spec, {
        scalar: text,
        ratio: 250_000_000,
        optional: { timeout: 0, comment: 'c' },
        known: { after: 0, twice: 0 },
        set: { remark: 'c' },
        nested: { deeper: [1], other: true },
        either: { a: 1 },
        twoWays: [1],
        guardOfElse: { only: 1 },
        conditional: { a: 1, b: 2 },
        items: [
          { first: 1, second: 2 },
          { third: 0, fourth: 4 },
        ],
        onlyLoops: ['a'],
        empties: { list: [], map: {} },
        extra: { deep: [{ no: 'yes' }] },
        words: ['yes', 'a'],
        optionalWords: ['yes', 'a'],
        spliced: ['yes', 'a', 'no', ['yes', 'a']],
        spread: { ...env, y: 'own', team: 'blue', tier: 'theirs', zone: 'a' },
        spreadEarly: { own: 1, ...env },
        entries: {
          'k-y': entry('y', 'é'),
          'k-z': entry('z', '0'),
          'k-！': entry('！', '1e3'),
          'k-🎉': entry('🎉', 'true'),
        },
        loops: [
          {
            at: 0,
            label: 'a:1',
            weight: 0,
            note: 'n',
            tags: [
              { tag: 'x', both: 0 },
              { tag: 'y', both: 1 },
            ],
            root: text,
          },
          { at: 1, label: 'b:2', root: text },
        ],
        // In the order of the keys' bytes.
        pairs: ['y=é', 'z=0', '！=1e3', '🎉=true'],
        limit: { soft: 0, hard: 1 },
        zero: 'not zero',
        chain: 'a',
        elseKnows: 'given',
        spreadUnder: { ...env, y: 'own', last: 1 },
        labels: { 'app.kubernetes.io/instance': '1e3', 'app.kubernetes.io/version': '1.27' },
        block: 'one\n\nno\n',
      }),
    ).toEqual([]);
  });

  test('functions with everything on', () => {
    const spec = contentOf(namedSet('everything on'), 'r1e3-functions');
    const text = 'aé "q" <b>& e: e 漢\\';
    expect(
      differences(spec, {
        eq: false,
        ne: true,
        numbers: [true, true, true, true],
        sums: [4, -2, 9],
        div: [1, -1],
        logic: [true, false],
        has: true,
        hasKey: true,
        found: [true, true, false],
        matches: false,
        replaced: 'nginx',
        swapped: 'aé "q" <b>& %: % 漢\\',
        cut: ['n1', '1.2'],
        trimmed: 'ngin',
        lower: 'n1.2',
        joined: 'yes,a',
        or: 'c',
        encoded: 'YcOpICJxIiA8Yj4mIGU6IGUg5ryiXA==',
        hashed: '3940bb85868466e212eedbe097e80882ace91f6c06a323c197d405d5b295c86b',
        lengths: [2, 22, 4],
        texts: ['2000000', 'true', '250000000'],
        chosen: text,
        picked: 2_000_000,
        given: [true, true],
        rest: { z: '0', '🎉': 'true', '！': '1e3' },
        odd: 'q',
        release: [false, true, 'Helm', 'messaging'],
        text: `100% "${text}" \\ 2000000`,
        quotable: 'nginx/no: x',
        inline: 'n1.2.3',
      }),
    ).toEqual([]);
  });

  test('properties, a script and peers with everything on', () => {
    const data = contentOf(namedSet('everything on'), 'r1e3-files');
    expect(data).toMatchObject({
      'app.properties':
        'level=no\nbig=2000000\ntimeout=0\nratio=250000000\nmode=safe\nx.one=1\nx.two=2\n',
      'start.sh':
        '#!/bin/sh\necho "2000000 no {{ x }}"\n\necho 50% of 3\n' +
        'set -x\nset -e\necho 3\necho 1\n0\nexit 0\n',
      peers: 'r1e3-0,r1e3-1,r1e3-2',
    });
  });

  test('what is refused, and what is not', () => {
    const chart = newChart();
    const refusal = (values: Record<string, unknown>) => () => chart.manifests({ values });
    expect(refusal({ mispelt: 1 })).toThrow(ValuesError);
    expect(refusal({ image: { mispelt: 1 } })).toThrow(/image: .*mispelt/);
    expect(refusal({ replicaCount: null })).toThrow(ValuesError);
    expect(refusal({ replicaCount: '2' })).toThrow(/replicaCount/);
    expect(refusal({ config: { listeners: [{ name: 'a' }] } })).toThrow(/config.listeners.0/);
    expect(refusal({ replicaCount: 6 })).toThrow(
      new RuleError('replicaCount: 6 is more than maxReplicas; raise maxReplicas'),
    );
    expect(refusal({ runAsUser: null, priorityClass: null, limit: null })).not.toThrow();
    expect(refusal({ global: { any: 1 }, enabled: true })).not.toThrow();
  });
});

/** The files of the chart's objects and templates that a parser can read. */
function parsedFiles(chart: SampleChart): readonly TextFile[] {
  const files = new Set<TextFile>();
  walk([chart.objectTrees().map(({ manifest }) => manifest)], (node) => {
    if (node instanceof TextFile) {
      files.add(node);
    }
  });
  return [...files].filter(({ format }) => ['yaml', 'toml', 'json'].includes(format));
}

const PARSERS: Record<string, (text: string) => unknown> = {
  yaml: (text) => parseYaml(text, { version: '1.1', merge: false }) as unknown,
  toml: parseToml,
  json: JSON.parse,
};

test.each(sampleSets)('files mean what their trees say: $name', ({ set }) => {
  const chart = newChart();
  const environment = chart.environmentOf(set);
  const files = parsedFiles(chart);
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const { format, tree } of files) {
    const text = renderTextFile(new TextFile(format, tree), environment);
    const plain = evaluateManifest(tree, environment);
    expect(differences(PARSERS[format](text), plain)).toEqual([]);
  }
});

test('named sets and some random ones are the same in Helm and evaluated', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sample-chart-test-'));
  try {
    const chart = newChart();
    const written = writeChart(chart, directory);
    const random = drawSets(chart, releaseArbitrary(chart), 12, 1);
    const sets = [...sampleSets.map(({ set }) => set), ...random];
    const { mismatches, rendered } = await checkEquality(chart, written, sets, { helm: HELM_4 });
    expect(mismatches).toEqual([]);
    expect(rendered.length).toBeGreaterThanOrEqual(16);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
});
