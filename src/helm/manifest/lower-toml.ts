import { Expr, required } from '../expression/expression';
import { goJson, isMap } from '../expression/go-value';
import { isSpreadKey } from './entries';
import { eitherOr, guarded, IN_TEXT_FILE, insideLoop, type LoweringContext } from './guard';
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

function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : goJson(key);
}

function valueParts(value: unknown): readonly TextPart[] {
  if (value instanceof Expr) {
    if (value.$operation.op === 'literal') {
      return [goJson(value.$operation.value)];
    }
    const { kind } = value.$type;
    if (kind === 'map' || kind === 'any') {
      throw new Error('TOML: a map of unknown keys cannot be written as one value');
    }
    const format = kind === 'integer' ? 'integer' : kind === 'boolean' ? 'plain' : 'json';
    return [{ expression: value, format }];
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => [
      ...(index > 0 ? [', '] : []),
      ...valueParts(item),
    ]);
    return ['[', ...items, ']'];
  }
  if (typeof value === 'object' && value !== null) {
    throw new Error('TOML: an array in a line holds plain values and expressions only');
  }
  return [goJson(value)];
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
      const body = isMap(item.body) ? table(header, item.body, at, insideLoop(context)) : [];
      return [{ line: 'range', over: item.list, variables, body }];
    }
    if (item instanceof When) {
      return guarded(presence(item), context, (inner) => tableArray([item.then], at, inner));
    }
    return isMap(item) ? table(header, item, at, context) : [];
  });
}

function sectionOfWhen(
  key: string,
  node: When,
  at: readonly string[],
  context: LoweringContext,
): Section {
  const sectionOf = (side: unknown, inner: LoweringContext) =>
    side === undefined ? EMPTY : sectionOfEntry(key, side, at, inner);
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

function sectionOfSpread(value: unknown, at: readonly string[], context: LoweringContext): Section {
  if (value instanceof Comment) {
    return { values: [text('# ' + value.text)], tables: [] };
  }
  if (value instanceof Entries) {
    const keyPart: TextPart = { expression: value.key, format: 'json' };
    const variables = [value.keyVariable, value.valueVariable];
    const body = [text(keyPart, ' = ', ...valueParts(value.value))];
    return { values: [{ line: 'range', over: value.map, variables, body }], tables: [] };
  }
  if (isMap(value)) {
    return sectionOfMap(value, at, context);
  }
  throw new Error('TOML: spread a map that is written out, or use entries()');
}

function sectionOfEntry(
  key: string,
  value: unknown,
  at: readonly string[],
  context: LoweringContext,
): Section {
  if (value === undefined) {
    return EMPTY;
  }
  if (value instanceof When) {
    return sectionOfWhen(key, value, at, context);
  }
  if (isSpreadKey(key)) {
    return sectionOfSpread(value, at, context);
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
): Section {
  const sections = Object.entries(map).map(([key, value]) =>
    sectionOfEntry(key, value, at, context),
  );
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
  return [...values, ...tables];
}

/** The lines of a TOML file. */
export function lowerToml(map: Record<string, unknown>): readonly Line[] {
  return lowerTable(map, [], IN_TEXT_FILE);
}
