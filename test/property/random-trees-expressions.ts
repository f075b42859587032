import {
  add,
  and,
  asString,
  base64,
  choose,
  contains,
  div,
  eq,
  ge,
  gt,
  has,
  hasKey,
  hasPrefix,
  hasSuffix,
  isSet,
  join,
  le,
  len,
  literal,
  lower,
  lt,
  merge,
  mul,
  ne,
  not,
  omit,
  or,
  orElse,
  regexMatch,
  regexReplaceAll,
  Release,
  replace,
  sha256,
  str,
  sub,
  trimPrefix,
  trimSuffix,
  trunc,
  type Condition,
  type Expr,
} from '../../src/helm';
import type { Choices } from './random-trees-choices';
import { treeValues } from './random-trees-values';

/** The expressions that a place in a tree can refer to: values, and variables of its loops. */
export interface Scope {
  readonly strings: readonly Expr<string>[];
  readonly integers: readonly Expr<number>[];
  readonly booleans: readonly Expr<boolean>[];
  readonly words: readonly Expr<readonly string[]>[];
  readonly maps: readonly Expr<Readonly<Record<string, string>>>[];
  /** How many loops and collections are around. */
  readonly depth: number;
}

const { v } = treeValues;
const dashed = v['dash-key'];

export const ROOT: Scope = {
  strings: [v.text, v.emptyText, v.name, v.url, v.mode, Release.name, dashed['x.y']],
  integers: [v.count, v.zero, dashed.port],
  booleans: [v.on, v.off, Release.isUpgrade],
  words: [v.words],
  maps: [v.labels],
  depth: 0,
};

export function deeper(scope: Scope): Scope {
  return { ...scope, depth: scope.depth + 1 };
}

const PATTERNS = ['^[a-z]+$', '[0-9]', 'e.', '^$', '\\.'];

export function randomInteger(choices: Choices, scope: Scope): Expr<number> {
  const integer = () => choices.pick(scope.integers);
  return choices.oneOf<Expr<number>>(
    integer,
    integer,
    () => literal(choices.below(1000)),
    () => add(integer(), choices.below(10)),
    () => sub(integer(), v.zero),
    () => mul(v.count, choices.below(3)),
    () => div(integer(), choices.below(5) + 1),
    () => len(choices.pick([...scope.words, ...scope.maps, v.servers, v.text])),
    () => choose(randomCondition(choices, scope), integer(), choices.below(5)),
  );
}

export function randomNumber(choices: Choices, scope: Scope): Expr<number> {
  return choices.oneOf<Expr<number>>(
    () => v.ratio,
    () => literal(choices.below(100) / 8),
    () => choose(randomCondition(choices, scope), v.ratio, choices.below(5)),
    () => choose(randomCondition(choices, scope), choices.pick(scope.integers), v.ratio),
  );
}

export function randomCondition(choices: Choices, scope: Scope): Condition {
  const string = () => choices.pick(scope.strings);
  const integer = () => choices.pick(scope.integers);
  const boolean = () => choices.pick(scope.booleans);
  return choices.oneOf<Condition>(
    boolean,
    boolean,
    string,
    () => choices.pick([...scope.words, ...scope.maps, v.servers, v.limits, v.free]),
    () => not(randomCondition(choices, scope)),
    () => and(randomCondition(choices, scope), boolean()),
    () => or(string(), randomCondition(choices, scope)),
    () => eq(string(), choices.text()),
    () => ne(string(), string()),
    () => eq(v.mode, choices.pick(['one', 'no'] as const)),
    () => eq(integer(), choices.below(3)),
    () => gt(integer(), choices.below(3)),
    () => ge(v.ratio, choices.below(3)),
    () => lt(randomNumber(choices, scope), 0.5),
    () => le(integer(), v.count),
    () => isSet(choices.pick([v.optionalCount, v.optionalFlag, v.optionalText, v.limits.memory])),
    () => has(string(), choices.pick(scope.words)),
    () => hasKey(choices.pick(scope.maps), choices.pick(['own', 'y', 'a.b/c', 'toString'])),
    () => contains(choices.pick(['a', 'e', ' ']), string()),
    () => hasPrefix('a', string()),
    () => hasSuffix(choices.text(), string()),
    () => regexMatch(choices.pick(PATTERNS), string()),
  );
}

export function randomString(choices: Choices, scope: Scope): Expr<string> {
  const string = () => choices.pick(scope.strings);
  const integer = () => choices.pick(scope.integers);
  return choices.oneOf<Expr<string>>(
    string,
    string,
    string,
    () => literal(choices.text()),
    () => str`${string()}-suffix`,
    () => str`app-${choices.pick([v.name, v.mode, Release.name])}`,
    () => str`${v.name}${v.mode}`,
    () => str`${v.url}/${choices.text()}`,
    () => str`${string()}:${integer()}`,
    () => str`100% ${randomNumber(choices, scope)} ${choices.text()}`,
    () => str`${randomInteger(choices, scope)}${randomString(choices, scope)}`,
    () => orElse(string(), choices.text()),
    () => orElse(v.optionalText, randomString(choices, scope)),
    () => asString(integer()),
    () => asString(choices.pick(scope.booleans)),
    () => asString(randomNumber(choices, scope)),
    () => choose(randomCondition(choices, scope), string(), choices.text()),
    () => trunc(choices.below(5), choices.pick([v.name, v.url, v.mode, Release.name])),
    () => trimSuffix('e', choices.pick([v.mode, string()])),
    () => trimPrefix('a', string()),
    () => replace(choices.pick(['a', 'o', '.', ' ']), choices.pick(['', 'X', ': ']), string()),
    () => regexReplaceAll(choices.pick(['[^a-z]', 'e+']), string(), choices.pick(['', '-'])),
    () => lower(string()),
    () => join(choices.pick([',', '\n', '']), choices.pick(scope.words)),
    () => base64(string()),
    () => sha256(string()),
  );
}

export function randomMap(choices: Choices, scope: Scope): Expr<Readonly<Record<string, string>>> {
  const map = choices.pick(scope.maps);
  return choices.oneOf(
    () => map,
    () => omit(map, 'own', choices.pick(['y', 'a.b/c'])),
    () => merge(map, choices.pick(scope.maps)),
  );
}
