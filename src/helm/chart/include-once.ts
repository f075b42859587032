import { goQuote } from '../expression/go-value';
import type { NamedTemplate } from '../expression/named-template';

/** A template that is the same in all of a file, with the variable that holds it there. */
export interface HeldTemplate {
  readonly name: string;
  readonly variable: string;
  /** Its place among the chart's templates, which their variables keep. */
  readonly place: number;
}

/** By their names, as a chart of many parts has many of them. */
export type HeldTemplates = ReadonlyMap<string, HeldTemplate>;

/** Those of a chart's templates that its files hold in variables. */
export function heldTemplates(templates: readonly NamedTemplate[]): HeldTemplates {
  const held = new Map<string, HeldTemplate>();
  templates.forEach(({ name, variable }, place) => {
    if (variable !== undefined) {
      held.set(name, { name, variable, place });
    }
  });
  return held;
}

/** Those that some lines include, in their order. */
function includedIn(lines: readonly string[], held: HeldTemplates): readonly HeldTemplate[] {
  const names = new Set(
    [...lines.join('\n').matchAll(/include "([^"]+)"/g)].map(([, name]) => name),
  );
  return [...names].flatMap((name) => held.get(name) ?? []).sort((a, b) => a.place - b.place);
}

/** As an operand, or as the start of a pipeline. */
function includesOf(name: string): RegExp {
  const include = `include ${goQuote(name).replaceAll('.', '\\.')} [.$]`;
  return new RegExp(`\\(${include}\\)|${include}(?= \\|| -?\\}\\})`, 'g');
}

function holdOne(lines: readonly string[], { name, variable }: HeldTemplate): readonly string[] {
  const includes = includesOf(name);
  const text = lines.join('\n');
  const isWorthIt = (text.match(includes)?.length ?? 0) > 1;
  if (!isWorthIt || text.includes(variable)) {
    return lines;
  }
  const held = text.replace(includes, () => variable).replace(/^ +/, '{{ "$&" }}');
  // What this line prints nothing of is a line break too.
  return [`{{- ${variable} := include ${goQuote(name)} . -}}`, ...held.split('\n')];
}

/**
 * The lines of a file or definition, where what they include several times is included once: Helm
 * executes a template each time anew.
 */
export function includeOnce(lines: readonly string[], held: HeldTemplates): readonly string[] {
  return includedIn(lines, held).reduceRight<readonly string[]>(holdOne, lines);
}
