import fc from 'fast-check';
import { RuleError, ValuesError, type HelmChart } from '../../src/helm';
import { HELM_4, type HelmBinary } from '../real-helm/binaries';
import {
  checkEquality,
  evaluated,
  type EqualityReport,
  type Mismatch,
  type ObjectCheck,
  type RenderedSet,
} from './equality';
import { releaseArbitrary, type ReleaseSet } from './release-arbitrary';
import { shrink } from './shrink';

export interface EqualityProof {
  readonly chart: HelmChart;
  /** Where `writeChart` wrote the chart. */
  readonly directory: string;
  /** How many sets that keep the chart's rules; the environment variable RUNS multiplies it. */
  readonly runs: number;
  /** By default always the same; the environment variable SEED has precedence. */
  readonly seed?: number;
  /** Each with the share of the sets that it renders; by default all of them with Helm 4. */
  readonly helms?: readonly { readonly helm: HelmBinary; readonly share?: number }[];
  /** By default any values that fit the schema. */
  readonly sets?: fc.Arbitrary<ReleaseSet>;
  readonly check?: ObjectCheck;
}

/** What an equality proof covered. */
export interface ProvenEquality {
  readonly seed: number;
  readonly rendered: readonly RenderedSet[];
  readonly refusedByRule: number;
  readonly refusedBySchema: number;
}

const MAX_DRAWS_PER_RUN = 40;

/** A change is judged by the sets that judged the last one; SEED draws others. */
const FIXED_SEED = 20261122;

/** Any other error is a fault of the chart, and must not be passed over. */
function isRefused(outcome: unknown): boolean {
  return outcome instanceof RuleError || outcome instanceof ValuesError;
}

/** Sets that evaluation takes, and among them some of those that it refuses. */
export function drawSets(
  chart: HelmChart,
  sets: fc.Arbitrary<ReleaseSet>,
  runs: number,
  seed: number,
): readonly ReleaseSet[] {
  const taken: ReleaseSet[] = [];
  const refused: ReleaseSet[] = [];
  for (let round = 0; taken.length < runs; round += 1) {
    if (round >= MAX_DRAWS_PER_RUN) {
      throw new Error(
        `only ${String(taken.length)} of ${String(runs * round)} random sets keep the rules of ` +
          `${chart.metadata.name}: give an arbitrary of sets that do`,
      );
    }
    for (const set of fc.sample(sets, { numRuns: runs, seed: seed + round })) {
      (isRefused(evaluated(chart, set)) ? refused : taken).push(set);
    }
  }
  return [...taken.slice(0, runs), ...refused.slice(0, Math.ceil(runs / 10))];
}

function fromEnvironment(name: string): number | undefined {
  const text = process.env[name];
  return text === undefined || text === '' ? undefined : Number(text);
}

function describe(mismatch: Mismatch, seed: number): string {
  return [
    `Helm ${mismatch.helm} and evaluation do not agree (repeat with SEED=${String(seed)}).`,
    `Smallest set found: ${JSON.stringify(mismatch.set)}`,
    ...mismatch.problems.slice(0, 20),
  ].join('\n');
}

/** A share of some items, spread over all of them. */
function everyNth<X>(items: readonly X[], share: number): readonly X[] {
  return items.filter((_, index) => Math.floor(index * share) < Math.floor((index + 1) * share));
}

/**
 * Proves with random values that Helm renders what the chart evaluates to.
 *
 * @throws with the smallest failing set that it finds, and what differs there.
 */
export async function provesEquality(proof: EqualityProof): Promise<ProvenEquality> {
  const { chart, directory, helms = [{ helm: HELM_4 }] } = proof;
  const seed = fromEnvironment('SEED') ?? proof.seed ?? FIXED_SEED;
  const runs = Math.ceil(proof.runs * (fromEnvironment('RUNS') ?? 1));
  const all = drawSets(chart, proof.sets ?? releaseArbitrary(chart), runs, seed);
  const reports: EqualityReport[] = [];
  for (const { helm, share = 1 } of helms) {
    const sets = everyNth(all, share);
    process.stdout.write(
      `${chart.metadata.name}: ${String(sets.length)} sets, seed ${String(seed)}, ` +
        `Helm ${helm.version}\n`,
    );
    const check = (some: readonly ReleaseSet[]) =>
      checkEquality(chart, directory, some, { helm, check: proof.check });
    const report = await check(sets);
    const mismatch = report.mismatches.at(0);
    if (mismatch !== undefined) {
      const smallest = await shrink(mismatch, async (smaller) =>
        (await check(smaller)).mismatches.at(0),
      );
      throw new Error(describe(smallest, seed));
    }
    reports.push(report);
  }
  return {
    seed,
    rendered: reports.flatMap(({ rendered }) => rendered),
    refusedByRule: reports.reduce((sum, report) => sum + report.refusedByRule, 0),
    refusedBySchema: reports.reduce((sum, report) => sum + report.refusedBySchema, 0),
  };
}
