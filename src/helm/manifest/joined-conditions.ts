import { AT_ROOT, printCondition } from '../expression/print';
import { withoutSwallowedBlanks, type Line } from './line';

/** The condition of an `if` without `else`, printed. */
function conditionOf(line: Line): string | undefined {
  if (line.line !== 'if' || line.branches.length > 1) {
    return undefined;
  }
  const [{ condition }] = line.branches;
  return condition === undefined ? undefined : printCondition(condition, AT_ROOT);
}

function joined(first: Line, second: Line): Line {
  if (first.line !== 'if' || second.line !== 'if') {
    return first;
  }
  const [{ condition, body }] = first.branches;
  // What stood at the end of a body was swallowed.
  const both = [...withoutSwallowedBlanks(body), ...second.branches[0].body];
  return { line: 'if', branches: [{ condition, body: both }] };
}

/** Neighbours under the same condition stand in one `if`. */
export function withJoinedConditions(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let above: string | undefined;
  for (const line of lines) {
    const condition = conditionOf(line);
    const last = condition !== undefined && condition === above ? kept.pop() : undefined;
    kept.push(last === undefined ? line : joined(last, line));
    above = condition;
  }
  return kept;
}
