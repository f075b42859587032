import { Expr, required } from '../expression/expression';
import { isSpreadKey } from './entries';
import { eitherOr, guarded, IN_TEXT_FILE, insideLoop, type LoweringContext } from './guard';
import { withJoinedConditions } from './joined-conditions';
import { keysAfter, NO_KEYS, unlessLater, type LaterKeys } from './later-keys';
import { text, type Line, type TextPart } from './line';
import { Comment, Entries, When } from './node';
import { givenCondition, presence } from './presence';
import { plainHole } from './scalar-parts';

function valuePart(value: unknown): TextPart {
  if (value instanceof Expr) {
    return plainHole(value);
  }
  if ((typeof value === 'object' && value !== null) || /[\r\n]/.test(String(value))) {
    throw new Error('a properties file holds expressions and values of one line only');
  }
  return String(value);
}

function loopOfEntries(node: Entries, later: LaterKeys, context: LoweringContext): Line {
  const keyPart: TextPart = { expression: node.key, format: 'plain' };
  const body = unlessLater(node.key, later, insideLoop(context), () => [
    text(keyPart, '=', valuePart(node.value)),
  ]);
  const variables = [node.keyVariable, node.valueVariable];
  return { line: 'range', over: node.map, variables, body };
}

function lowerProperty(
  key: string,
  value: unknown,
  later: LaterKeys,
  context: LoweringContext,
): readonly Line[] {
  if (value instanceof When) {
    const branch = (side: unknown) => (inner: LoweringContext) =>
      side === undefined ? [] : lowerProperty(key, side, later, inner);
    return value.otherwise === undefined
      ? guarded(presence(value), context, branch(value.then))
      : eitherOr(value.condition, context, branch(value.then), branch(value.otherwise));
  }
  if (value instanceof Comment) {
    return value.text.split('\n').map((line) => text(`# ${line}`));
  }
  if (value instanceof Entries) {
    return [loopOfEntries(value, later, context)];
  }
  if (isSpreadKey(key)) {
    throw new Error('a properties file takes entries(), not spread()');
  }
  if (value instanceof Expr && value.$type.optional === true) {
    return guarded(givenCondition(value), context, () => [
      text(key, '=', valuePart(required(value))),
    ]);
  }
  return [text(key, '=', valuePart(value))];
}

/** The `key=value` lines of a properties file. */
export function lowerProperties(map: Record<string, unknown>): readonly Line[] {
  const lines = Object.entries(map).flatMap(([key, value]) =>
    value === undefined
      ? []
      : lowerProperty(key, value, keysAfter(map, key, NO_KEYS), IN_TEXT_FILE),
  );
  return withJoinedConditions(lines);
}
