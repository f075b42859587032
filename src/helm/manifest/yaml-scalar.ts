import { stringify } from 'yaml';
import { goQuote } from '../expression/go-value';

/** Letters, marks, digits, punctuation, symbols and inner blanks: nothing that needs escapes. */
const VISIBLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

function asYaml(value: string, version: '1.1' | '1.2'): string {
  return stringify(value, { version, lineWidth: 0 }).replace(/\n$/, '');
}

/** Read as merge keys or defaults by some parsers although they look plain. */
const SPECIAL = new Set(['<<', '=']);

/** Most keys and words: no number (`e0` is one to some), no time, nothing with its own meaning. */
const WORD = /^[A-Za-z/]{2}[A-Za-z0-9_./-]*$/;
const RESERVED = /^(yes|no|on|off|true|false|null)$/i;

/** Whether a text is one of the usual words, which everyone writes and reads without quotes. */
export function isWord(text: string): boolean {
  return WORD.test(text) && !RESERVED.test(text);
}

function isPlain(value: string): boolean {
  return (
    isWord(value) ||
    (VISIBLE.test(value) &&
      !SPECIAL.has(value) &&
      asYaml(value, '1.1') === value &&
      asYaml(value, '1.2') === value)
  );
}

/** The same keys and words stand in every object, and the serializer of `yaml` is slow to start. */
const plainStrings = new Map<string, boolean>();

/**
 * A constant on one line of YAML. A string is plain only where YAML 1.1, YAML 1.2 and Go's parser
 * all read the same string (`0o17`, `...` and `<<` differ), and quoted otherwise.
 */
export function yamlScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') {
    return String(value);
  }
  const plain = plainStrings.get(value) ?? isPlain(value);
  plainStrings.set(value, plain);
  return plain ? value : goQuote(value);
}

/** Whether a text of several lines can be written as a block scalar without changing a byte. */
export function fitsBlockScalar(value: string): boolean {
  return (
    value.includes('\n') &&
    /^[\t\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe\uff00-\ufffd\n]*$/.test(value) &&
    !/[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(value) &&
    !/^[ \n]/.test(value) &&
    !/\n\n$/.test(value) &&
    !/[ \t](\n|$)/.test(value)
  );
}
