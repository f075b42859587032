import fc from 'fast-check';

/** Texts that YAML, Go templates or JSON read as something else when they are not quoted well. */
export const HOSTILE_STRINGS: readonly string[] = [
  ...['', ' ', 'a', ' lead', 'trail ', 'two  blanks', 'a,b', 'a: b', 'a #b', '#x', '- a', '? x'],
  ...['true', 'false', 'True', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'NULL', '~', '~x'],
  ...['0', '123', '-1', '+1', '.5', '1.5', '1.0', '08', '0755', '0o17', '0x1f', '0b1', '1_000'],
  ...[
    '1e3',
    '1E5',
    '12e03',
    '1e',
    'e0',
    '1__0',
    '0x_1',
    '.inf',
    '.nan',
    '-.Inf',
    '1:30',
    '1:30:00',
  ],
  ...['2020-01-01', '2020-01-01T00:00:00Z', '1000000', '9007199254740993', '99999999999999999999'],
  ...['"q"', "it's", 'back\\slash', '\\', 'tab\tx', '\t', 'bell\u0007', 'a\r\nb', 'del\u007f'],
  ...['line\nline', 'line\n', '\nline', 'a\n\n', ' a\n b', 'trail \nline', 'a\n  deeper\nb'],
  ...['{{ .Values.x }}', '{{', '}}', '{{`', '{{- end }}', '{{/* x */}}', '{a: 1}', '[x]', '{', '}'],
  ...[
    '&anchor',
    '*alias',
    '!tag',
    '%dir',
    '@at',
    '`tick`',
    '|',
    '>',
    '=',
    '<<',
    '?',
    ':',
    ',',
    '-',
  ],
  ...['--', '---', '...', '--- a', '$x', '${y}', '$(z)', '%s', '%d', '100%', '%%', '%!s(nil)'],
  ...['<b>&amp;', 'é ü', '漢字', '🎉', 'e\u0301', 'x'.repeat(200), 'word '.repeat(40).trimEnd()],
];

/**
 * What Helm itself does not carry from values to output: DEL, the C1 control characters and the
 * noncharacters, which its toJson leaves bare and YAML then refuses in a config file; the line and
 * paragraph separators; and blanks beyond ASCII, which it trims at a document's end.
 */
const NOT_CARRIED =
  /[\u007f-\u009f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]/;

/** Whether Helm gives a text back as it got it. */
export function isCarried(text: string): boolean {
  return !NOT_CARRIED.test(text);
}

const SURROGATES = { from: 0xd800, count: 0x800 };

/**
 * Any code point but the surrogates: what fast-check draws for the unit 'binary', without its table
 * of a million characters, which takes most of a second and 100 MB for each file of tests.
 */
const codePoint = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map(
    (index) => String.fromCodePoint(index < SURROGATES.from ? index : index + SURROGATES.count),
    indexOfCodePoint,
  );

function indexOfCodePoint(character: unknown): number {
  const code = typeof character === 'string' ? (character.codePointAt(0) ?? 0) : 0;
  if (character !== String.fromCodePoint(code)) {
    throw new Error('not a single character');
  }
  return code < SURROGATES.from ? code : code - SURROGATES.count;
}

/** Any text that Helm carries, the hostile ones among them. */
export function hostileString(minLength = 0, maxLength = Infinity): fc.Arbitrary<string> {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const lengths = { minLength, maxLength: Math.min(maxLength, minLength + 12) };
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_STRINGS.filter(fits)) },
      { weight: 2, arbitrary: fc.string(lengths) },
      { weight: 1, arbitrary: fc.string({ ...lengths, unit: 'grapheme' }) },
      { weight: 1, arbitrary: fc.string({ ...lengths, unit: codePoint }) },
    )
    .filter((text) => isCarried(text) && fits(text));
}
