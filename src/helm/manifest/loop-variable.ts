import { walkExpressions } from './walk';

/** Names bound by the loops that are being built right now: nested loops never shadow. */
const inScope: string[] = [];

function unusedName(wanted: string): string {
  let name = wanted;
  for (let suffix = 2; inScope.includes(name); suffix += 1) {
    name = wanted + String(suffix);
  }
  return name;
}

/** Calls `build` with variable names that no enclosing loop uses. */
export function withVariables<R>(
  wanted: readonly string[],
  build: (names: readonly string[]) => R,
): R {
  const names = wanted.map(unusedName);
  inScope.push(...names);
  try {
    return build(names);
  } finally {
    inScope.length -= names.length;
  }
}

/** Whether any expression below a node refers to the variable. */
export function mentionsVariable(node: unknown, variable: string): boolean {
  let mentioned = false;
  walkExpressions(node, ({ $operation }) => {
    mentioned ||= $operation.op === 'reference' && $operation.root === variable;
  });
  return mentioned;
}
