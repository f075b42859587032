import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { literal } from '../expression/operators';
import type { ValueType } from '../expression/value-type';
import { Each, When } from '../manifest/node';

/** Where a part's values stand in its chart. */
export interface ValuesPlace {
  /** Keys from the chart's root to the part's values; none when they are the chart's own. */
  readonly path: readonly string[];
  readonly type: ValueType;
}

/** A word such as `broker.tls.enabled`, which is no part of a longer one. */
const DOTTED = /(?<![\w./-])[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)+(?![\w/-])/g;

function isValue(words: readonly string[], values: ValueType): boolean {
  let type: ValueType | undefined = values;
  for (const word of words) {
    type = type?.fields?.[word];
  }
  return type !== undefined;
}

/** The text with the full path of every value of the part that it mentions. */
function qualifiedText(text: string, { path, type }: ValuesPlace): string {
  return text.replace(DOTTED, (dotted) => {
    const words = dotted.split('.');
    return isValue(words, type) ? [...path, dotted].join('.') : dotted;
  });
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
