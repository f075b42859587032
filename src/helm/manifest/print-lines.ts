import { type Expr } from '../expression/expression';
import {
  AT_ROOT,
  printCondition,
  printPipeline,
  printScalar,
  printStages,
  type PrintContext,
} from '../expression/print';
import { goQuote } from '../expression/go-value';
import { withoutSwallowedBlanks, type Branch, type Hole, type Line } from './line';
import { printFail } from './refusal';

const INDENT = '  ';

/** Literal `{{` in text that is not a template: Helm must not read it as one. */
export function escapeTemplateText(value: string): string {
  return value.replace(/\{\{(?:(?!\{\{)[^`\r\n])*?\}\}|\{\{/g, (found) =>
    found.length > 2 ? '{{ `' + found + '` }}' : '{{ "{{" }}',
  );
}

/**
 * Text on a line. A brace before an action would open another action; blanks at the line's end
 * would be swallowed by the `{{-` of a control line after it.
 */
function printText(value: string, isLast: boolean): string {
  const escaped = escapeTemplateText(value);
  return isLast
    ? escaped.replace(/[ \t]+$/, (blanks) => `{{ ${goQuote(blanks)} }}`)
    : escaped.replace(/\{$/, '{{ "{" }}');
}

function printHole({ expression, format }: Hole, context: PrintContext): string {
  switch (format) {
    case 'integer':
      return `{{ ${printScalar(expression, context).join(' | ')} }}`;
    case 'json':
      return `{{ ${[...printStages(expression, context), 'toJson'].join(' | ')} }}`;
    case 'quote':
      return `{{ ${[...printScalar(expression, context), 'quote'].join(' | ')} }}`;
    case 'plain':
      return `{{ ${printScalar(expression, context).join(' | ')} }}`;
  }
}

function printInsert(expression: Expr, as: 'yaml' | 'text', context: PrintContext): string {
  const stages = printStages(expression, context);
  const isWord = stages.length === 1 && /^[^\s]+$/.test(stages[0]);
  if (as === 'text') {
    return stages.join(' | ');
  }
  return isWord ? `toYaml ${stages[0]}` : [...stages, 'toYaml'].join(' | ');
}

function printBranches(
  branches: readonly Branch[],
  depth: string,
  context: PrintContext,
): readonly string[] {
  const lines = branches.flatMap(({ condition, body }, index) => {
    const word = index === 0 ? 'if ' : condition === undefined ? 'else' : 'else if ';
    const test = condition === undefined ? '' : printCondition(condition, context);
    return [`${depth}{{- ${word}${test} }}`, ...printBody(body, depth, context)];
  });
  return [...lines, `${depth}{{- end }}`];
}

function printLine(line: Line, depth: string, context: PrintContext): readonly string[] {
  switch (line.line) {
    case 'text': {
      const last = line.parts.length - 1;
      const parts = line.parts.map((part, index) =>
        typeof part === 'string' ? printText(part, index === last) : printHole(part, context),
      );
      const written = parts.join('');
      return [written === '' ? '' : depth + written];
    }
    case 'indent':
      return printBody(line.body, depth + INDENT, context);
    case 'if':
      return printBranches(line.branches, depth, context);
    case 'with': {
      const inside = { rebound: true, dot: printPipeline(line.expression, AT_ROOT) };
      return [
        `${depth}{{- with ${printPipeline(line.expression, context)} }}`,
        ...printBody(line.body, depth, inside),
        `${depth}{{- end }}`,
      ];
    }
    case 'range':
      return [
        `${depth}{{- range ${line.variables.join(', ')} := ${printPipeline(line.over, context)} }}`,
        ...printBody(line.body, depth, { rebound: true }),
        `${depth}{{- end }}`,
      ];
    case 'insert': {
      const inserted = printInsert(line.expression, line.as, context);
      return [`${depth}{{- ${inserted} | nindent ${String(depth.length)} }}`];
    }
    case 'remark':
      return [`${depth}{{- /* ${line.text.replace(/\*\//g, '* /')} */}}`];
    case 'fail':
      return printFail(line.message, context).map((printed) => depth + printed);
  }
}

function printBody(
  lines: readonly Line[],
  depth: string,
  context: PrintContext,
): readonly string[] {
  return withoutSwallowedBlanks(lines).flatMap((line) => printLine(line, depth, context));
}

/** The text of a template, line by line. */
export function printLines(lines: readonly Line[]): readonly string[] {
  return printBody(lines, '', AT_ROOT);
}
