import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { call, literal } from '../expression/operators';
import { Each, When } from '../manifest/node';
import type { RuleProps } from './rule';
import { withTexts } from './rule-loop';

/** Where a part's values stand in its chart. */
export interface ValuesPlace {
  /** Keys from the chart's root to the part's values; none when they are the chart's own. */
  readonly path: readonly string[];
  /** Reference to the values. */
  readonly values: Expr;
}

/** A word such as `broker.tls.enabled`, which is no part of a longer one. */
const DOTTED = /(?<![\w./-])[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)+(?![\w/-])/g;

/** What stands for a value of the part; undefined if it has none of this name. */
function valueAt(words: readonly string[], values: Expr): Expr | undefined {
  let found: Expr = values;
  for (const word of words) {
    const isField = Object.hasOwn(found.$type.fields ?? {}, word);
    const field: unknown = isField ? Reflect.get(found, word) : undefined;
    if (!(field instanceof Expr)) {
      return undefined;
    }
    found = field;
  }
  return found;
}

/**
 * The path by which users of the chart set a value of the part. What parts share stands at the
 * root, and what is wired to another part stands there.
 */
export function pathInChart(path: string, place: ValuesPlace): string {
  const operation = valueAt(path.split('.'), place.values)?.$operation;
  return operation?.op === 'reference' && operation.root === '.Values'
    ? operation.path.join('.')
    : [...place.path, path].join('.');
}

/** The text with the full path of every value of the part that it mentions. */
function qualifiedText(text: string, place: ValuesPlace): string {
  return text.replace(DOTTED, (dotted) =>
    valueAt(dotted.split('.'), place.values) === undefined ? dotted : pathInChart(dotted, place),
  );
}

function qualifiedExpression(expression: Expr, place: ValuesPlace): Expr {
  const { $operation: operation, $type } = expression;
  if (operation.op === 'literal') {
    const { value } = operation;
    return typeof value === 'string' ? literal(qualifiedText(value, place)) : expression;
  }
  if (operation.op === 'conditional') {
    const then = qualifiedExpression(operation.then, place);
    const otherwise = qualifiedExpression(operation.otherwise, place);
    return new Expr({ ...operation, then, otherwise }, $type);
  }
  if (operation.op === 'call' && operation.name === 'printf') {
    const args = operation.args.map((arg) => qualifiedExpression(arg, place));
    return new Expr({ ...operation, args }, $type);
  }
  return expression;
}

/**
 * Text lines and messages of a part, with the path of each value that they mention as the users of
 * the chart write it: `broker.replicaCount` becomes `core.broker.replicaCount`.
 */
export function qualified(text: string, place: ValuesPlace): string;
export function qualified(text: string | Expr<string>, place: ValuesPlace): string | Expr<string>;
export function qualified(text: unknown, place: ValuesPlace): unknown;
export function qualified(text: unknown, place: ValuesPlace): unknown {
  if (place.path.length === 0) {
    return text;
  }
  if (typeof text === 'string') {
    return qualifiedText(text, place);
  }
  if (text instanceof Expr) {
    return qualifiedExpression(text, place);
  }
  if (text instanceof When) {
    const then = qualified(text.then, place);
    return new When(text.condition, then, qualified(text.otherwise, place));
  }
  if (text instanceof Each) {
    return new Each(text.list, text.item, text.index, qualified(text.body, place));
  }
  if (Array.isArray(text)) {
    return text.map((line) => qualified(line, place));
  }
  return isMap(text)
    ? Object.fromEntries(Object.entries(text).map(([key, line]) => [key, qualified(line, place)]))
    : text;
}

/** As `pathInChart`, of a path that may end in names with which a rule's loop fills it. */
function qualifiedPath(path: string | Expr<string>, place: ValuesPlace): string | Expr<string> {
  if (!(path instanceof Expr)) {
    return pathInChart(path, place);
  }
  const operation = path.$operation;
  if (operation.op === 'literal') {
    return pathInChart(String(operation.value), place);
  }
  if (operation.op !== 'call' || operation.name !== 'printf') {
    throw new Error('the path of a rule starts with the name of a value');
  }
  const [pattern, ...names] = operation.args;
  const text = pattern.$operation.op === 'literal' ? String(pattern.$operation.value) : '';
  const whole = text.replace(/^[^%]+(?=\.%)/, (start) => pathInChart(start, place));
  return call<string>('printf', whole, ...names);
}

/** A rule of a part, with the paths of values as the users of the chart write them. */
export function qualifiedRule(rule: RuleProps, place: ValuesPlace): RuleProps {
  const { path, problem, fix, loop } = rule;
  return {
    ...rule,
    path: qualifiedPath(path, place),
    problem: qualified(problem, place),
    fix: qualified(fix, place),
    loop: loop && withTexts(loop, (text) => qualified(text, place)),
  };
}
