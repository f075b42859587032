import type { ValueRow } from '../helm/index';

/** How keys and descriptions of charts say in what a number is counted. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(?:_ms|Ms|Milliseconds)$/, 'ms'],
  [/(?:_secs?|_seconds|Seconds)$/, 's'],
  [/(?:_minutes|Minutes)$/, 'min'],
  [/(?:_hours|Hours)$/, 'h'],
  [/(?:_bytes|Bytes)$/, 'bytes'],
  [/(?:_mb|Mb|MB)$/, 'MB'],
];

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bmilliseconds\b/i, 'ms'],
  [/\bseconds\b/i, 's'],
  [/\bminutes\b/i, 'min'],
  [/\bhours\b/i, 'h'],
  [/\bin bytes\b|^bytes\b/i, 'bytes'],
  [/\bper cent\b/i, '%'],
];

const LAST_KEY = /([^.]+)$/;

/** In what a value is counted: `s`, `ms`, `bytes`; empty for what is counted in pieces or not. */
export function unitOf({ path, type, description }: ValueRow): string {
  if (type !== 'int' && type !== 'float') {
    return '';
  }
  const key = LAST_KEY.exec(path)?.at(1) ?? '';
  const byKey = UNITS.find(([ending]) => ending.test(key));
  // Only the first sentence is about the value itself.
  const sentence = description.split(/[.;:]\s/)[0];
  return (byKey ?? WORDS.find(([word]) => word.test(sentence)))?.[1] ?? '';
}
