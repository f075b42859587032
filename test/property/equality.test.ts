import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdk8s';
import fc from 'fast-check';
import { writeChart } from '../../src/helm';
import { HELM_3_12, HELM_3_17, HELM_4 } from '../real-helm/binaries';
import { checkEquality } from './equality';
import { drawSets, provesEquality } from './equality-proof';
import { leafSets } from './leaves';
import { releaseArbitrary, type ReleaseSet } from './release-arbitrary';
import { SampleChart } from './sample-chart';
import { sampleSets } from './sample-sets';
import { spoiledSets } from './spoiled-values';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'equality-test-'));
const chart = new SampleChart(new App({ outdir: path.join(directory, 'plain') }));
const written = writeChart(chart, directory);

afterAll(() => {
  fs.rmSync(directory, { recursive: true });
});

/** A copy of the chart in which one file was edited by hand; without an edit it is removed. */
function editedChart(name: string, file: string, edit?: (text: string) => string): string {
  const copy = path.join(directory, name);
  fs.cpSync(written, copy, { recursive: true });
  const target = path.join(copy, 'templates', file);
  const text = fs.readFileSync(target, 'utf8');
  fs.rmSync(target);
  if (edit !== undefined) {
    expect(edit(text)).not.toBe(text);
    fs.writeFileSync(target, edit(text));
  }
  return copy;
}

async function problemsOf(copy: string, set: ReleaseSet): Promise<readonly string[]> {
  const { mismatches } = await checkEquality(chart, copy, [set], { helm: HELM_4 });
  return mismatches.flatMap(({ problems }) => problems);
}

test('random values: Helm renders what the chart evaluates to', async () => {
  const proven = await provesEquality({
    chart,
    directory: written,
    runs: 60,
    helms: [{ helm: HELM_4 }, { helm: HELM_3_17, share: 1 / 6 }, { helm: HELM_3_12, share: 1 / 6 }],
  });
  expect(proven.rendered.length).toBeGreaterThanOrEqual(60 * (Number(process.env.RUNS) || 1));
  expect(proven.rendered[0].objects.length).toBeGreaterThan(4);
});

test('named sets and every leaf: Helm renders what the chart evaluates to', async () => {
  const { sets, dead } = leafSets(chart, sampleSets);
  expect(dead).toEqual([]);
  const all = [...sampleSets, ...sets].map(({ set }) => set);
  const report = await checkEquality(chart, written, all, { helm: HELM_4 });
  expect(report.mismatches).toEqual([]);
  expect(report.rendered).toHaveLength(all.length);
});

test('what evaluation refuses is refused by Helm, with the same rule', async () => {
  const broken: ReleaseSet = { values: { replicaCount: 3, maxReplicas: 2 } };
  const report = await checkEquality(chart, written, [broken], { helm: HELM_4 });
  expect(report).toEqual({ mismatches: [], rendered: [], refusedByRule: 1, refusedBySchema: 0 });
});

test.each([HELM_4, HELM_3_12])('wrong values are refused by Helm $version too', async (helm) => {
  const sets = fc.sample(spoiledSets(chart), { numRuns: 40, seed: 7 });
  const report = await checkEquality(chart, written, sets, { helm });
  expect(report.mismatches).toEqual([]);
  expect(report.refusedBySchema).toBeGreaterThan(20);
  expect(report.rendered.length).toBeGreaterThan(0);
});

describe('an inequality is found:', () => {
  test('a field', async () => {
    const copy = editedChart('field', 'service.yaml', (text) => text.replace('443', '444'));
    expect(await problemsOf(copy, { values: { ingress: { tls: true } } })).toEqual([
      'Service/rsample-web: spec.ports.0.port: Helm has 444, evaluated is 443',
    ]);
    expect(await problemsOf(copy, { values: {} })).toEqual([]);
  });

  test('an object that only one reading has', async () => {
    const copy = editedChart('lost', 'service.yaml');
    const problems = await problemsOf(copy, { values: {} });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Service\/rsample-web: : Helm has \(absent\), evaluated is \{/);
  });

  test('an object that one reading has twice', async () => {
    const copy = editedChart('twice', 'service.yaml', (text) => `${text}---\n${text}`);
    const [problem] = await problemsOf(copy, { values: {} });
    expect(problem).toMatch(/^Service\/rsample-web \(once more\): .*evaluated is \(absent\)$/);
  });

  test('a rule that only one reading knows', async () => {
    const copy = editedChart('no-rules', 'validate.yaml');
    const [problem] = await problemsOf(copy, { values: { replicaCount: 3, maxReplicas: 2 } });
    expect(problem).toMatch(/^Helm renders what evaluation refuses: replicaCount: 3 is more/);
  });

  test('a rule with another text', async () => {
    const copy = editedChart('rule-text', 'validate.yaml', (text) => text.replace('raise', 'set'));
    const [problem] = await problemsOf(copy, { values: { replicaCount: 3, maxReplicas: 2 } });
    expect(problem).toMatch(
      /^evaluation refuses with ".*raise maxReplicas", Helm with ".*set max/s,
    );
  });

  test('a template that Helm cannot render, and text that Kubernetes cannot read', async () => {
    const failing = editedChart('failing', 'service.yaml', (text) => `${text}{{ fail "no" }}\n`);
    expect((await problemsOf(failing, { values: {} }))[0]).toMatch(/^Helm refuses what evaluation/);
    const unreadable = editedChart('unreadable', 'service.yaml', (text) =>
      text.replace('kind: Service\n', ''),
    );
    const sets = [{ values: {} }, { values: { replicaCount: 3 } }];
    const report = await checkEquality(chart, unreadable, sets, { helm: HELM_4 });
    expect(report.mismatches.map(({ problems }) => problems[0])).toEqual([
      expect.stringMatching(/^kubectl cannot decode render 0/),
      expect.stringMatching(/^kubectl cannot decode render 0/),
    ]);
  });

  test('an evaluation that breaks', async () => {
    class Broken extends SampleChart {
      override evaluator() {
        return {
          manifests(): never {
            throw new TypeError('x is not a function');
          },
        };
      }
    }
    const broken = new Broken(new App({ outdir: directory }));
    const { mismatches } = await checkEquality(broken, written, [{ values: {} }], { helm: HELM_4 });
    expect(mismatches[0].problems[0]).toMatch(/^evaluation failed: TypeError: x is not a function/);
    expect(drawSets(broken, releaseArbitrary(broken), 3, 1)).toHaveLength(3);
  });

  test('something that the check of the objects finds', async () => {
    const check = () => ['Service/a: is not valid'];
    const options = { helm: HELM_4, check };
    const { mismatches } = await checkEquality(chart, written, [{ values: {} }], options);
    expect(mismatches[0].problems).toEqual(['Service/a: is not valid']);
  });
});

test('random values find an inequality, and it shrinks to the value that it takes', async () => {
  const copy = editedChart('shrinks', 'service.yaml', (text) => text.replace('443', '444'));
  const proof = provesEquality({ chart, directory: copy, runs: 20, seed: 3 });
  await expect(proof).rejects.toThrow(
    [
      'Helm 4.1.4 and evaluation do not agree (repeat with SEED=3).',
      'Smallest set found: {"values":{"ingress":{"tls":true}}}',
      'Service/rsample-web: spec.ports.0.port: Helm has 444, evaluated is 443',
    ].join('\n'),
  );
});

test('sets that keep no rule are not passed over in silence', () => {
  const broken = fc.constant<ReleaseSet>({ values: { replicaCount: 3, maxReplicas: 2 } });
  expect(() => drawSets(chart, broken, 2, 1)).toThrow(
    'only 0 of 80 random sets keep the rules of sample',
  );
});

test('the same seed draws the same sets, most of them taken and some refused', () => {
  const sets = drawSets(chart, releaseArbitrary(chart), 20, 5);
  expect(sets).toEqual(drawSets(chart, releaseArbitrary(chart), 20, 5));
  expect(sets).not.toEqual(drawSets(chart, releaseArbitrary(chart), 20, 6));
  expect(sets.length).toBeGreaterThan(20);
});
