import type { Expr } from '../expression/expression';
import {
  and,
  literal,
  lt,
  not,
  or,
  replace,
  str,
  trimPrefix,
  type Condition,
} from '../expression/operators';
import type { Ref } from '../expression/references';
import { each } from '../manifest/each';
import { textLines } from '../manifest/text-file';
import { when } from '../manifest/when';
import type { ChartPart } from './chart-part';

interface Finding {
  /** The value to change, as users of the part write it: `connector.config.routes`. */
  readonly path: string;
  /** What is wrong with what was found, said after its names. */
  readonly problem: string;
  readonly fix: string;
  /** Where this holds, nothing is looked for. */
  readonly unless?: Condition;
}

/** What must not be found in lists. */
export interface FindingRuleProps extends Finding {
  /** Lines as for `notes`: one with a name for each thing that is wrong, none if nothing is. */
  readonly found: readonly unknown[];
}

/** What must hold for every item of a list. */
export interface ItemRuleProps<X> extends Finding {
  readonly list: Expr<readonly X[]>;
  readonly holds: (item: Ref<X>, index: Expr<number>) => Condition;
  /** What the message calls an item that breaks the rule: one line of text. */
  readonly named: (item: Ref<X>, index: Expr<number>) => Expr<string>;
}

/**
 * A rule that fails with the names of what it found. A named template, whose name is given, looks
 * for it.
 */
export function requireNone(
  part: ChartPart,
  template: string,
  { path, found, problem, fix, unless = false }: FindingRuleProps,
): void {
  const wrong = part.textTemplate(template, textLines(found), {
    description: `What is wrong with ${path}: ${problem}.`,
  });
  const names = replace('\n', ', ', trimPrefix('\n', wrong));
  part.require({
    path,
    holds: or(unless, not(wrong)),
    problem: str`${names} ${literal(problem)}`,
    fix,
  });
}

/** Lines for `found`: the names of items that do not go together with a later one of their list. */
export function pairs<X>(
  list: Expr<readonly X[]>,
  clash: (one: Ref<X>, other: Ref<X>) => Condition,
  named: (item: Ref<X>) => Expr<string>,
): readonly unknown[] {
  const names = each(list, (one, index) => [
    each(list, (other, otherIndex) =>
      when(and(lt(index, otherIndex), clash(one, other)), [named(one)]),
    ),
  ]);
  return [names];
}

/** A rule for the items of a list: it fails with the names of those that break it. */
export function requireItems<X>(
  part: ChartPart,
  template: string,
  { list, holds, named, ...finding }: ItemRuleProps<X>,
): void {
  requireNone(part, template, {
    ...finding,
    found: [each(list, (item, index) => when(not(holds(item, index)), [named(item, index)]))],
  });
}
