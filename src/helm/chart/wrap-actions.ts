/** No line of a template is longer, where it can be broken. */
const LONGEST_LINE = 120;

const CONTINUATION = '    ';

/** A blank inside of `{{ }}` and outside of strings, where Go ignores a line break. */
interface BreakPoint {
  readonly at: number;
  /** How many parentheses are open there. */
  readonly depth: number;
}

/** Not beside the braces, and not before a pipe's bar or the dot of an `include`. */
function isBetweenWords(line: string, at: number): boolean {
  return !/\{\{-?$/.test(line.slice(0, at)) && !/^ (-?\}\}|\||[.$][ )])/.test(line.slice(at));
}

function breakPoints(line: string): readonly BreakPoint[] {
  const points: BreakPoint[] = [];
  let inAction = false;
  let inString = false;
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    const pair = line.slice(at, at + 2);
    if (!inAction) {
      inAction = pair === '{{';
    } else if (inString) {
      inString = character !== '"';
      at += character === '\\' ? 1 : 0;
    } else if (pair === '}}') {
      inAction = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === ' ' && isBetweenWords(line, at)) {
      points.push({ at, depth });
    } else {
      depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    }
  }
  return points;
}

/** The last point within `width` that is the least nested, not too near to the start. */
function bestBreak(
  points: readonly BreakPoint[],
  start: number,
  width: number,
): BreakPoint | undefined {
  const fitting = points.filter(({ at }) => at > start + width / 3);
  const onLine = fitting.filter(({ at }) => at <= start + width);
  const least = Math.min(...onLine.map(({ depth }) => depth));
  return onLine.filter(({ depth }) => depth === least).at(-1) ?? fitting.at(0);
}

function wrapLine(line: string): string {
  if (line.length <= LONGEST_LINE || line.includes('`') || line.includes('{{- /*')) {
    return line;
  }
  const indent = (/^ */.exec(line)?.[0] ?? '') + CONTINUATION;
  const points = breakPoints(line);
  const lines: string[] = [];
  let start = 0;
  let width = LONGEST_LINE;
  while (line.length - start > width) {
    const best = bestBreak(points, start, width);
    if (best === undefined) {
      break;
    }
    lines.push(line.slice(start, best.at));
    start = best.at + 1;
    width = LONGEST_LINE - indent.length;
  }
  return [...lines, line.slice(start)].join(`\n${indent}`);
}

/** A template whose long actions go over several lines; what they yield stays the same. */
export function wrapActions(template: string): string {
  return template.split('\n').map(wrapLine).join('\n');
}
