import { Expr, required, retyped } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { onceForEach } from '../expression/once-for-each';
import { omit } from '../expression/operators';
import { ANY } from '../expression/value-type';
import { entries, includedMap, isSpreadKey } from './entries';
import { each } from './each';
import {
  assuming,
  eitherOr,
  guarded,
  IN_JSON_TREE,
  IN_TEXT_FILE,
  insideLoop,
  isKnown,
  type LoweringContext,
} from './guard';
import { canInclude, keysAfter, NO_KEYS, unlessLater, type LaterKeys } from './later-keys';
import { withJoinedConditions } from './joined-conditions';
import { indent, text, withoutLeadingBlanks, type Line, type TextPart } from './line';
import { lowerLines } from './lower-lines';
import { lowerProperties } from './lower-properties';
import { lowerStaticJson } from './lower-json';
import { lowerToml } from './lower-toml';
import { Comment, Each, Entries, Splice, TemplateTree, TextBlock, TextFile, When } from './node';
import { onlyValue } from './only-value';
import { givenCondition, isWrittenEmpty, mayTurnOutEmpty, presence } from './presence';
import { scalarParts } from './scalar-parts';
import { fitsBlockScalar, yamlScalar } from './yaml-scalar';

/**
 * How a value starts: after `key:` or after the `-` of a list. `inline` puts a value on that line,
 * `below` puts lines under it.
 */
interface Opening {
  readonly inline: (...parts: readonly TextPart[]) => Line;
  readonly below: (body: readonly Line[]) => readonly Line[];
  /** Lines of a map or list; a list item puts its first line beside the dash. */
  readonly nested: (body: readonly Line[]) => readonly Line[];
}

function afterKey(key: readonly TextPart[]): Opening {
  const below = (body: readonly Line[]) => [text(...key, ':'), indent(body)];
  return { inline: (...parts) => text(...key, ': ', ...parts), below, nested: below };
}

const AFTER_DASH: Opening = {
  inline: (...parts) => text('- ', ...parts),
  below: (body) => [text('-'), indent(body)],
  nested: (body) => {
    const first = body.at(0);
    // A conditional first line leaves the dash alone on its line.
    return first?.line === 'text'
      ? [text('- ', ...first.parts), indent(body.slice(1))]
      : [text('-'), indent(body)];
  },
};

function isCollection(expression: Expr): boolean {
  return expression.$type.kind === 'map' || expression.$type.kind === 'list';
}

function lowerExpression(
  opening: Opening,
  expression: Expr,
  context: LoweringContext,
): readonly Line[] {
  if (expression.$type.optional === true) {
    return lowerOptional(opening, expression, context);
  }
  const isInclude = expression.$operation.op === 'include';
  if (isCollection(expression) && isInclude) {
    return opening.below([{ line: 'insert', expression, as: 'text' }]);
  }
  if (isCollection(expression) && !context.inTextFile) {
    return opening.below([{ line: 'insert', expression, as: 'yaml' }]);
  }
  return [opening.inline(...scalarParts(expression, context.inTextFile))];
}

function lowerOptional(
  opening: Opening,
  expression: Expr,
  context: LoweringContext,
): readonly Line[] {
  const given = givenCondition(expression);
  const value = required(expression);
  // Strings, maps and lists are absent when empty, which reads best as `with`.
  const isPlainTruth = given.$operation === expression.$operation;
  if (isPlainTruth && !isKnown(given, context)) {
    const body = lowerExpression(opening, value, assuming(given, context));
    return [{ line: 'with', expression, body }];
  }
  return guarded(given, context, (inner) => lowerExpression(opening, value, inner));
}

function lowerString(opening: Opening, value: string, context: LoweringContext): readonly Line[] {
  if (context.withoutBlocks === true || !fitsBlockScalar(value)) {
    return [opening.inline(yamlScalar(value))];
  }
  const lines = value.replace(/\n$/, '').split('\n');
  const marker = value.endsWith('\n') ? '|' : '|-';
  return [opening.inline(marker), indent(lines.map((line) => text(line)))];
}

/** YAML takes a block's indentation from its first line, which free text may start with a blank. */
function blockMarker(content: unknown): string {
  if (content instanceof TextFile && content.format !== 'lines') {
    return '|';
  }
  const first = content instanceof TextFile ? lowerTextFile(content).at(0) : undefined;
  const start = first?.line === 'text' ? first.parts[0] : undefined;
  return typeof start === 'string' && /^[^ ]/.test(start) ? '|' : '|2';
}

function lowerCollection(
  opening: Opening,
  value: readonly unknown[] | Record<string, unknown>,
  context: LoweringContext,
): readonly Line[] {
  const parts = Array.isArray(value) ? value : Object.values(value);
  if (isWrittenEmpty(value)) {
    return [opening.inline(Array.isArray(value) ? '[]' : '{}')];
  }
  const only = onlyValue(value);
  if (only !== undefined && !context.inTextFile && !isKnown(only, context)) {
    const body = opening.nested([{ line: 'insert', expression: only, as: 'yaml' }]);
    return [{ line: 'with', expression: only, body }];
  }
  return guarded(presence(value), context, (inner) =>
    opening.nested(isMap(value) ? lowerMap(value, inner) : lowerList(parts, inner)),
  );
}

function lowerValue(opening: Opening, value: unknown, context: LoweringContext): readonly Line[] {
  if (value === undefined) {
    return [];
  }
  if (value instanceof When) {
    const branch = (side: unknown) => (inner: LoweringContext) => lowerValue(opening, side, inner);
    return value.otherwise === undefined
      ? guarded(presence(value), context, branch(value.then))
      : eitherOr(value.condition, context, branch(value.then), branch(value.otherwise));
  }
  if (value instanceof Expr) {
    return lowerExpression(opening, value, context);
  }
  if (value instanceof TextFile) {
    const body = lowerTextFile(value);
    return [opening.inline(blockMarker(value)), indent(body)];
  }
  if (value instanceof TextBlock) {
    const { $operation } = value.text;
    const body = $operation.op === 'include' ? $operation.template.body : undefined;
    const insert: Line = { line: 'insert', expression: value.text, as: 'text' };
    return [opening.inline(blockMarker(body)), indent([insert])];
  }
  if (value instanceof TemplateTree) {
    const insert: Line = { line: 'insert', expression: value.text, as: 'text' };
    return guarded(presence(value), context, () => opening.below([insert]));
  }
  if (Array.isArray(value) || isMap(value)) {
    return lowerCollection(opening, value, context);
  }
  if (typeof value === 'string') {
    return lowerString(opening, value, context);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return [opening.inline(yamlScalar(value))];
  }
  throw new Error(`a manifest cannot hold a ${typeof value}`);
}

function insertMap(expression: Expr, context: LoweringContext): Line {
  const insert: Line = { line: 'insert', expression, as: 'yaml' };
  return isKnown(expression, context) ? insert : { line: 'with', expression, body: [insert] };
}

function lowerComment(comment: Comment, context: LoweringContext): readonly Line[] {
  return comment.text
    .split('\n')
    .map((line) => (context.inTextFile ? text(`# ${line}`) : { line: 'remark', text: line }));
}

function lowerEntries(node: Entries, later: LaterKeys, context: LoweringContext): readonly Line[] {
  const keyPart: TextPart = {
    expression: node.key,
    format: context.inTextFile ? 'json' : 'quote',
  };
  const body = unlessLater(node.key, later, insideLoop(context), (inner) =>
    lowerValue(afterKey([keyPart]), node.value, inner),
  );
  const variables = [node.keyVariable, node.valueVariable];
  return [{ line: 'range', over: node.map, variables, body }];
}

/** The entries of a map value, without those that later keys replace. */
function lowerMapValue(value: Expr, later: LaterKeys, context: LoweringContext): readonly Line[] {
  const map = retyped<Record<string, unknown>>(value, value.$type);
  const others = later.size > 0 ? omit(map, ...later.keys()) : map;
  return context.inTextFile
    ? lowerMap(
        entries(others, (_key, entry) => retyped(entry, ANY)),
        context,
      )
    : [insertMap(others, context)];
}

function lowerSpread(value: unknown, later: LaterKeys, context: LoweringContext): readonly Line[] {
  if (value instanceof Comment) {
    return lowerComment(value, context);
  }
  if (value instanceof Entries) {
    return lowerEntries(value, later, context);
  }
  if (value instanceof When) {
    const branch = (side: unknown) => (inner: LoweringContext) => lowerSpread(side, later, inner);
    return value.otherwise === undefined
      ? guarded(presence(value), context, branch(value.then))
      : eitherOr(value.condition, context, branch(value.then), branch(value.otherwise));
  }
  const included = includedMap(value);
  if (included !== undefined && (context.inTextFile || !canInclude(included, later))) {
    return lowerMap(included, context, later);
  }
  if (included !== undefined && isWrittenEmpty(included)) {
    return [];
  }
  if (value instanceof Expr) {
    return included === undefined
      ? lowerMapValue(value, later, context)
      : [{ line: 'insert', expression: value, as: 'text' }];
  }
  if (value instanceof TemplateTree) {
    return [{ line: 'insert', expression: value.text, as: 'text' }];
  }
  return isMap(value) ? lowerMap(value, context, later) : [];
}

/** The lines of a map's entries, without those that later keys replace. */
export function lowerMap(
  map: Record<string, unknown>,
  context: LoweringContext,
  later: LaterKeys = NO_KEYS,
): readonly Line[] {
  const lines = Object.entries(map).flatMap(([key, value]) => {
    if (isSpreadKey(key)) {
      return lowerSpread(value, keysAfter(map, key, later), context);
    }
    const isWritten = value !== undefined && !later.has(key);
    return isWritten ? lowerValue(afterKey([yamlScalar(key)]), value, context) : [];
  });
  return withJoinedConditions(lines);
}

function lowerItem(item: unknown, context: LoweringContext): readonly Line[] {
  if (item instanceof Splice) {
    if (context.inTextFile) {
      const list = retyped<readonly unknown[]>(item.list, item.list.$type);
      return lowerItem(
        each(list, (element) => retyped(element, ANY)),
        context,
      );
    }
    return [insertMap(item.list, context)];
  }
  if (item instanceof Each) {
    const variables = item.index === undefined ? [item.item] : [item.index, item.item];
    const body = lowerItem(item.body, insideLoop(context));
    return [{ line: 'range', over: item.list, variables, body }];
  }
  if (mayTurnOutEmpty(item)) {
    throw new Error(
      'a list item whose parts are all filtered by their own values would become `- null`: ' +
        'give it a part that is always there, or filter in the values',
    );
  }
  return lowerValue(AFTER_DASH, item, context);
}

/** The lines of a list's items. */
export function lowerList(list: readonly unknown[], context: LoweringContext): readonly Line[] {
  const items = list.filter((item) => item !== undefined);
  return withJoinedConditions(items.flatMap((item) => lowerItem(item, context)));
}

/** The lines of a text file, which is rendered once for each set of values. */
export const lowerTextFile = onceForEach((file: TextFile): readonly Line[] =>
  withoutLeadingBlanks(linesOfFile(file)),
);

/** The lines of a whole YAML document. */
function lowerDocument(tree: unknown, context: LoweringContext): readonly Line[] {
  const root = isMap(tree) || Array.isArray(tree) ? tree : {};
  if (isWrittenEmpty(root)) {
    return [text(isMap(root) ? '{}' : '[]')];
  }
  return isMap(root) ? lowerMap(root, context) : lowerList(root, context);
}

/** A JSON file as the YAML that is turned into it, since commas cannot be conditional. */
export function lowerJsonTree(tree: unknown): readonly Line[] {
  return lowerDocument(tree, IN_JSON_TREE);
}

function linesOfFile({ format, tree }: TextFile): readonly Line[] {
  switch (format) {
    case 'yaml':
      return lowerDocument(tree, IN_TEXT_FILE);
    case 'toml':
      return lowerToml(isMap(tree) ? tree : {});
    case 'properties':
      return lowerProperties(isMap(tree) ? tree : {});
    case 'json':
      return lowerStaticJson(tree);
    case 'lines':
      return lowerLines(Array.isArray(tree) ? tree : [tree]);
  }
}
