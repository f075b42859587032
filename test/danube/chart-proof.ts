import { App } from 'cdk8s';
import fc from 'fast-check';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartFiles, writeChart, type HelmChart } from '../../src/helm';
import { validateObject } from '../objects/validate-object';
import { oneWayConditions } from '../property/coverage';
import { checkEquality, type ObjectCheck } from '../property/equality';
import { provesEquality } from '../property/equality-proof';
import { packedSets } from '../property/leaf-packs';
import { leafSets, type NamedSet } from '../property/leaves';
import {
  namespace,
  releaseArbitrary,
  releaseName,
  type ReleaseSet,
} from '../property/release-arbitrary';
import { HELM_3_12, HELM_3_17, HELM_4, helmVersions, matrixVersions } from '../real-helm/binaries';
import { helmLint, helmTemplate } from '../real-helm/run-helm';
import { at } from './core/core-sets';
import { decoded } from './core/decoded';

type Values = Record<string, unknown>;

/** Values that a rule of the chart refuses, and the path that the message begins with. */
export type RefusedSet = NamedSet & { readonly path: string };

/** Values that the schema of the chart refuses, and what its message names. */
export interface MisspeltValues {
  readonly what: string;
  readonly names: string;
  readonly values: Values;
}

/** What `proveEquality` takes. */
export interface ChartEquality {
  readonly newChart: (app: App) => HelmChart;
  /** Sets that between them use every part of the chart. */
  readonly named: readonly NamedSet[];
  /** One set or more for each rule that breaks it. */
  readonly refused: readonly NamedSet[];
  /** Where each value is looked for, as what changes when it does; default: the named sets. */
  readonly leafBases?: readonly NamedSet[];
  /** Random values with as little changed as the chart's rules demand. */
  readonly keepingRules: (values: Values) => Values;
  readonly check: ObjectCheck;
}

export interface ChartProof extends ChartEquality {
  readonly refused: readonly RefusedSet[];
  readonly misspelt: readonly MisspeltValues[];
}

const CHARTS_OUT = join(__dirname, '../../charts-out');
const helms = process.env.HELM_MATRIX === undefined ? helmVersions : matrixVersions;

/** The message with which evaluating the chart refuses values. */
export function refusalOf(chart: HelmChart, set: ReleaseSet): string {
  try {
    chart.manifests(set);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'not refused';
}

/** Both readings of a chart are the same: tests to be called in a file of its own. */
export function proveEquality(proof: ChartEquality): void {
  const { newChart, named, refused, keepingRules, check } = proof;
  const chart = newChart(new App());
  let output: string;
  let directory: string;

  beforeAll(() => {
    output = mkdtempSync(join(tmpdir(), 'chart-proof-'));
    directory = writeChart(chart, output);
  });

  afterAll(() => {
    rmSync(output, { recursive: true });
  });

  test('500 random releases are the same in Helm 4 and evaluated, and sound', async () => {
    const { rendered } = await provesEquality({
      chart,
      directory,
      runs: 500,
      sets: releaseArbitrary(chart).map((release) => ({
        ...release,
        values: keepingRules(release.values),
      })),
      helms: [{ helm: HELM_4 }, { helm: HELM_3_17, share: 0.1 }, { helm: HELM_3_12, share: 0.1 }],
      check,
    });
    expect(rendered.length).toBeGreaterThanOrEqual(process.env.RUNS === undefined ? 600 : 1);
  });

  test('every value shows, every gate, condition and rule goes both ways', async () => {
    const { sets, dead } = leafSets(chart, proof.leafBases ?? named);
    expect(dead).toEqual([]);
    const leaves = sets.map(({ set }) => set);
    const all = [...named, ...refused].map(({ set }) => set);
    expect(oneWayConditions(chart, [...all, ...leaves])).toEqual([]);
    const packed = packedSets(chart, sets);
    const { mismatches } = await checkEquality(chart, directory, packed, { helm: HELM_4 });
    expect(mismatches).toEqual([]);
  });

  // Of the named sets every Helm renders the same bytes: tests of their own.
  test('the named sets are the same in Helm 4 and evaluated, and sound', async () => {
    const sets = named.map(({ set }) => set);
    const { mismatches } = await checkEquality(chart, directory, sets, { helm: HELM_4, check });
    expect(mismatches).toEqual([]);
  });
}

/** What every chart is held to: tests for one chart, to be called in a file of its own. */
export function proveChart(proof: ChartProof): void {
  proveEquality({ ...proof, leafBases: [...proof.named, ...proof.refused] });
  const { newChart, named, refused, misspelt } = proof;
  const chart = newChart(new App());
  const committed = join(CHARTS_OUT, chart.metadata.name);

  const everyHelm = (values: Values) =>
    Promise.all(helmVersions.map((helm) => helmTemplate({ helm, chart: committed, values })));

  test('charts-out is what the sources emit, and again what they emit', () => {
    const files = chartFiles(newChart(new App()));
    expect(chartFiles(newChart(new App()))).toEqual(files);
    const found = !existsSync(committed)
      ? []
      : readdirSync(committed, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(committed.length + 1));
    expect(found.sort()).toEqual([...files.keys()].sort());
    for (const [path, content] of files) {
      expect(readFileSync(join(committed, path), 'utf8')).toBe(content);
    }
  });

  test.each(helms)('Helm $version lints it strictly', async (helm) => {
    const { ok, stdout } = await helmLint({ helm, chart: committed });
    expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(ok).toBe(true);
  });

  test.each(named)('every Helm renders the same bytes: $name', async ({ set }) => {
    const { releaseName: release, namespace: space, values } = set;
    const renders = await Promise.all(
      helms.map((helm) =>
        helmTemplate({ helm, chart: committed, release, namespace: space, values }),
      ),
    );
    for (const { ok, stdout, stderr } of renders) {
      expect(stderr).toBe('');
      expect(ok).toBe(true);
      expect(stdout).toBe(renders[0].stdout);
    }
  });

  test.each(refused)('a broken rule is one line everywhere: $name', async ({ set, path }) => {
    const message = refusalOf(chart, set);
    expect(message.startsWith(`${path}: `) ? path : message).toBe(path);
    expect(message).not.toContain('\n');
    for (const { ok, stderr } of await everyHelm(set.values)) {
      expect(ok).toBe(false);
      expect(stderr).toContain(message);
    }
  });

  test.each(misspelt)('the schema refuses $what and names $names', async ({ names, values }) => {
    expect(() => chart.values.resolve(values)).toThrow(names);
    for (const { ok, stderr } of await everyHelm(values)) {
      expect(ok).toBe(false);
      expect(stderr).toContain("values don't meet the specifications of the schema");
      expect(stderr).toContain(names);
    }
  });

  test('no line of a template is too long to read', () => {
    const paths = [...chartFiles(chart).keys()].filter((path) =>
      /^templates\/.*(yaml|tpl)$/.test(path),
    );
    const lines = paths.flatMap((path) => readFileSync(join(committed, path), 'utf8').split('\n'));
    expect(lines.filter((line) => line.length > 200 && !line.includes('expr: '))).toEqual([]);
  });

  test('every release name and namespace gives valid, unique names', () => {
    const everywhere = fc.tuple(fc.constantFrom(...named), releaseName, namespace);
    fc.assert(
      fc.property(everywhere, ([{ set }, name, space]) => {
        const objects = decoded(chart, { ...set, releaseName: name, namespace: space });
        expect(objects.flatMap(validateObject)).toEqual([]);
        const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 300 },
    );
  });

  test('no pod knows the version of the chart, so a new one restarts none', () => {
    for (const { set } of named) {
      const pods = decoded(chart, set).map(({ spec }) =>
        JSON.stringify(at(spec, 'template') ?? {}),
      );
      for (const pod of pods) {
        expect(pod).not.toMatch(/helm\.sh\/chart|app\.kubernetes\.io\/version/);
      }
    }
  });
}
