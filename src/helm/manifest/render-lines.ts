import { bind, evaluate, type Environment } from '../expression/evaluate';
import { goJson, goQuote, isNil, isTruthy, toInteger, toText } from '../expression/go-value';
import { loopRounds } from './loop-rounds';
import { withoutSwallowedBlanks, type Hole, type Line } from './line';
import { messageOf } from './refusal';

const INDENT = '  ';

function renderHole({ expression, format }: Hole, environment: Environment): string {
  const value = evaluate(expression, environment);
  switch (format) {
    case 'integer':
      return String(toInteger(value));
    case 'json':
      return goJson(value);
    case 'quote':
      return isNil(value) ? '' : goQuote(toText(value));
    case 'plain':
      return toText(value);
  }
}

function renderLine(line: Line, depth: string, environment: Environment): readonly string[] {
  switch (line.line) {
    case 'text': {
      const parts = line.parts.map((part) =>
        typeof part === 'string' ? part : renderHole(part, environment),
      );
      const written = parts.join('');
      return [written === '' ? '' : depth + written];
    }
    case 'indent':
      return renderBody(line.body, depth + INDENT, environment);
    case 'if': {
      const taken = line.branches.find(
        ({ condition }) => condition === undefined || isTruthy(evaluate(condition, environment)),
      );
      return taken === undefined ? [] : renderBody(taken.body, depth, environment);
    }
    case 'with':
      return isTruthy(evaluate(line.expression, environment))
        ? renderBody(line.body, depth, environment)
        : [];
    case 'range':
      return loopRounds(evaluate(line.over, environment), line.variables).flatMap((variables) =>
        renderBody(line.body, depth, bind(environment, variables)),
      );
    case 'insert': {
      if (line.as === 'yaml') {
        throw new Error('toYaml folds and quotes in its own way: it has no place in a text file');
      }
      const inserted = toText(evaluate(line.expression, environment)).replace(/\n$/, '');
      return inserted.split('\n').map((written) => depth + written);
    }
    case 'remark':
      return [];
    case 'fail':
      throw new Error(toText(evaluate(messageOf(line.message), environment)));
  }
}

function renderBody(
  lines: readonly Line[],
  depth: string,
  environment: Environment,
): readonly string[] {
  return withoutSwallowedBlanks(lines).flatMap((line) => renderLine(line, depth, environment));
}

/** The text that Helm makes of a template's lines for given values. */
export function renderLines(lines: readonly Line[], environment: Environment): readonly string[] {
  return renderBody(lines, '', environment);
}
