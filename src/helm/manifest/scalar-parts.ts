import type { Expr } from '../expression/expression';
import { goJson } from '../expression/go-value';
import { hasContent } from '../expression/value-type';
import type { Hole, TextPart } from './line';
import { yamlScalar } from './yaml-scalar';

/** An expression whose text stands as it is. */
export function plainHole(expression: Expr): Hole {
  switch (expression.$type.kind) {
    case 'integer':
      return { expression, format: 'integer' };
    case 'number':
      return { expression, format: 'json' };
    default:
      return { expression, format: 'plain' };
  }
}

/** The text and the expressions that a `printf` puts in a row. */
export function formatParts(pattern: string, args: readonly Expr[]): readonly TextPart[] {
  let next = 0;
  const pieces = pattern.match(/%[sd]|(?:[^%]|%%)+/g) ?? [];
  return pieces.map((piece) =>
    /^%[sd]$/.test(piece) ? plainHole(args[next++]) : piece.replace(/%%/g, '%'),
  );
}

/** The parts of an expression that is text in a row, if it is one. */
export function concatenated(expression: Expr): readonly TextPart[] | undefined {
  const operation = expression.$operation;
  if (operation.op !== 'call' || operation.name !== 'printf') {
    return undefined;
  }
  const pattern = operation.args[0].$operation;
  return pattern.op === 'literal'
    ? formatParts(String(pattern.value), operation.args.slice(1))
    : undefined;
}

function stringParts(expression: Expr, inTextFile: boolean): readonly TextPart[] {
  const parts = concatenated(expression);
  if (hasContent(expression.$type, 'word')) {
    return parts ?? [{ expression, format: 'plain' }];
  }
  if (parts !== undefined && hasContent(expression.$type, 'quotable')) {
    return ['"', ...parts, '"'];
  }
  // Go's `quote` depends on its Unicode tables; where bytes count, JSON does not.
  return [{ expression, format: inTextFile ? 'json' : 'quote' }];
}

/** A scalar expression on a line of YAML: inline where its schema proves that this is safe. */
export function scalarParts(expression: Expr, inTextFile: boolean): readonly TextPart[] {
  const operation = expression.$operation;
  if (operation.op === 'literal') {
    const { value } = operation;
    return [typeof value === 'object' ? goJson(value) : yamlScalar(value)];
  }
  switch (expression.$type.kind) {
    case 'integer':
      return [{ expression, format: 'integer' }];
    case 'boolean':
      return [{ expression, format: 'plain' }];
    case 'string':
      return stringParts(expression, inTextFile);
    default:
      return [{ expression, format: 'json' }];
  }
}
