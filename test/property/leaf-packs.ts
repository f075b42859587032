import type { HelmChart } from '../../src/helm';
import { shownBy, withValueAt, type LeafSet } from './leaves';
import type { ReleaseSet } from './release-arbitrary';

/** A fault in a set of that many leaves is still found quickly. */
const MOST_LEAVES = 12;

interface Pack {
  readonly set: ReleaseSet;
  readonly shown: string;
  readonly leaves: ReadonlySet<string>;
}

/** The pack with one leaf more; undefined when that is in it, breaks a rule or shows nothing. */
function packWith(chart: HelmChart, pack: Pack, { leaf, path, value }: LeafSet): Pack | undefined {
  if (pack.leaves.has(leaf) || pack.leaves.size === MOST_LEAVES) {
    return undefined;
  }
  const set = { ...pack.set, values: withValueAt(pack.set.values, path, value) };
  const shown = shownBy(chart, set);
  return shown === undefined || shown === pack.shown
    ? undefined
    : { set, shown, leaves: new Set([...pack.leaves, leaf]) };
}

/** First a set for each leaf, then the second ones: those of one leaf cannot share a pack. */
function firstOfEach(sets: readonly LeafSet[]): readonly LeafSet[] {
  const isFirst = (each: LeafSet, index: number) =>
    sets.findIndex(({ leaf }) => leaf === each.leaf) === index;
  return [...sets.filter(isFirst), ...sets.filter((each, index) => !isFirst(each, index))];
}

/**
 * Fewer sets with the same leaves in them: several that were made from the same base become one,
 * as long as each shows there too. Rendering each alone would take Helm ten times as long.
 */
export function packedSets(chart: HelmChart, sets: readonly LeafSet[]): readonly ReleaseSet[] {
  const packed: ReleaseSet[] = [];
  const open = new Map<string, Pack>();
  for (const each of firstOfEach(sets)) {
    const pack = open.get(each.base);
    const larger = pack === undefined ? undefined : packWith(chart, pack, each);
    if (larger !== undefined) {
      open.set(each.base, larger);
      continue;
    }
    packed.push(...(pack === undefined ? [] : [pack.set]));
    const shown = shownBy(chart, each.set);
    if (shown === undefined) {
      open.delete(each.base);
      packed.push(each.set);
    } else {
      open.set(each.base, { set: each.set, shown, leaves: new Set([each.leaf]) });
    }
  }
  return [...packed, ...[...open.values()].map(({ set }) => set)];
}
