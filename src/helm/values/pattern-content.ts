import type { StringContent } from '../expression/value-type';

const NAME_CHARACTERS = /^[A-Za-z0-9._-]*$/;
const QUOTABLE_CHARACTERS = /^[A-Za-z0-9._\-/:@+=, *!()<>~^%#&;'$?[\]|]*$/;

const CLASS_ESCAPES = new Map<string, string>([
  ['d', '0'],
  ['w', 'a'],
]);

/**
 * The characters that an anchored pattern lets through, ranges by their ends; undefined when the
 * pattern is not anchored or uses something that this does not understand.
 */
function charactersOf(pattern: string): string | undefined {
  const alternatives = /^\^(.*)\$$/.exec(pattern);
  if (alternatives === null) {
    return undefined;
  }
  const body = alternatives[1].replace(/\(\?:/g, '(').replace(/(\)|\]|[^\\])\{\d*,?\d*\}/g, '$1');
  let found = '';
  let inClass = false;
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at];
    if (character === '\\') {
      at += 1;
      const escaped = body[at];
      if (/[A-Za-z]/.test(escaped) && !CLASS_ESCAPES.has(escaped)) {
        return undefined;
      }
      found += CLASS_ESCAPES.get(escaped) ?? escaped;
    } else if (inClass) {
      if (character === '^' && body[at - 1] === '[') {
        return undefined;
      }
      const isRange = character === '-' && body[at + 1] !== ']' && body[at - 1] !== '[';
      inClass = character !== ']';
      found += character === ']' || isRange ? '' : character;
    } else if (character === '[') {
      inClass = true;
    } else if (character === '.') {
      return undefined;
    } else if (character === '|' && depthOf(body.slice(0, at)) === 0) {
      // `^a|b$` is anchored on one side only in each alternative.
      return undefined;
    } else if (!'()|*+?^$'.includes(character)) {
      found += character;
    }
  }
  return hasForeignRange(body) ? undefined : found;
}

function depthOf(text: string): number {
  const plain = text.replace(/\\./g, '');
  return plain.split('(').length - plain.split(')').length;
}

/** Ranges other than of letters and digits could hold anything between their ends. */
function hasForeignRange(body: string): boolean {
  const classes = body.match(/\[(?:\\.|[^\]])*\]/g) ?? [];
  return classes.some((characters) => {
    const inner = characters.slice(1, -1).replace(/a-z|A-Z|0-9|a-f|A-F|1-9|0-5|0-4|\\./g, '');
    return /.-./.test(inner);
  });
}

/** A chart has few patterns, each for many values. */
const contents = new Map<string, StringContent>();

/** What a string is proved to consist of by a pattern that it matches. */
export function contentOfPattern(pattern: string): StringContent {
  const content = contents.get(pattern) ?? provedContent(pattern);
  contents.set(pattern, content);
  return content;
}

function provedContent(pattern: string): StringContent {
  const characters = charactersOf(pattern);
  if (characters === undefined) {
    return 'free';
  }
  if (NAME_CHARACTERS.test(characters)) {
    return 'name';
  }
  return QUOTABLE_CHARACTERS.test(characters) ? 'quotable' : 'free';
}
