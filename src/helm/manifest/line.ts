import type { Expr } from '../expression/expression';
import type { MessageParts } from './refusal';

/** How an expression is written into a line. */
export type HoleFormat = 'quote' | 'integer' | 'json' | 'plain';

/** An expression inside a line of text. */
export interface Hole {
  readonly expression: Expr;
  readonly format: HoleFormat;
}

export type TextPart = string | Hole;

/**
 * A line of a template, or a block of them. Manifests and text files are lowered to lines; from
 * these one function prints the template and another renders the text for given values.
 */
export type Line =
  | { readonly line: 'text'; readonly parts: readonly TextPart[] }
  | { readonly line: 'if'; readonly branches: readonly Branch[] }
  | { readonly line: 'with'; readonly expression: Expr; readonly body: readonly Line[] }
  | {
      readonly line: 'range';
      readonly over: Expr;
      readonly variables: readonly string[];
      readonly body: readonly Line[];
    }
  /** One level, two blanks, deeper. */
  | { readonly line: 'indent'; readonly body: readonly Line[] }
  /** Text of several lines, indented to the current level. */
  | { readonly line: 'insert'; readonly expression: Expr; readonly as: 'yaml' | 'text' }
  /** A remark that only the template holds. */
  | { readonly line: 'remark'; readonly text: string }
  /** Values that lead here are refused. */
  | { readonly line: 'fail'; readonly message: MessageParts };

export interface Branch {
  /** Absent in the `else` branch. */
  readonly condition?: Expr;
  readonly body: readonly Line[];
}

export function text(...parts: readonly TextPart[]): Line {
  return { line: 'text', parts };
}

export function indent(body: readonly Line[]): Line {
  return { line: 'indent', body };
}

function isBlank(line: Line): boolean {
  return line.line === 'text' && line.parts.every((part) => part === '');
}

const CONTROLS = new Set<Line['line']>(['if', 'with', 'range', 'insert', 'remark', 'fail']);

/** Without blank lines at the start. */
export function withoutLeadingBlanks(lines: readonly Line[]): readonly Line[] {
  const start = lines.findIndex((line) => !isBlank(line));
  return start < 0 ? [] : lines.slice(start);
}

/** Without blank lines that the `{{-` of the control line after them swallows, or at the end. */
export function withoutSwallowedBlanks(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let isSwallowing = true;
  for (const line of lines.toReversed()) {
    const isEmpty = isBlank(line);
    isSwallowing = isEmpty ? isSwallowing : CONTROLS.has(line.line);
    if (!isEmpty || !isSwallowing) {
      kept.push(line);
    }
  }
  return kept.reverse();
}
