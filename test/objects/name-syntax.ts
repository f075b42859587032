/** The name syntaxes of the Kubernetes API, each with what to say of a name that breaks it. */
export interface NameSyntax {
  pattern: RegExp;
  maxLength: number;
  description: string;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelWord = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';

export const dns1123Label: NameSyntax = {
  pattern: new RegExp(`^${label}$`),
  maxLength: 63,
  description: 'DNS-1123 label',
};

export const dns1123Subdomain: NameSyntax = {
  pattern: new RegExp(`^${label}(\\.${label})*$`),
  maxLength: 253,
  description: 'DNS-1123 subdomain',
};

export const dns1035Label: NameSyntax = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  description: 'DNS-1035 label',
};

/** At least one letter, and no two hyphens in a row. */
export const portName: NameSyntax = {
  pattern: /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 15,
  description: 'IANA_SVC_NAME',
};

export const environmentName: NameSyntax = {
  pattern: /^[-._a-zA-Z][-._a-zA-Z0-9]*$/,
  maxLength: Infinity,
  description: 'environment variable name',
};

/** Keys of ConfigMaps and Secrets. */
export const dataKey: NameSyntax = {
  pattern: /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]+$/,
  maxLength: 253,
  description: 'data key',
};

export const labelValue: NameSyntax = {
  pattern: new RegExp(`^(${labelWord})?$`),
  maxLength: 63,
  description: 'label value',
};

const qualifiedNameWord: NameSyntax = {
  pattern: new RegExp(`^${labelWord}$`),
  maxLength: 63,
  description: 'qualified name',
};

export function limitedTo(maxLength: number, syntax: NameSyntax): NameSyntax {
  return { ...syntax, maxLength };
}

/** What is wrong with `name`, or undefined. */
export function nameProblem(name: string, syntax: NameSyntax): string | undefined {
  if (name.length > syntax.maxLength) {
    return `"${name}" is longer than ${syntax.maxLength} characters`;
  }
  if (!syntax.pattern.test(name)) {
    return `"${name}" is no valid ${syntax.description}`;
  }
  return undefined;
}

/** Label and annotation keys: a word, optionally with a domain before a slash. */
export function qualifiedNameProblem(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return `"${key}" is no valid qualified name`;
  }
  const word = parts[parts.length - 1];
  const wordProblem = nameProblem(word, qualifiedNameWord);
  if (wordProblem || parts.length === 1) {
    return wordProblem;
  }
  return nameProblem(parts[0], dns1123Subdomain);
}
