/** A value that is written in the source. */
export type Literal = string | number | boolean | null | readonly string[];

/** What a value is at run time, as far as printing and evaluating need to know. */
export type ValueKind = 'string' | 'integer' | 'number' | 'boolean' | 'map' | 'list' | 'any';

/**
 * What a string is proved to consist of, by its schema or by how it was built:
 * - `word`: YAML reads it as this string even without quotes;
 * - `name`: only letters, digits, `.`, `_` and `-`;
 * - `quotable`: nothing that would have to be escaped between double quotes;
 * - `free`: anything.
 */
export type StringContent = 'word' | 'name' | 'quotable' | 'free';

/** The run-time type of an expression; references take theirs from the zod schema. */
export interface ValueType {
  readonly kind: ValueKind;
  /** The value may be missing or null. */
  readonly optional?: boolean;
  /** A boolean that is the truth of some value: where a real boolean is wanted it is made one. */
  readonly isTruth?: boolean;
  /** For strings; `free` when not given. */
  readonly content?: StringContent;
  /** The known keys of a map. */
  readonly fields?: Readonly<Record<string, ValueType>>;
  /** Keys of a map whose values are fixed, so that the map itself does not hold them. */
  readonly lacks?: readonly string[];
  /** The type of list items or of the values of a map with free keys. */
  readonly item?: ValueType;
  /**
   * The default of a field inside a list item. Helm merges values.yaml key by key but never into
   * lists, so such a default has to be applied where the field is read.
   */
  readonly itemDefault?: string | number | boolean;
  /** For strings: the default is empty, which stands for none. */
  readonly blankIsNone?: boolean;
  /** The key is known, and refused with a reason (`refusedKey`). */
  readonly refused?: boolean;
}

export const STRING: ValueType = { kind: 'string' };
export const NAME: ValueType = { kind: 'string', content: 'name' };
export const INTEGER: ValueType = { kind: 'integer' };
export const NUMBER: ValueType = { kind: 'number' };
export const BOOLEAN: ValueType = { kind: 'boolean' };
/** `and` and `or` yield one of their arguments. */
export const TRUTH: ValueType = { kind: 'boolean', isTruth: true };
export const ANY: ValueType = { kind: 'any' };

const CONTENT_ORDER: readonly StringContent[] = ['free', 'quotable', 'name', 'word'];

/** The strongest claim that holds for all of several strings. */
export function weakestContent(contents: readonly (StringContent | undefined)[]): StringContent {
  const ranks = contents.map((content) => CONTENT_ORDER.indexOf(content ?? 'free'));
  return CONTENT_ORDER[Math.min(...ranks, CONTENT_ORDER.length - 1)];
}

/** Whether a string type promises at least the given content. */
export function hasContent(type: ValueType, least: StringContent): boolean {
  return CONTENT_ORDER.indexOf(type.content ?? 'free') >= CONTENT_ORDER.indexOf(least);
}

/** What is known of a string that is written in the source. */
export function contentOf(text: string): StringContent {
  if (/^[A-Za-z0-9._-]*$/.test(text)) {
    return 'name';
  }
  // eslint-disable-next-line no-control-regex -- control characters are what must be kept out
  const quotable = /^[^"\\{}\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*$/;
  return quotable.test(text) ? 'quotable' : 'free';
}
