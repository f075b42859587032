import type { FunctionName } from './functions';
import type { NamedTemplate } from './named-template';
import type { Literal, ValueType } from './value-type';

declare const valueType: unique symbol;

/**
 * Anything that can stand where a value of type `X` is expected in a manifest: an expression, a
 * `when(...)`, a text file. Covariant in `X`, so that a wrong use is a compile error.
 */
export abstract class ManifestNode<out X = unknown> {
  declare readonly [valueType]: X;

  /** Guards against `${ref}` and `ref + 1`, which would silently freeze the expression. */
  [Symbol.toPrimitive](): never {
    throw new Error(
      'a Helm expression was used as a JavaScript value: build text with str`...`, ' +
        'compare with eq(), calculate with add()',
    );
  }

  /** Guards against `JSON.stringify(ref)`. */
  toJSON(): never {
    throw new Error(
      'a Helm expression cannot become JSON before it is evaluated: ' +
        'put it in an object of a HelmChart',
    );
  }
}

/** Root of references to the parameters of a named template: `.image.tag`. */
export const PARAMETERS = '';

/** A value below a root such as `.Values`, a loop variable or a template's parameter. */
export interface ReferenceOperation {
  readonly op: 'reference';
  /** `.Values`, `.Release`, `$host` (a loop variable) or `PARAMETERS`. */
  readonly root: string;
  readonly path: readonly string[];
  /** Lengths of those leading parts of the path that may be nil at run time. */
  readonly nilPrefixes: readonly number[];
}

export type Operation =
  | { readonly op: 'literal'; readonly value: Literal }
  | ReferenceOperation
  | { readonly op: 'call'; readonly name: FunctionName; readonly args: readonly Expr[] }
  | {
      readonly op: 'conditional';
      readonly condition: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
    }
  | {
      readonly op: 'include';
      readonly template: NamedTemplate;
      readonly args?: Readonly<Record<string, Expr>>;
    }
  | {
      readonly op: 'join-each';
      readonly list: Expr;
      readonly variable: string;
      readonly separator: string;
      readonly item: Expr;
    };

/**
 * An immutable, typed Helm expression. It is printed as Go template text and it is evaluated in
 * TypeScript; both give the same value.
 *
 * Its own properties start with `$`, so that a chart's values may use any other key.
 */
export class Expr<out X = unknown> extends ManifestNode<X> {
  constructor(
    readonly $operation: Operation,
    readonly $type: ValueType,
  ) {
    super();
  }
}

/** The same expression with other knowledge about its type. */
export function retyped<X>(expression: Expr, type: ValueType): Expr<X> {
  return new Expr<X>(expression.$operation, type);
}

/**
 * The same expression, known to be present: `when(v.tls, required(v.tls.secret))`. Only where a
 * condition around it says so, or nothing would be printed in its place.
 */
export function required<X>(expression: Expr<X | undefined>): Expr<X> {
  return retyped<X>(expression, { ...expression.$type, optional: false });
}
