import type { Expr } from '../expression/expression';
import { AT_ROOT, printCondition } from '../expression/print';
import { allOf, conjuncts } from './conjuncts';
import type { Line } from './line';
import { underConditions } from './under-conditions';

/** Lines that are there if all of some conditions hold. */
interface Guarded {
  readonly conditions: readonly Expr[];
  readonly body: readonly Line[];
}

/** What an `if` without `else` says. */
function guardedBy(line: Line): Guarded | undefined {
  if (line.line !== 'if' || line.branches.length > 1) {
    return undefined;
  }
  const [{ condition, body }] = line.branches;
  return condition === undefined ? undefined : { conditions: conjuncts(condition), body };
}

function isSame(one: Expr | undefined, other: Expr | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    printCondition(one, AT_ROOT) === printCondition(other, AT_ROOT)
  );
}

/** How many conditions all of some neighbours begin with. */
function sharedCount([first, ...others]: readonly Guarded[]): number {
  const different = first.conditions.findIndex((condition, index) =>
    others.some(({ conditions }) => !isSame(condition, conditions[index])),
  );
  return different < 0 ? first.conditions.length : different;
}

/** Lines that begin with the condition of the one at `start`, if it has one. */
function neighboursFrom(start: number, lines: readonly Line[]): readonly Guarded[] {
  const neighbours: Guarded[] = [];
  for (let at = start; at < lines.length; at += 1) {
    const guarded = guardedBy(lines[at]);
    const first = neighbours.at(0) ?? guarded;
    if (guarded === undefined || !isSame(guarded.conditions[0], first?.conditions[0])) {
      break;
    }
    neighbours.push(guarded);
  }
  return neighbours;
}

function joined(neighbours: readonly Guarded[]): Line {
  const count = sharedCount(neighbours);
  const shared = neighbours[0].conditions.slice(0, count);
  const body = neighbours.flatMap((one) => underConditions(one.conditions.slice(count), one.body));
  const condition = allOf(...shared);
  return { line: 'if', branches: [{ condition, body: withJoinedConditions(body) }] };
}

/** Neighbours whose conditions begin with the same one stand in one `if` of it. */
export function withJoinedConditions(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  for (let start = 0; start < lines.length;) {
    const neighbours = neighboursFrom(start, lines);
    kept.push(neighbours.length > 1 ? joined(neighbours) : lines[start]);
    start += Math.max(1, neighbours.length);
  }
  return kept;
}
