import { goQuote } from '../expression/go-value';
import type { NamedTemplate } from '../expression/named-template';

/** A template that is the same in all of a file, with the variable that holds it there. */
export interface HeldTemplate {
  readonly name: string;
  readonly variable: string;
}

/** Those of a chart's templates that its files hold in variables. */
export function heldTemplates(templates: readonly NamedTemplate[]): readonly HeldTemplate[] {
  return templates.flatMap(({ name, variable }) =>
    variable === undefined ? [] : [{ name, variable }],
  );
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
export function includeOnce(
  lines: readonly string[],
  held: readonly HeldTemplate[],
): readonly string[] {
  return held.reduceRight<readonly string[]>(holdOne, lines);
}
