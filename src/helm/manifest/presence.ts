import { Expr } from '../expression/expression';
import { onceForEach } from '../expression/once-for-each';
import { isMap } from '../expression/go-value';
import { and, isSet, not, or } from '../expression/operators';
import { AT_ROOT, printPipeline } from '../expression/print';
import { allOf, conjuncts } from './conjuncts';
import { includedMap, isSpreadKey } from './entries';
import { mentionsVariable } from './loop-variable';
import { Comment, Each, Entries, Splice, TemplateTree, When } from './node';

/** Under which condition a node is there at all; `true` when it always is. */
export type Presence = true | Expr<boolean>;

/** Whether a kind counts as absent only when nil: 0 and false are values. */
function isAbsentOnlyWhenNil(expression: Expr): boolean {
  return ['integer', 'number', 'boolean', 'any'].includes(expression.$type.kind);
}

/** The condition under which an optional value is there. */
export function givenCondition(value: Expr): Expr<boolean> {
  return isAbsentOnlyWhenNil(value) ? isSet(value) : and(value);
}

function bothOf(a: Expr, b: Presence): Expr<boolean> {
  return b === true ? and(a) : allOf(a, b);
}

function isKnownConstant(expression: Expr, other: Expr): boolean {
  const [a, b] = [expression.$operation, other.$operation];
  return a.op === 'literal' && b.op === 'literal' && a.value !== b.value;
}

/** A value differs from one of two constants in any case. */
function isEither(a: Expr, b: Expr): boolean {
  const [one, other] = [a.$operation, b.$operation];
  return (
    one.op === 'call' &&
    other.op === 'call' &&
    one.name === 'ne' &&
    other.name === 'ne' &&
    printPipeline(one.args[0], AT_ROOT) === printPipeline(other.args[0], AT_ROOT) &&
    isKnownConstant(one.args[1], other.args[1])
  );
}

/** Whether one of the conditions holds in any case. */
function isCertain(conditions: ReadonlyMap<string, Expr>): boolean {
  const all = [...conditions.values()];
  return all.some(
    (condition) =>
      conditions.has(printPipeline(not(condition), AT_ROOT)) ||
      all.some((other) => isEither(condition, other)),
  );
}

function printedParts(condition: Expr): readonly string[] {
  return conjuncts(condition).map((part) => printPipeline(part, AT_ROOT));
}

/** Whether another of the conditions holds wherever this one does. */
function isImplied(condition: Expr, conditions: ReadonlyMap<string, Expr>): boolean {
  const parts = new Set(printedParts(condition));
  return [...conditions.values()].map(printedParts).some((others) => {
    return others.length < parts.size && others.every((other) => parts.has(other));
  });
}

function anyOf(presences: readonly Presence[]): Presence {
  const conditions = new Map<string, Expr>();
  for (const presence of presences) {
    if (presence === true) {
      return true;
    }
    conditions.set(printPipeline(presence, AT_ROOT), presence);
  }
  if (conditions.size === 0 || isCertain(conditions)) {
    return true;
  }
  const parts = [...conditions.values()].filter((one) => !isImplied(one, conditions));
  return or(...parts);
}

function presenceOfWhen(node: When): Presence {
  const then = bothOf(node.condition, presence(node.then));
  if (node.otherwise === undefined) {
    return then;
  }
  const otherwise = presence(node.otherwise);
  if (presence(node.then) === true && otherwise === true) {
    return true;
  }
  return anyOf([then, bothOf(not(node.condition), otherwise)]);
}

/** A loop is there when its list is; a filter by the item itself cannot be asked outside. */
function presenceOfLoop(over: Expr, body: unknown, variables: readonly string[]): Presence {
  const inner = presence(body);
  const isFilteredByItem =
    inner !== true && variables.some((variable) => mentionsVariable(inner, variable));
  if (isNeverEmpty(over)) {
    return isFilteredByItem || inner;
  }
  return isFilteredByItem ? and(over) : bothOf(over, inner);
}

/** A map with a key that always has a value. */
function isNeverEmpty({ $type: { optional, fields = {} } }: Expr): boolean {
  return optional !== true && Object.values(fields).some((field) => field.optional !== true);
}

function loopVariables(node: Each | Entries): readonly string[] {
  if (node instanceof Entries) {
    return [node.keyVariable, node.valueVariable];
  }
  return node.index === undefined ? [node.item] : [node.item, node.index];
}

/**
 * The entries that a map writes and when they are there, those of templates and maps spread into it
 * among them. The last of equal keys counts.
 */
export const writtenEntries = onceForEach(
  (map: Record<string, unknown>): readonly (readonly [string, Presence])[] =>
    Object.entries(map).flatMap(([key, value]): readonly (readonly [string, Presence])[] => {
      if (value === undefined || value instanceof Comment) {
        return [];
      }
      if (!isSpreadKey(key)) {
        return [[key, presence(value)]];
      }
      const spread = includedMap(value) ?? value;
      if (isMap(spread)) {
        return writtenEntries(spread);
      }
      return [[key, spread instanceof Expr ? and(spread) : presence(spread)]];
    }),
);

/** Each level asks what the levels below it were asked. */
const presenceOfNode = onceForEach(presenceOf);

/** The condition under which a node yields anything. `{}` and `[]` written out always do. */
export function presence(node: unknown): Presence {
  return typeof node === 'object' && node !== null ? presenceOfNode(node) : true;
}

function presenceOf(node: object): Presence {
  if (node instanceof When) {
    return presenceOfWhen(node);
  }
  if (node instanceof Splice) {
    return and(node.list);
  }
  if (node instanceof TemplateTree) {
    return presence(node.tree);
  }
  if (node instanceof Each) {
    return presenceOfLoop(node.list, node.body, loopVariables(node));
  }
  if (node instanceof Entries) {
    return presenceOfLoop(node.map, node.value, loopVariables(node));
  }
  if (node instanceof Expr) {
    return node.$type.optional === true ? givenCondition(node) : true;
  }
  if (Array.isArray(node)) {
    return anyOf(node.filter((item) => item !== undefined).map(presence));
  }
  if (isMap(node)) {
    return anyOf([...new Map(writtenEntries(node)).values()]);
  }
  return true;
}

/** Whether nothing is written in a list or map: no item, no entry, at most remarks. */
export function isWrittenEmpty(node: readonly unknown[] | Record<string, unknown>): boolean {
  return isMap(node)
    ? writtenEntries(node).length === 0
    : Object.values(node).every((item) => item === undefined);
}

function isFilteredLoop(node: unknown): boolean {
  if (!(node instanceof Each) && !(node instanceof Entries)) {
    return false;
  }
  const inner = presence(node instanceof Each ? node.body : node.value);
  return inner !== true && loopVariables(node).some((name) => mentionsVariable(inner, name));
}

/**
 * Whether a list or map can turn out empty although its condition holds, because every one of its
 * parts is a loop that filters by its own item.
 */
export function mayTurnOutEmpty(node: unknown): boolean {
  if (node instanceof TemplateTree) {
    return mayTurnOutEmpty(node.tree);
  }
  if (Array.isArray(node)) {
    return node.length > 0 && node.every(isFilteredLoop);
  }
  if (!isMap(node)) {
    return false;
  }
  const values = Object.values(node);
  return values.length > 0 && values.every(isFilteredLoop);
}
