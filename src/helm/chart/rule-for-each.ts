import type { Expr } from '../expression/expression';
import { literal } from '../expression/operators';
import { path } from '../expression/references';
import { STRING } from '../expression/value-type';
import type { RuleProps } from './rule';
import type { RuleLoop } from './rule-loop';

const NAME = '$name';
const VALUE = '$value';

function variable(name: string): Expr<string> {
  return path<string>(name, [], STRING);
}

/** A loop of several rounds; a single one is written out, and none is a rule that always holds. */
function looped(
  texts: readonly (readonly string[])[],
  rule: (texts: readonly Expr<string>[]) => RuleProps,
  loop: RuleLoop,
): RuleProps {
  if (texts.length === 1) {
    return rule(texts[0].map((text) => literal(text)));
  }
  const made = rule(loop.variables.map(variable));
  return texts.length === 0 ? { ...made, holds: true } : { ...made, loop };
}

/** One rule for several names; the template has it once, in a loop. */
export function ruleForEach(
  names: readonly string[],
  rule: (name: Expr<string>) => RuleProps,
): RuleProps {
  const texts = names.map((name) => [name]);
  return looped(texts, ([name]) => rule(name), { over: names, variables: [NAME] });
}

/** One rule for several names, each with a text of its own, in the order of the names. */
export function ruleForEntries(
  entries: Readonly<Record<string, string>>,
  rule: (name: Expr<string>, value: Expr<string>) => RuleProps,
): RuleProps {
  const loop: RuleLoop = { over: entries, variables: [NAME, VALUE] };
  return looped(Object.entries(entries), ([name, value]) => rule(name, value), loop);
}
