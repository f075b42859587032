import { Expr, required } from '../expression/expression';
import { isSpreadKey } from './entries';
import { eitherOr, guarded, IN_TEXT_FILE, type LoweringContext } from './guard';
import { text, type Line, type TextPart } from './line';
import { Comment, Entries, When } from './node';
import { givenCondition, presence } from './presence';
import { plainHole } from './scalar-parts';

function valuePart(value: unknown): TextPart {
  return value instanceof Expr ? plainHole(value) : String(value);
}

function lowerProperty(key: string, value: unknown, context: LoweringContext): readonly Line[] {
  if (value instanceof When) {
    const branch = (side: unknown) => (inner: LoweringContext) =>
      side === undefined ? [] : lowerProperty(key, side, inner);
    return value.otherwise === undefined
      ? guarded(presence(value), context, branch(value.then))
      : eitherOr(value.condition, context, branch(value.then), branch(value.otherwise));
  }
  if (value instanceof Comment) {
    return [text('# ' + value.text)];
  }
  if (value instanceof Entries) {
    const keyPart: TextPart = { expression: value.key, format: 'plain' };
    const variables = [value.keyVariable, value.valueVariable];
    return [
      {
        line: 'range',
        over: value.map,
        variables,
        body: [text(keyPart, '=', valuePart(value.value))],
      },
    ];
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
  return Object.entries(map).flatMap(([key, value]) =>
    value === undefined ? [] : lowerProperty(key, value, IN_TEXT_FILE),
  );
}
