import { Expr, required } from '../expression/expression';
import { toText } from '../expression/go-value';
import { concat } from '../expression/operators';
import { holdsToken } from '../expression/token';
import { eitherOr, guarded, IN_TEXT_FILE, insideLoop, type LoweringContext } from './guard';
import { withJoinedConditions } from './joined-conditions';
import { text, type Line, type TextPart } from './line';
import { Each, When } from './node';
import { givenCondition } from './presence';
import { concatenated, plainHole } from './scalar-parts';

function expressionParts(expression: Expr): readonly TextPart[] {
  return concatenated(expression) ?? [plainHole(expression)];
}

function lowerLine(line: unknown, context: LoweringContext): readonly Line[] {
  if (line === undefined) {
    return [];
  }
  if (Array.isArray(line)) {
    return withJoinedConditions(line.flatMap((inner) => lowerLine(inner, context)));
  }
  if (line instanceof When) {
    return eitherOr(
      line.condition,
      context,
      (inner) => lowerLine(line.then, inner),
      (inner) => lowerLine(line.otherwise, inner),
    );
  }
  if (line instanceof Each) {
    const variables = line.index === undefined ? [line.item] : [line.index, line.item];
    const body = lowerLine(line.body, insideLoop(context));
    return [{ line: 'range', over: line.list, variables, body }];
  }
  if (line instanceof Expr && line.$type.optional === true) {
    const value = required(line);
    return guarded(givenCondition(line), context, (inner) => lowerLine(value, inner));
  }
  if (line instanceof Expr) {
    return [text(...expressionParts(line))];
  }
  const written = toText(line);
  if (holdsToken(written)) {
    return lowerLine(concat([written]), context);
  }
  return written.split('\n').map((part) => text(part));
}

/** Free text: strings and expressions are lines, `when` and `each` hold more of them. */
export function lowerLines(lines: readonly unknown[]): readonly Line[] {
  return lowerLine(lines, IN_TEXT_FILE);
}
