import type { ErrorObject } from 'ajv';
import { isMap } from './plain-map';
import { closestTo } from './closest-word';

interface Refusal {
  readonly problem: string;
  readonly fix: string;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'null',
};

function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isMap(value)) {
    return 'a map';
  }
  return typeof value === 'string' ? `the string ${JSON.stringify(value)}` : JSON.stringify(value);
}

function fixOfType(value: unknown, wanted: readonly string[]): string {
  const words = wanted.filter((type) => type !== 'null').map((type) => TYPE_WORDS[type] ?? type);
  const isNumeric = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  if (isNumeric && wanted.some((type) => type === 'integer' || type === 'number')) {
    return `write it without quotes: ${value}`;
  }
  if (typeof value === 'string' && /^(true|false)$/.test(value) && wanted.includes('boolean')) {
    return `write it without quotes: ${value}`;
  }
  if (['number', 'boolean'].includes(typeof value) && wanted.includes('string')) {
    return `write it in quotes: "${String(value)}"`;
  }
  return value === null ? 'leave it out to get the default' : `write ${words.join(' or ')}`;
}

function typeRefusal({ params, data }: ErrorObject, isHidden: boolean): Refusal {
  const types: unknown = params.type;
  const wanted = (Array.isArray(types) ? types : String(types).split(',')).map(String);
  return isHidden
    ? { problem: 'has the wrong type', fix: fixOfType(undefined, wanted) }
    : { problem: `is ${kindOf(data)}`, fix: fixOfType(data, wanted) };
}

function enumRefusal(error: ErrorObject, said: string): Refusal {
  const allowed: unknown = error.params.allowedValues;
  const words = (Array.isArray(allowed) ? allowed : [])
    .filter((one) => one !== null)
    .map((one) => (typeof one === 'string' && one !== '' ? one : JSON.stringify(one)));
  const meant = closestTo(String(error.data), words);
  return {
    problem: `${said} is none of its words`,
    fix: `write ${meant === undefined ? '' : `${meant}, or another `}one of: ${words.join(', ')}`,
  };
}

/** What the chart says of a value, for whom the limits alone say little. */
function descriptionOf({ parentSchema }: ErrorObject): string {
  const description: unknown = parentSchema?.description;
  const examples: unknown = parentSchema?.examples;
  const example = Array.isArray(examples) ? `; for example ${JSON.stringify(examples[0])}` : '';
  return typeof description === 'string' ? description.replace(/\.$/, '') + example : '';
}

/** Values that may be secrets are not repeated. */
function mayBeSecret(path: readonly (string | number)[]): boolean {
  return path.some((key) => /secret|password|token|trialvalues|api_?key/i.test(String(key)));
}

/** What a keyword of a JSON schema has against a value, and what to write instead. */
export function refusalOf(error: ErrorObject, path: readonly (string | number)[]): Refusal {
  const { keyword, params, data } = error;
  const isHidden = mayBeSecret(path);
  const said = isHidden ? 'what is written' : JSON.stringify(data);
  const limit = String(params.limit);
  const described = descriptionOf(error);
  switch (keyword) {
    case 'type':
      return typeRefusal(error, isHidden);
    case 'enum':
    case 'const':
      return enumRefusal(
        { ...error, params: { allowedValues: [params.allowedValue], ...params } },
        said,
      );
    case 'minimum':
      return { problem: `${said} is too little`, fix: `write ${limit} or more` };
    case 'maximum':
      return { problem: `${said} is too much`, fix: `write ${limit} or less` };
    case 'minLength':
      return data === ''
        ? { problem: 'is empty', fix: described || 'write something' }
        : { problem: 'is too short', fix: `write at least ${limit} characters` };
    case 'maxLength':
      return { problem: 'is too long', fix: `write at most ${limit} characters` };
    case 'minItems':
    case 'minProperties':
      return { problem: 'has too few entries', fix: `write at least ${limit}` };
    case 'maxItems':
    case 'maxProperties':
      return { problem: 'has too many entries', fix: `write at most ${limit}` };
    case 'pattern':
      return {
        problem: `${said} has not the form that it needs`,
        fix: described || `write what matches ${String(params.pattern)}`,
      };
    case 'format':
      return { problem: `${said} is no ${String(params.format)}`, fix: described || 'correct it' };
    case 'propertyNames':
      return {
        problem: `cannot have the key ${JSON.stringify(params.propertyName)}`,
        fix: described || 'choose another key',
      };
    default:
      return {
        problem: keyword === 'no form' ? `${said} has none of its forms` : (error.message ?? said),
        fix: described || 'see the reference of the values',
      };
  }
}
