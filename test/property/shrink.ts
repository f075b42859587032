import { isMap } from '../../src/helm/expression/go-value';
import type { ReleaseSet } from './release-arbitrary';

/** How many sets a search tries; each costs a run of Helm. */
const MAX_TRIES = 400;
const TRIED_AT_ONCE = 8;

/** A value with less in it: without one of its parts, or with a smaller part. */
function* smallerValues(value: unknown): Generator {
  if (typeof value === 'string' && value !== '') {
    const middle = Math.ceil(value.length / 2);
    yield '';
    yield value.slice(0, middle);
    yield value.slice(middle);
    yield value.slice(0, -1);
    yield value.slice(1);
  } else if (Array.isArray(value)) {
    for (const index of value.keys()) {
      yield value.toSpliced(index, 1);
    }
    for (const [index, item] of value.entries()) {
      for (const smaller of smallerValues(item)) {
        yield value.with(index, smaller);
      }
    }
  } else if (isMap(value)) {
    const keys = Object.keys(value);
    for (const key of keys) {
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    }
    for (const key of keys) {
      for (const smaller of smallerValues(value[key])) {
        yield { ...value, [key]: smaller };
      }
    }
  }
}

function* smallerSets(set: ReleaseSet): Generator<ReleaseSet> {
  const { values, ...rest } = set;
  if (Object.keys(rest).length > 0) {
    yield { values };
  }
  for (const key of Object.keys(rest)) {
    yield { values, ...Object.fromEntries(Object.entries(rest).filter(([name]) => name !== key)) };
  }
  for (const smaller of smallerValues(values)) {
    if (isMap(smaller)) {
      yield { ...rest, values: smaller };
    }
  }
}

function take<X>(iterator: Iterator<X>, count: number): readonly X[] {
  const taken: X[] = [];
  for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
    taken.push(next.value);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

/**
 * The smallest failing set that leaving parts away leads to. `firstFailure` gives what fails first
 * of some sets, if any of them does.
 */
export async function shrink<F extends { readonly set: ReleaseSet }>(
  failure: F,
  firstFailure: (sets: readonly ReleaseSet[]) => Promise<F | undefined>,
): Promise<F> {
  let smallest = failure;
  let candidates = smallerSets(smallest.set);
  for (let tries = 0; tries < MAX_TRIES; tries += TRIED_AT_ONCE) {
    const sets = take(candidates, TRIED_AT_ONCE);
    if (sets.length === 0) {
      break;
    }
    const smaller = await firstFailure(sets);
    if (smaller !== undefined) {
      smallest = smaller;
      candidates = smallerSets(smallest.set);
    }
  }
  return smallest;
}
