import { createHash } from 'node:crypto';
import {
  goJson,
  goPrettyJson,
  goQuote,
  isMap,
  isNil,
  isTruthy,
  toInteger,
  toText,
} from './go-value';
import {
  ANY,
  BOOLEAN,
  contentOf,
  INTEGER,
  NAME,
  STRING,
  TRUTH,
  weakestContent,
  type Literal,
  type ValueType,
} from './value-type';

/** What is known of an argument before anything is evaluated. */
export interface Argument {
  readonly type: ValueType;
  /** Its value, where it is written in the source. */
  readonly constant?: Literal;
}

/** A function of Helm's template language: what it yields and how a call of it reads. */
interface HelmFunction {
  /** The same result as in Helm; `args` are evaluated, integers already whole. */
  readonly evaluate: (args: readonly unknown[]) => unknown;
  readonly type: (args: readonly Argument[]) => ValueType;
  /** `pipe` reads as `last | name first ...`, `prefix` as `name first ... last`. */
  readonly style: 'pipe' | 'prefix';
}

const always = (type: ValueType) => () => type;
const typeOfArgument = (position: number) => (args: readonly Argument[]) => args[position].type;

/** Cutting or casing keeps what is known of the characters, but not that a word stays a word. */
const typeOfPart = (position: number) => (args: readonly Argument[]) => {
  const type = args[position].type;
  return { ...type, content: weakestContent([type.content, 'name']) };
};

function prefix(
  evaluate: (...args: unknown[]) => unknown,
  type: HelmFunction['type'],
): HelmFunction {
  return { evaluate: (args) => evaluate(...args), type, style: 'prefix' };
}

function pipe(evaluate: (...args: unknown[]) => unknown, type: HelmFunction['type']): HelmFunction {
  return { evaluate: (args) => evaluate(...args), type, style: 'pipe' };
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asMap = (value: unknown): Record<string, unknown> => (isMap(value) ? value : {});
const numeric = (value: unknown): number => (typeof value === 'number' ? value : Number(value));

/** `and` and `or` yield the argument that decides, or else the last one. */
function firstWhere(args: readonly unknown[], decides: (value: unknown) => boolean): unknown {
  const index = args.findIndex(decides);
  return index < 0 ? args.at(-1) : args[index];
}

function replaceAll(search: unknown, replacement: unknown, text: unknown): string {
  return toText(text).split(toText(search)).join(toText(replacement));
}

function cutSuffix(suffix: unknown, text: unknown): string {
  const whole = toText(text);
  const end = toText(suffix);
  return end !== '' && whole.endsWith(end) ? whole.slice(0, -end.length) : whole;
}

function cutPrefix(start: unknown, text: unknown): string {
  const whole = toText(text);
  return whole.startsWith(toText(start)) ? whole.slice(toText(start).length) : whole;
}

/** Go cuts the remainder off and stops at a division by zero. */
function divide(a: unknown, b: unknown): number {
  const divisor = toInteger(b);
  if (divisor === 0) {
    throw new Error('div: integer divide by zero');
  }
  return Math.trunc(toInteger(a) / divisor);
}

/** Sprig counts bytes. */
function truncate(length: unknown, text: unknown): string {
  return Buffer.from(toText(text)).subarray(0, numeric(length)).toString();
}

/** Go lowers each character by itself: it knows no final sigma. */
function lowerCase(text: unknown): string {
  return Array.from(toText(text), (character) => Array.from(character.toLowerCase())[0]).join('');
}

/** `%s` and `%d` only; the printer writes no other verbs. */
function format(pattern: unknown, ...args: unknown[]): string {
  let next = 0;
  return toText(pattern).replace(/%[sd%]/g, (verb) => (verb === '%%' ? '%' : toText(args[next++])));
}

/** Neighbours in `true`, `no`, `on`, `null` and `inf`. */
const YAML_PAIRS = new Set(['tr', 'ru', 'no', 'on', 'nu', 'ul', 'll', 'in']);

/** Two letters in a row that no number, boolean, null or date has keep a text a string. */
function holdsWordPair(text: string): boolean {
  const pairs = Array.from(text.matchAll(/(?=([g-z]{2}))/gi), ([, pair]) => pair.toLowerCase());
  return pairs.some((pair) => !YAML_PAIRS.has(pair));
}

function formatType(args: readonly Argument[]): ValueType {
  const pieces = toText(args[0].constant).split(/%[sd]/);
  const parts = args.slice(1).map(({ type }) => (type.kind === 'integer' ? 'name' : type.content));
  const content = weakestContent([contentOf(pieces.join('')), 'name', ...parts]);
  const isWord = content === 'name' && pieces.some(holdsWordPair);
  return { kind: 'string', content: isWord ? 'word' : content };
}

function defaultType([fallback, value]: readonly Argument[]): ValueType {
  return {
    ...value.type,
    content: weakestContent([fallback.type.content, value.type.content]),
    optional: fallback.type.optional ?? false,
  };
}

function mapOfPairs(...words: unknown[]): Record<string, unknown> {
  const keys = words.filter((_word, index) => index % 2 === 0).map(toText);
  return Object.fromEntries(keys.map((key, index) => [key, words[2 * index + 1]]));
}

function fieldType([key, , map]: readonly Argument[]): ValueType {
  const type = map.type.fields?.[toText(key.constant)] ?? ANY;
  return { ...type, itemDefault: undefined, optional: false };
}

function valueOrDefault(key: unknown, fallback: unknown, map: unknown): unknown {
  const value = asMap(map)[toText(key)];
  return isNil(value) ? fallback : value;
}

function withoutKeys(map: unknown, ...keys: unknown[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(asMap(map)).filter(([key]) => !keys.includes(key)));
}

function mergeMaps(...maps: unknown[]): Record<string, unknown> {
  const merged = new Map<string, unknown>();
  for (const [key, value] of maps.flatMap((map) => Object.entries(asMap(map)))) {
    if (!isTruthy(merged.get(key))) {
      merged.set(key, value);
    }
  }
  return Object.fromEntries(merged);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  return Array.isArray(value) ? value.length : Object.keys(asMap(value)).length;
}

function sha256Hex(text: unknown): string {
  return createHash('sha256').update(toText(text)).digest('hex');
}

/** The Sprig name of each function is its key, except where the printer says otherwise. */
export const FUNCTIONS = {
  eq: prefix((a, b) => a === b, always(BOOLEAN)),
  ne: prefix((a, b) => a !== b, always(BOOLEAN)),
  gt: prefix((a, b) => numeric(a) > numeric(b), always(BOOLEAN)),
  ge: prefix((a, b) => numeric(a) >= numeric(b), always(BOOLEAN)),
  lt: prefix((a, b) => numeric(a) < numeric(b), always(BOOLEAN)),
  le: prefix((a, b) => numeric(a) <= numeric(b), always(BOOLEAN)),
  and: prefix((...args) => firstWhere(args, (value) => !isTruthy(value)), always(TRUTH)),
  or: prefix((...args) => firstWhere(args, isTruthy), always(TRUTH)),
  not: prefix((value) => !isTruthy(value), always(BOOLEAN)),
  /** Printed as `kindIs "invalid"`. */
  isNil: prefix(isNil, always(BOOLEAN)),
  has: prefix((item, list) => asList(list).includes(item), always(BOOLEAN)),
  hasKey: prefix((map, key) => Object.hasOwn(asMap(map), toText(key)), always(BOOLEAN)),
  contains: prefix((part, text) => toText(text).includes(toText(part)), always(BOOLEAN)),
  hasPrefix: prefix((start, text) => toText(text).startsWith(toText(start)), always(BOOLEAN)),
  hasSuffix: prefix((end, text) => toText(text).endsWith(toText(end)), always(BOOLEAN)),
  regexMatch: prefix(
    (pattern, text) => new RegExp(toText(pattern), 'u').test(toText(text)),
    always(BOOLEAN),
  ),
  /** Printed as `.Capabilities.APIVersions.Has`; a plain evaluation knows no cluster. */
  hasApi: prefix(() => false, always(BOOLEAN)),
  default: pipe((fallback, value) => (isTruthy(value) ? value : fallback), defaultType),
  trunc: pipe(truncate, typeOfPart(1)),
  trimSuffix: pipe(cutSuffix, typeOfPart(1)),
  trimPrefix: pipe(cutPrefix, typeOfPart(1)),
  replace: pipe(replaceAll, ([, by, text]) => ({
    kind: 'string',
    content: weakestContent([by.type.content, text.type.content, 'name']),
  })),
  regexReplaceAll: prefix(
    (pattern, text, by) => toText(text).replace(new RegExp(toText(pattern), 'gu'), toText(by)),
    ([, text, by]) => ({
      kind: 'string',
      content: weakestContent([by.type.content, text.type.content, 'name']),
    }),
  ),
  lower: pipe(lowerCase, typeOfPart(0)),
  join: pipe((separator, list) => asList(list).map(toText).join(toText(separator)), always(STRING)),
  printf: prefix(format, formatType),
  int: pipe(toInteger, always(INTEGER)),
  toString: pipe(toText, always(STRING)),
  quote: pipe((value) => (isNil(value) ? '' : goQuote(toText(value))), always(STRING)),
  toJson: pipe(goJson, always(STRING)),
  toPrettyJson: pipe((value) => goPrettyJson(value), always(STRING)),
  b64enc: pipe((text) => Buffer.from(toText(text)).toString('base64'), always(STRING)),
  sha256sum: pipe(sha256Hex, always(NAME)),
  len: prefix(lengthOf, always(INTEGER)),
  add: prefix((a, b) => toInteger(a) + toInteger(b), always(INTEGER)),
  sub: prefix((a, b) => toInteger(a) - toInteger(b), always(INTEGER)),
  mul: prefix((a, b) => toInteger(a) * toInteger(b), always(INTEGER)),
  div: prefix(divide, always(INTEGER)),
  until: prefix(
    (count) => Array.from({ length: Math.max(0, toInteger(count)) }, (_, index) => index),
    always({ kind: 'list', item: INTEGER }),
  ),
  /** Keys and values in turn, all of them written in the source. */
  dict: prefix(mapOfPairs, always({ kind: 'map', item: STRING })),
  /** In no certain order. */
  values: prefix((map) => Object.values(asMap(map)), always({ kind: 'list' })),
  compact: prefix((list) => asList(list).filter(isTruthy), always({ kind: 'list' })),
  dig: prefix(valueOrDefault, fieldType),
  /** Printed with an empty map first, which Sprig writes the entries to. */
  merge: prefix(mergeMaps, ([first]) => ({ ...first.type, optional: false })),
  omit: prefix(withoutKeys, typeOfArgument(0)),
} satisfies Record<string, HelmFunction>;

export type FunctionName = keyof typeof FUNCTIONS;

export function functionNamed(name: FunctionName): HelmFunction {
  return FUNCTIONS[name];
}
