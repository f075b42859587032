import type { Expr } from '../expression/expression';
import { goQuote } from '../expression/go-value';
import { str } from '../expression/operators';
import { printOperand, type PrintContext } from '../expression/print';

/** Path, problem and fix of a message. */
export type MessageParts = readonly [path: Expr<string>, problem: Expr<string>, fix: Expr<string>];

/** How a message reads: `broker.replicaCount: what is wrong; what to write`. */
const MESSAGE_FORMAT = '%s: %s; %s';

/** A text of this length stands on one line with the words around it. */
const LONGEST_TEXT = 120;

/** What values are refused with. */
export function messageOf([path, problem, fix]: MessageParts): Expr<string> {
  return str`${path}: ${problem}; ${fix}`;
}

/** The text that a message consists of, but for its holes. */
function constantText({ $operation }: Expr): string {
  const text = $operation.op === 'call' ? $operation.args[0].$operation : $operation;
  return text.op === 'literal' ? goQuote(String(text.value)) : '';
}

/** `fail` with the message on one line, or with each part of a long one on its own. */
export function printFail(parts: MessageParts, context: PrintContext): readonly string[] {
  const message = messageOf(parts);
  if (constantText(message).length <= LONGEST_TEXT) {
    return [`{{- fail ${printOperand(message, context)} }}`];
  }
  const operands = parts.map((part) => `  ${printOperand(part, context)}`);
  return [`{{- fail (printf ${goQuote(MESSAGE_FORMAT)}`, `${operands.join('\n')}) }}`];
}
