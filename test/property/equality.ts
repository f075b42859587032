import { RuleError, ValuesError, type HelmChart } from '../../src/helm';
import type { HelmBinary } from '../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../real-helm/decode';
import { mapLimit } from '../real-helm/map-limit';
import { helmTemplate } from '../real-helm/run-helm';
import type { ProcessResult } from '../real-helm/run-process';
import { differences } from './differences';
import type { ReleaseSet } from './release-arbitrary';
import { releaseObjects } from './release-objects';

/** What Helm made of one set of values. */
export interface RenderedSet {
  readonly set: ReleaseSet;
  readonly text: string;
  readonly objects: readonly DecodedObject[];
}

/** A set of values with which the two readings of a chart do not agree. */
export interface Mismatch {
  readonly set: ReleaseSet;
  readonly helm: string;
  /** What differs, a line each: `ConfigMap/a: data.x: Helm has "1", evaluated is "2"`. */
  readonly problems: readonly string[];
}

export interface EqualityReport {
  readonly mismatches: readonly Mismatch[];
  /** The sets that both readings took, with what Helm rendered. */
  readonly rendered: readonly RenderedSet[];
  /** How many sets both readings refused with the same text of a rule. */
  readonly refusedByRule: number;
  /** How many sets both readings refused because they do not fit the schema. */
  readonly refusedBySchema: number;
}

/** More than equality: what is wrong with the objects of a release, a line each. */
export type ObjectCheck = (objects: readonly DecodedObject[], set: ReleaseSet) => readonly string[];

export interface EqualityOptions {
  readonly helm: HelmBinary;
  /** Run on what Helm rendered, for example a check against the types of Kubernetes. */
  readonly check?: ObjectCheck;
}

const DECODED_AT_ONCE = 25;
const SCHEMA_REFUSAL = "values don't meet the specifications of the schema";

type Evaluated = readonly Record<string, unknown>[] | Error;

/** By chart and set: several Helms are compared with the same. */
const known = new WeakMap<HelmChart, WeakMap<ReleaseSet, Evaluated>>();

/** What evaluating the chart gives: objects, or the error that refuses the values. */
export function evaluated(chart: HelmChart, set: ReleaseSet): Evaluated {
  const ofChart = known.get(chart) ?? new WeakMap<ReleaseSet, Evaluated>();
  known.set(chart, ofChart);
  const outcome = ofChart.get(set) ?? evaluateNow(chart, set);
  ofChart.set(set, outcome);
  return outcome;
}

function evaluateNow(chart: HelmChart, set: ReleaseSet): Evaluated {
  try {
    return releaseObjects(chart, set);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

type Refusal = 'by rule' | 'by schema';

/** Where Helm says that a subchart is; an alias stands for its name. */
function placeOf(subchart: string): string {
  return `/charts/${subchart}/templates/`;
}

/** How Helm should refuse what evaluation refused; undefined when evaluation itself broke. */
function refusal(
  error: Error,
): { readonly kind: Refusal; readonly texts: readonly string[] } | undefined {
  if (error instanceof RuleError) {
    return { kind: 'by rule', texts: [error.ownMessage, ...error.subcharts.map(placeOf)] };
  }
  return error instanceof ValuesError ? { kind: 'by schema', texts: [SCHEMA_REFUSAL] } : undefined;
}

function refusalProblems(error: Error, { ok, stderr }: ProcessResult): readonly string[] {
  const expected = refusal(error);
  if (expected === undefined) {
    return [`evaluation failed: ${error.stack ?? error.message}`];
  }
  if (ok) {
    return [`Helm renders what evaluation refuses: ${error.message}`];
  }
  return expected.texts.every((text) => stderr.includes(text))
    ? []
    : [`evaluation refuses with "${error.message}", Helm with "${stderr.trim()}"`];
}

type ByName = ReadonlyMap<string, unknown>;

function byName(objects: readonly object[]): ByName {
  const named = new Map<string, unknown>();
  for (const object of objects) {
    const { kind, metadata }: { kind?: unknown; metadata?: { name?: unknown } } = object;
    const name = `${String(kind)}/${String(metadata?.name)}`;
    named.set(named.has(name) ? `${name} (once more)` : name, object);
  }
  return named;
}

function objectProblems(
  rendered: readonly DecodedObject[],
  manifests: readonly object[],
): readonly string[] {
  const helm = byName(rendered);
  const own = byName(manifests);
  return [...new Set([...helm.keys(), ...own.keys()])].flatMap((name) =>
    differences(helm.get(name), own.get(name)).map((problem) => `${name}: ${problem}`),
  );
}

function inChunks<X>(items: readonly X[], size: number): readonly (readonly X[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** What kubectl reads in each text; an error for a text that it cannot read. */
async function decoded(
  texts: readonly string[],
): Promise<readonly (readonly DecodedObject[] | Error)[]> {
  try {
    return await decodeManifests(texts);
  } catch (error) {
    if (texts.length > 1) {
      return mapLimit(texts, async (text) => (await decoded([text]))[0]);
    }
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

/**
 * Renders each set with a real Helm, evaluates it, and compares the two, object by object. A set
 * that evaluation refuses has to be refused by Helm with the same text.
 */
export async function checkEquality(
  chart: HelmChart,
  directory: string,
  sets: readonly ReleaseSet[],
  { helm, check = () => [] }: EqualityOptions,
): Promise<EqualityReport> {
  const runs = await mapLimit(sets, async (set) => {
    const result = await helmTemplate({
      helm,
      chart: directory,
      release: set.releaseName ?? chart.metadata.name,
      namespace: set.namespace ?? 'default',
      values: set.values,
      args: set.isUpgrade === true ? ['--is-upgrade'] : [],
    });
    return { set, result, own: evaluated(chart, set) };
  });
  const mismatches: Mismatch[] = [];
  const report = (set: ReleaseSet, problems: readonly string[]) => {
    if (problems.length > 0) {
      mismatches.push({ set, helm: helm.version, problems });
    }
  };
  const refused: Error[] = [];
  const compared: { set: ReleaseSet; text: string; manifests: readonly object[] }[] = [];
  for (const { set, result, own } of runs) {
    if (own instanceof Error) {
      refused.push(own);
      report(set, refusalProblems(own, result));
    } else if (result.ok) {
      compared.push({ set, text: result.stdout, manifests: own });
    } else {
      report(set, [`Helm refuses what evaluation takes: ${result.stderr.trim()}`]);
    }
  }
  const rendered: RenderedSet[] = [];
  await mapLimit(inChunks(compared, DECODED_AT_ONCE), async (chunk) => {
    const renders = await decoded(chunk.map(({ text }) => text));
    renders.forEach((objects, index) => {
      const { set, text, manifests } = chunk[index];
      if (objects instanceof Error) {
        report(set, [objects.message]);
        return;
      }
      rendered.push({ set, text, objects });
      report(set, [...objectProblems(objects, manifests), ...check(objects, set)]);
    });
  });
  return {
    mismatches,
    rendered,
    refusedByRule: refused.filter((error) => error instanceof RuleError).length,
    refusedBySchema: refused.filter((error) => error instanceof ValuesError).length,
  };
}
