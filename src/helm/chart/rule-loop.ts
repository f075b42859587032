import { bind, type Environment } from '../expression/evaluate';
import type { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { call, literal } from '../expression/operators';
import { loopRounds } from '../manifest/loop-rounds';

/** Texts for which a rule holds in turn: a list, or a map by its sorted keys. */
export interface RuleLoop {
  readonly over: readonly string[] | Readonly<Record<string, string>>;
  /** What the template calls the text, or key and value. */
  readonly variables: readonly string[];
}

/** What the loop goes over, in a template. */
export function loopedOver({ over }: RuleLoop): Expr {
  return isMap(over) ? call('dict', ...Object.entries(over).flat()) : literal(Array.from(over));
}

/** The same loop with other texts; names stay. */
export function withTexts(loop: RuleLoop, change: (text: string) => string): RuleLoop {
  const { over } = loop;
  return isMap(over)
    ? { ...loop, over: Object.fromEntries(Object.entries(over).map(([k, v]) => [k, change(v)])) }
    : loop;
}

/** What a rule sees in each round of its loop; once, if it has none. */
export function roundsOf(
  loop: RuleLoop | undefined,
  environment: Environment,
): readonly Environment[] {
  return loop === undefined
    ? [environment]
    : loopRounds(loop.over, loop.variables).map((round) => bind(environment, round));
}
