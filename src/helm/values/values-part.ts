import type { z } from 'zod';
import type { Expr } from '../expression/expression';
import type { Literal } from '../expression/value-type';
import { withDefaults, type SomeValues } from './adjusted-schema';
import { coalesce } from './coalesce';

/** Scalars of `X`, however deep; an expression may stand for any value. */
export type FixedValues<X> = {
  readonly [K in keyof X]?: NonNullable<X[K]> extends Literal
    ? NonNullable<X[K]> | Expr<NonNullable<X[K]>>
    : NonNullable<X[K]> extends readonly unknown[]
      ? Expr<NonNullable<X[K]>>
      : FixedValues<NonNullable<X[K]>>;
};

export interface ValuesPartProps<S extends z.ZodObject> {
  /** Defaults in place of those of the schema. */
  readonly defaults?: SomeValues<z.input<S>>;
  /**
   * Values that the program decides: they leave values.yaml, and users cannot change them. An
   * expression, such as a value of another part, wires the two together.
   */
  readonly fixed?: FixedValues<z.output<S>>;
  /** What values.yaml says of the part. */
  readonly description?: string;
}

/** The values of one part of a chart, before its place in the chart is known. */
export interface ValuesPart<S extends z.ZodObject = z.ZodObject> {
  readonly schema: S;
  readonly props: ValuesPartProps<S>;
}

/** What a program says of a part, with more values fixed than it said itself. */
export function withFixed<S extends z.ZodObject>(
  props: ValuesPartProps<S>,
  wired: Readonly<Record<string, unknown>>,
): ValuesPartProps<S>;
export function withFixed(
  props: ValuesPartProps<z.ZodObject>,
  wired: Readonly<Record<string, unknown>>,
): object {
  return { ...props, fixed: coalesce(wired, props.fixed) };
}

/** The values of a part: the schema of a construct with what the program says of them. */
export function valuesPart<S extends z.ZodObject>(
  schema: S,
  props: ValuesPartProps<S> = {},
): ValuesPart<S> {
  const { defaults } = props;
  return { schema: defaults === undefined ? schema : withDefaults(schema, defaults), props };
}
