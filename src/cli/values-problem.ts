/** What is wrong with a value, and what to write instead. */
export interface ValuesProblem {
  /** The keys and the numbers of list items that lead to it. */
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly fix: string;
}

/** `broker.extraEnv[0].name`, as the messages of charts write it. */
export function pathText(path: readonly (string | number)[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text.replace(/^\./, '') || 'values';
}

/** The message of a rule: `broker.tls.secretName: what is wrong; what to write`. */
export function problemOfRule(message: string): ValuesProblem {
  const match = /^([\w.[\]/-]+): (.*?); (.*)$/s.exec(message);
  if (match === null) {
    return { path: [], problem: message, fix: '' };
  }
  const [, path, problem, fix] = match;
  const keys = path
    .replace(/\[\]/g, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
  return { path: keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)), problem, fix };
}
