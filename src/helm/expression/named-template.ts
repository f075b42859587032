import type { ValueType } from './value-type';

/** A `{{ define }}` of a chart: a string, a map of entries to spread, or a whole text file. */
export interface NamedTemplate {
  readonly name: string;
  /** An expression, a map of manifest fields, or a text file. */
  readonly body: unknown;
  readonly type: ValueType;
  /** What the template stands for; printed above its definition. */
  readonly description: string;
  /** Variable of files that include it several times: `$fullname`. */
  readonly variable?: string;
}
