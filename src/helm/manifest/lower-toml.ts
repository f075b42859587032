import { Expr, required } from '../expression/expression';
import { isMap, isNil } from '../expression/go-value';
import { isSpreadKey } from './entries';
import { eitherOr, guarded, IN_TEXT_FILE, insideLoop, type LoweringContext } from './guard';
import { withJoinedConditions } from './joined-conditions';
import { keysAfter, NO_KEYS, unlessLater, type LaterKeys } from './later-keys';
import { text, type Line, type TextPart } from './line';
import { Comment, Each, Entries, When } from './node';
import { givenCondition, presence } from './presence';

/**
 * What a map becomes in TOML: all its plain values have to come before its first table, or they
 * would belong to that table.
 */
interface Section {
  readonly values: readonly Line[];
  readonly tables: readonly Line[];
}

const EMPTY: Section = { values: [], tables: [] };

/** TOML strings are JSON strings, except that DEL is escaped too. */
function constant(value: string | number | boolean): string {
  return JSON.stringify(value).replace(/\u007f/g, '\\u007f');
}

function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : constant(key);
}

function expressionPart(expression: Expr): TextPart {
  const { kind, item, optional } = expression.$type;
  if (optional === true) {
    throw new Error(
      'TOML: an item that may be absent cannot stand in a line; use when() around it',
    );
  }
  const held = kind === 'list' ? (item?.kind ?? 'any') : kind;
  if (held === 'map' || held === 'any') {
    throw new Error('TOML: a map of unknown keys cannot be written as one value');
  }
  const format = kind === 'integer' ? 'integer' : kind === 'boolean' ? 'plain' : 'json';
  return { expression, format };
}

function valueParts(value: unknown): readonly TextPart[] {
  if (value instanceof Expr) {
    const operation = value.$operation;
    return operation.op === 'literal' ? valueParts(operation.value) : [expressionPart(value)];
  }
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isNil(item)).map(valueParts);
    const separated = items.flatMap((item, index) => (index > 0 ? [', ', ...item] : item));
    return ['[', ...separated, ']'];
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return [constant(value)];
  }
  throw new Error('TOML: an array in a line holds plain values and expressions only');
}

function isTableItem(item: unknown): boolean {
  if (item instanceof Each) {
    return isMap(item.body);
  }
  return isMap(item) || (item instanceof When && isMap(item.then));
}

function table(
  header: string,
  map: Record<string, unknown>,
  at: readonly string[],
  context: LoweringContext,
): readonly Line[] {
  return [text(''), text(header), ...lowerTable(map, at, context)];
}

/** `[[table]]`, once for each item. */
function tableArray(
  items: readonly unknown[],
  at: readonly string[],
  context: LoweringContext,
): readonly Line[] {
  const header = `[[${at.map(tomlKey).join('.')}]]`;
  return items.flatMap((item): readonly Line[] => {
    if (item instanceof Each) {
      const variables = item.index === undefined ? [item.item] : [item.index, item.item];
      const body = tableArray([item.body], at, insideLoop(context));
      return [{ line: 'range', over: item.list, variables, body }];
    }
    if (item instanceof When) {
      const branch = (side: unknown) => (inner: LoweringContext) => tableArray([side], at, inner);
      return item.otherwise === undefined
        ? guarded(presence(item), context, branch(item.then))
        : eitherOr(item.condition, context, branch(item.then), branch(item.otherwise));
    }
    if (isMap(item)) {
      return table(header, item, at, context);
    }
    if (isNil(item)) {
      return [];
    }
    throw new Error('TOML: an array holds either tables or plain values');
  });
}

function sectionOfWhen(
  key: string,
  node: When,
  at: readonly string[],
  later: LaterKeys,
  context: LoweringContext,
): Section {
  const sectionOf = (side: unknown, inner: LoweringContext) =>
    sectionOfEntry(key, side, at, later, inner);
  const lines = (part: keyof Section): readonly Line[] => {
    const isUsed =
      sectionOf(node.then, context)[part].length > 0 ||
      sectionOf(node.otherwise, context)[part].length > 0;
    if (!isUsed) {
      return [];
    }
    return node.otherwise === undefined
      ? guarded(presence(node), context, (inner) => sectionOf(node.then, inner)[part])
      : eitherOr(
          node.condition,
          context,
          (inner) => sectionOf(node.then, inner)[part],
          (inner) => sectionOf(node.otherwise, inner)[part],
        );
  };
  return { values: lines('values'), tables: lines('tables') };
}

function loopOfEntries(node: Entries, later: LaterKeys, context: LoweringContext): Line {
  const keyPart: TextPart = { expression: node.key, format: 'json' };
  const body = unlessLater(node.key, later, insideLoop(context), () => [
    text(keyPart, ' = ', ...valueParts(node.value)),
  ]);
  const variables = [node.keyVariable, node.valueVariable];
  return { line: 'range', over: node.map, variables, body };
}

function sectionOfSpread(
  value: unknown,
  at: readonly string[],
  later: LaterKeys,
  context: LoweringContext,
): Section {
  if (value instanceof Comment) {
    return { values: value.text.split('\n').map((line) => text(`# ${line}`)), tables: [] };
  }
  if (value instanceof Entries) {
    return { values: [loopOfEntries(value, later, context)], tables: [] };
  }
  if (isMap(value)) {
    return sectionOfMap(value, at, context, later);
  }
  throw new Error('TOML: spread a map that is written out, or use entries()');
}

function sectionOfEntry(
  key: string,
  value: unknown,
  at: readonly string[],
  later: LaterKeys,
  context: LoweringContext,
): Section {
  if (isNil(value) || later.has(key)) {
    return EMPTY;
  }
  if (value instanceof When) {
    return sectionOfWhen(key, value, at, later, context);
  }
  if (isSpreadKey(key)) {
    return sectionOfSpread(value, at, later, context);
  }
  const inside = [...at, key];
  if (isMap(value)) {
    const header = `[${inside.map(tomlKey).join('.')}]`;
    const lines = guarded(presence(value), context, (inner) => table(header, value, inside, inner));
    return { values: [], tables: lines };
  }
  if (Array.isArray(value) && value.some(isTableItem)) {
    return { values: [], tables: tableArray(value, inside, context) };
  }
  const line = (written: unknown) => [text(tomlKey(key), ' = ', ...valueParts(written))];
  if (value instanceof Expr && value.$type.optional === true) {
    const values = guarded(givenCondition(value), context, () => line(required(value)));
    return { values, tables: [] };
  }
  return { values: line(value), tables: [] };
}

function sectionOfMap(
  map: Record<string, unknown>,
  at: readonly string[],
  context: LoweringContext,
  later: LaterKeys = NO_KEYS,
): Section {
  const sections = Object.entries(map).map(([key, value]) => {
    const after = isSpreadKey(key) ? keysAfter(map, key, later) : later;
    return sectionOfEntry(key, value, at, after, context);
  });
  return {
    values: sections.flatMap(({ values }) => values),
    tables: sections.flatMap(({ tables }) => tables),
  };
}

function lowerTable(
  map: Record<string, unknown>,
  at: readonly string[],
  context: LoweringContext,
): readonly Line[] {
  const { values, tables } = sectionOfMap(map, at, context);
  return withJoinedConditions([...values, ...tables]);
}

/** The lines of a TOML file. */
export function lowerToml(map: Record<string, unknown>): readonly Line[] {
  return lowerTable(map, [], IN_TEXT_FILE);
}
