import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { z } from 'zod';
import { RuleError, ValuesError, type HelmChart } from '../../src/helm';
import { isMap } from '../../src/helm/expression/go-value';
import { fieldsOf, isGroup, schemaNode } from '../../src/helm/values/schema-node';
import type { ReleaseSet } from './release-arbitrary';
import { releaseObjects } from './release-objects';
import { accepts, valueArbitrary, type Values } from './values-arbitrary';

/** A value that a user sets as one: a scalar, a list, a map of free keys. */
export interface Leaf {
  readonly path: readonly string[];
  readonly schema: z.core.$ZodType;
  /** Its own examples, and what those of the maps around it hold here. */
  readonly examples: readonly unknown[];
}

/** A set of values with a name for messages. */
export interface NamedSet {
  readonly name: string;
  readonly set: ReleaseSet;
}

/** A set in which one leaf has a value other than its default, and shows it. */
export interface LeafSet {
  readonly leaf: string;
  readonly path: readonly string[];
  readonly value: unknown;
  /** The name of the set that was changed. */
  readonly base: string;
  readonly set: ReleaseSet;
}

export interface LeafSets {
  /** Two for each leaf, or as many as it has values that show. */
  readonly sets: readonly LeafSet[];
  /** Leaves whose change changes neither an object nor the notes nor breaks a rule, in any base. */
  readonly dead: readonly string[];
}

const SHOWN_VALUES = 2;
const TRIED_VALUES = 8;
const DRAWS = 40;

function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isMap(inner) ? inner[key] : undefined), values);
}

/** Values with one of them replaced, however deep. */
export function withValueAt(
  values: Values,
  [key, ...rest]: readonly string[],
  value: unknown,
): Values {
  const inner = values[key];
  const changed = rest.length > 0 ? withValueAt(isMap(inner) ? inner : {}, rest, value) : value;
  return { ...values, [key]: changed };
}

/** Every leaf of a values schema, in its order. A key that is always refused is none. */
export function leavesOf(
  schema: z.core.$ZodType,
  path: readonly string[] = [],
  outerExamples: readonly unknown[] = [],
): readonly Leaf[] {
  return (fieldsOf(schema) ?? []).flatMap(([key, field]) => {
    if (schemaNode(field).meta.refused !== undefined) {
      return [];
    }
    const inside = [...path, key];
    const inherited = outerExamples.map((example) => valueAt(example, [key]));
    const examples = [...(schemaNode(field).meta.examples ?? []), ...inherited];
    return isGroup(field)
      ? leavesOf(field, inside, examples)
      : [{ path: inside, schema: field, examples }];
  });
}

/** Some values of a leaf that are not its default; the same ones each time. */
export function valuesOfLeaf(leaf: Leaf, defaults: unknown): readonly unknown[] {
  const drawn = fc.sample(valueArbitrary(leaf.schema), { numRuns: DRAWS, seed: 1 });
  const given = [...leaf.examples, ...drawn].filter(
    (value) => value !== undefined && value !== null && accepts(leaf.schema, value),
  );
  const known: unknown[] = [valueAt(defaults, leaf.path)];
  for (const value of given) {
    if (!known.some((other) => isDeepStrictEqual(other, value))) {
      known.push(value);
    }
  }
  return known.slice(1, 1 + TRIED_VALUES);
}

interface Outcome {
  /** All that a release shows, as text; undefined when the values are refused. */
  readonly shown: string | undefined;
  readonly breaksRule: boolean;
}

type Base = NamedSet & Outcome;

function outcomeOf(chart: HelmChart, set: ReleaseSet): Outcome {
  try {
    const shown = JSON.stringify([releaseObjects(chart, set), chart.renderNotes(set)]);
    return { shown, breaksRule: false };
  } catch (error) {
    if (error instanceof RuleError || error instanceof ValuesError) {
      return { shown: undefined, breaksRule: error instanceof RuleError };
    }
    throw error;
  }
}

/** All that a release shows, as text; undefined when the values are refused. */
export function shownBy(chart: HelmChart, set: ReleaseSet): string | undefined {
  return outcomeOf(chart, set).shown;
}

/** The first base that a leaf's value changes in a telling way, with that value in it. */
function changedSet(
  chart: HelmChart,
  leaf: Leaf,
  value: unknown,
  bases: readonly Base[],
  isTelling: (changed: Outcome, base: Base) => boolean,
): LeafSet | undefined {
  for (const base of bases) {
    const set = { ...base.set, values: withValueAt(base.set.values, leaf.path, value) };
    if (isTelling(outcomeOf(chart, set), base)) {
      return { leaf: leaf.path.join('.'), path: leaf.path, value, base: base.name, set };
    }
  }
  return undefined;
}

function isShown(changed: Outcome, base: Base): boolean {
  return changed.shown !== undefined && changed.shown !== base.shown;
}

/** Of a leaf that cannot change alone: its other values break a rule that the base keeps. */
function isRefused(changed: Outcome, base: Base): boolean {
  return changed.breaksRule && base.shown !== undefined;
}

/** How many keys on the way to a leaf a set of values has. */
function nearness(values: Values, path: readonly string[]): number {
  const missing = path.findIndex(
    (_, index) => valueAt(values, path.slice(0, index + 1)) === undefined,
  );
  return missing < 0 ? path.length : missing;
}

/** Sets that say something near a leaf show it most likely, so they come first. */
function nearestFirst(bases: readonly Base[], { path }: Leaf): readonly Base[] {
  return [...bases].sort((a, b) => nearness(b.set.values, path) - nearness(a.set.values, path));
}

function setsOfLeaf(chart: HelmChart, leaf: Leaf, all: readonly Base[]): readonly LeafSet[] {
  const values = valuesOfLeaf(leaf, chart.values.defaults);
  const bases = nearestFirst(all, leaf);
  const found: LeafSet[] = [];
  for (const value of values) {
    const set = changedSet(chart, leaf, value, bases, isShown);
    if (set !== undefined && found.push(set) === SHOWN_VALUES) {
      return found;
    }
  }
  for (const value of found.length === 0 ? values : []) {
    const set = changedSet(chart, leaf, value, bases, isRefused);
    if (set !== undefined) {
      return [set];
    }
  }
  return found;
}

/**
 * For each leaf of the chart's values, sets in which it has a value other than its default and
 * that shows: in the objects, in the notes, or else in the rule that it breaks. They are made from
 * the base sets, first come first.
 */
export function leafSets(chart: HelmChart, bases: readonly NamedSet[]): LeafSets {
  const known = bases.map((base) => ({ ...base, ...outcomeOf(chart, base.set) }));
  const leaves = leavesOf(chart.values.schema);
  const found = leaves.map((leaf) => setsOfLeaf(chart, leaf, known));
  return {
    sets: found.flat(),
    dead: leaves.filter((_, index) => found[index].length === 0).map(({ path }) => path.join('.')),
  };
}
