import type { Expr } from './expression';

const OPEN = '\u27e6helm:';
const TOKEN = /\u27e6helm:(\d+)\u27e7/;

/** Every expression that stands somewhere as a string. */
const expressions = new Map<number, Expr>();

/** A string that stands for an expression where only strings are taken. */
export function issueToken(expression: Expr): { readonly token: string; readonly number: number } {
  const number = expressions.size + 1;
  expressions.set(number, expression);
  return { token: `${OPEN}${number}\u27e7`, number };
}

/** Whether a string is or holds a token. */
export function holdsToken(text: string): boolean {
  return text.includes(OPEN);
}

/** A token that was found in a text. */
export interface FoundToken {
  readonly number: number;
  readonly expression: Expr;
}

/** The text between tokens, and the tokens. */
export function splitTokens(text: string): readonly (string | FoundToken)[] {
  if (!holdsToken(text)) {
    return text === '' ? [] : [text];
  }
  return text.split(TOKEN).flatMap((part, index): (string | FoundToken)[] => {
    // The numbers, which the pattern captures, stand at the odd places.
    if (index % 2 === 0) {
      return part === '' ? [] : [part];
    }
    const number = Number(part);
    const expression = expressions.get(number);
    return expression === undefined ? [] : [{ number, expression }];
  });
}
