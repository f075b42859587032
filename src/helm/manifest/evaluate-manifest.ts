import { evaluate, bind, type Environment } from '../expression/evaluate';
import { Expr } from '../expression/expression';
import { goPrettyJson, isMap, isTruthy, sortedKeys } from '../expression/go-value';
import { includedMap, isSpreadKey } from './entries';
import { loopRounds } from './loop-rounds';
import { isStatic } from './lower-json';
import { lowerTextFile } from './lower-yaml';
import { Comment, Each, Entries, Splice, TemplateTree, TextBlock, TextFile, When } from './node';
import { givenCondition, isWrittenEmpty, presence } from './presence';
import { renderLines } from './render-lines';

function listOf(expression: Expr, environment: Environment): readonly unknown[] {
  const value = evaluate(expression, environment);
  return Array.isArray(value) ? value : [];
}

function mapOf(expression: Expr, environment: Environment): Record<string, unknown> {
  const value = evaluate(expression, environment);
  return isMap(value) ? value : {};
}

function evaluateExpression(expression: Expr, environment: Environment): unknown {
  const isGiven =
    expression.$type.optional !== true ||
    isTruthy(evaluate(givenCondition(expression), environment));
  return isGiven ? evaluate(expression, environment) : undefined;
}

/** What the loops and conditions of a list yield, item by item. */
function evaluateItem(item: unknown, environment: Environment): readonly unknown[] {
  if (item instanceof Splice) {
    return listOf(item.list, environment);
  }
  if (item instanceof Each) {
    const variables = item.index === undefined ? [item.item] : [item.index, item.item];
    return loopRounds(evaluate(item.list, environment), variables).map((round) =>
      evaluateManifest(item.body, bind(environment, round)),
    );
  }
  return [evaluateManifest(item, environment)];
}

function evaluateEntries(
  node: Entries,
  environment: Environment,
): readonly (readonly [string, unknown])[] {
  const map = mapOf(node.map, environment);
  return sortedKeys(map).map((key) => {
    const bound = bind(environment, {
      [node.keyVariable]: key,
      [node.valueVariable]: map[key],
    });
    return [String(evaluate(node.key, bound)), evaluateManifest(node.value, bound)] as const;
  });
}

function evaluateEntry(
  key: string,
  value: unknown,
  environment: Environment,
): readonly (readonly [string, unknown])[] {
  if (value instanceof Comment) {
    return [];
  }
  if (!isSpreadKey(key)) {
    return [[key, evaluateManifest(value, environment)]];
  }
  if (value instanceof Entries) {
    return evaluateEntries(value, environment).filter(([, made]) => made !== undefined);
  }
  const written = includedMap(value) ?? value;
  if (isMap(written)) {
    return mapEntries(written, environment);
  }
  const spread = evaluateManifest(value, environment);
  return isMap(spread) ? Object.entries(spread) : [];
}

/** What the entries of a map yield; the last of equal keys counts, even where it is absent. */
function mapEntries(
  map: Record<string, unknown>,
  environment: Environment,
): readonly (readonly [string, unknown])[] {
  return Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => evaluateEntry(key, value, environment));
}

/**
 * A list or map of which nothing is left: absent when its guard in the template is false too, null
 * when only the items' own filter emptied it, since then Helm prints its key with nothing behind.
 */
function emptied(
  node: readonly unknown[] | Record<string, unknown>,
  environment: Environment,
  empty: unknown,
): unknown {
  const condition = presence(node);
  if (condition === true) {
    return isWrittenEmpty(node) ? empty : null;
  }
  return isTruthy(evaluate(condition, environment)) ? null : undefined;
}

function renderJson(tree: unknown, environment: Environment): string {
  const empty = Array.isArray(tree) ? [] : {};
  return goPrettyJson(isStatic(tree) ? tree : (evaluateManifest(tree, environment) ?? empty));
}

/** The text of a file, without a line break at its end. */
export function renderTextFile(file: TextFile, environment: Environment): string {
  return file.format === 'json'
    ? renderJson(file.tree, environment)
    : renderLines(lowerTextFile(file), environment).join('\n');
}

/** What a template that holds a file yields: `{{-` of a first line finds no line break to eat. */
export function renderFileTemplate(file: TextFile, environment: Environment): string {
  const rendered = renderTextFile(file, environment);
  const first = file.format === 'json' ? undefined : lowerTextFile(file).at(0);
  const isControl = first !== undefined && first.line !== 'text';
  return isControl && rendered !== '' ? '\n' + rendered : rendered;
}

/** What YAML reads from a `|` block of the text: one line break at the end, none in no text. */
function blockText(text: string): string {
  const trimmed = text.replace(/\n+$/, '');
  return trimmed === '' ? '' : trimmed + '\n';
}

/**
 * The plain value of a manifest tree: what `helm template` yields for it, decoded.
 * Absent is `undefined`; lists hold no absent items.
 */
export function evaluateManifest(node: unknown, environment: Environment): unknown {
  if (node instanceof Expr) {
    return evaluateExpression(node, environment);
  }
  if (node instanceof When) {
    const holds = isTruthy(evaluate(node.condition, environment));
    return evaluateManifest(holds ? node.then : node.otherwise, environment);
  }
  if (node instanceof TextFile) {
    return blockText(renderTextFile(node, environment));
  }
  if (node instanceof TemplateTree) {
    return evaluateManifest(node.tree, environment);
  }
  if (node instanceof TextBlock) {
    return blockText(String(evaluate(node.text, environment)));
  }
  if (Array.isArray(node)) {
    const items = node
      .filter((item) => item !== undefined)
      .flatMap((item) => evaluateItem(item, environment))
      .filter((item) => item !== undefined);
    return items.length > 0 ? items : emptied(node, environment, items);
  }
  if (isMap(node)) {
    const last = new Map(mapEntries(node, environment));
    const entries = [...last].filter(([, value]) => value !== undefined);
    const map = Object.fromEntries(entries);
    return entries.length > 0 ? map : emptied(node, environment, map);
  }
  return node;
}
