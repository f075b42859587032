import type { Expr } from '../expression/expression';
import { isSet, not } from '../expression/operators';
import { AT_ROOT, printCondition } from '../expression/print';
import { allOf, conjuncts } from './conjuncts';
import type { Branch, Line } from './line';
import type { Presence } from './presence';

/** What is known where a piece of a tree is lowered. */
export interface LoweringContext {
  /** Printed conditions that an enclosing `if` guarantees. */
  readonly known: ReadonlySet<string>;
  /** Inside a text file bytes count, because a checksum may be taken of them. */
  readonly inTextFile: boolean;
  /** Texts of several lines stay on one: nothing may follow the last, not even a line break. */
  readonly withoutBlocks?: boolean;
}

export const IN_MANIFEST: LoweringContext = { known: new Set(), inTextFile: false };
export const IN_TEXT_FILE: LoweringContext = { known: new Set(), inTextFile: true };
export const IN_JSON_TREE: LoweringContext = { ...IN_TEXT_FILE, withoutBlocks: true };

/** What else holds where a condition holds: `if .Values.x` means that x is set. */
function implications(condition: Expr): readonly string[] {
  return conjuncts(condition).flatMap((part) => {
    const itself = printCondition(part, AT_ROOT);
    const isReference = part.$operation.op === 'reference';
    return isReference ? [itself, printCondition(isSet(part), AT_ROOT)] : [itself];
  });
}

export function isKnown(condition: Expr, context: LoweringContext): boolean {
  const operation = condition.$operation;
  const isImplied =
    operation.op === 'call' &&
    operation.name === 'or' &&
    operation.args.some((part) => isKnown(part, context));
  return isImplied || context.known.has(printCondition(condition, AT_ROOT));
}

/** The context inside an `if` of the condition. */
export function assuming(condition: Expr, context: LoweringContext): LoweringContext {
  return { ...context, known: new Set([...context.known, ...implications(condition)]) };
}

/** The context inside a loop: what was known of outer loop variables is left out. */
export function insideLoop(context: LoweringContext): LoweringContext {
  return { ...context, known: new Set() };
}

/** Lines under an `if`, unless what is known says that its condition holds. */
export function guarded(
  presence: Presence,
  context: LoweringContext,
  body: (context: LoweringContext) => readonly Line[],
): readonly Line[] {
  if (presence === true) {
    return body(context);
  }
  const open = conjuncts(presence).filter((part) => !isKnown(part, context));
  const inner = body(assuming(presence, context));
  if (open.length === 0 || inner.length === 0) {
    return inner;
  }
  return [{ line: 'if', branches: [{ condition: allOf(...open), body: inner }] }];
}

/** An `if` that is all of an `else` becomes `else if`. */
function elseBranches(body: readonly Line[]): readonly Branch[] {
  const only = body.length === 1 ? body[0] : undefined;
  if (only?.line === 'if') {
    return only.branches;
  }
  return body.length === 0 ? [] : [{ body }];
}

/** Lines under an `if` and its `else`. */
export function eitherOr(
  condition: Expr,
  context: LoweringContext,
  then: (context: LoweringContext) => readonly Line[],
  otherwise: (context: LoweringContext) => readonly Line[],
): readonly Line[] {
  const thenBody = then(assuming(condition, context));
  const elseBody = otherwise(assuming(not(condition), context));
  if (thenBody.length === 0) {
    return guarded(not(condition), context, () => elseBody);
  }
  return [{ line: 'if', branches: [{ condition, body: thenBody }, ...elseBranches(elseBody)] }];
}
