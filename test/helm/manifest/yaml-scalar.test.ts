import { asString, choose, literal, Release, str, type Expr } from '../../../src/helm';
import { evaluated, printed } from '../both-readings';
import { v } from '../sample-values';

test.each([
  ['web', 'web'],
  ['two words', 'two words'],
  ['1.2.3', '1.2.3'],
  ['-x', '-x'],
  ['', '""'],
  ['true', '"true"'],
  ['No', '"No"'],
  ['y', '"y"'],
  ['null', '"null"'],
  ['~', '"~"'],
  ['12', '"12"'],
  ['0o17', '"0o17"'],
  ['1e3', '"1e3"'],
  ['1_000', '"1_000"'],
  ['1:30', '"1:30"'],
  ['2020-01-01', '"2020-01-01"'],
  ['.5', '".5"'],
  ['<<', '"<<"'],
  ['=', '"="'],
  ['...', '"..."'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  ['- a', '"- a"'],
  [' lead', '" lead"'],
  ['say "hi"', 'say "hi"'],
  ['"quoted"', '"\\"quoted\\""'],
  ['back\\slash', 'back\\slash'],
  ['tab\tx', '"tab\\tx"'],
  ['bell\u0007', '"bell\\a"'],
  ['\u00a0', '"\\u00a0"'],
  ['\u{1f389}', '\u{1f389}'],
])('the text %j is written %s', (text, expected) => {
  expect(printed({ key: text })).toBe(`key: ${expected}`);
});

test.each([
  [8, '8'],
  [1.5, '1.5'],
  [1e21, '1e+21'],
  [true, 'true'],
])('the constant %j is written %s', (value, expected) => {
  expect(printed({ key: value })).toBe(`key: ${expected}`);
});

test('keys are quoted as texts are', () => {
  expect(printed({ 'app.io/name': 1, y: 2, '1': 3, 'a: b': 4 })).toBe(
    '"1": 3\napp.io/name: 1\n"y": 2\n"a: b": 4',
  );
});

test('a text of several lines becomes a block where that changes no byte', () => {
  expect(printed({ a: 'one\n  two\n', b: 'one\ntwo', c: 'trail \nx', d: ' x\ny', e: 'x\n\n' }))
    .toBe(`a: |
  one
    two
b: |-
  one
  two
c: "trail \\nx"
d: " x\\ny"
e: "x\\n\\n"`);
});

test('what looks like an action is escaped', () => {
  expect(printed({ a: '{{ $labels.pod }} is down', b: 'x {{', c: '{{ `x` }}', d: '}}' })).toBe(
    `a: "{{ \`{{ $labels.pod }}\` }} is down"
b: x {{ "{{" }}
c: "{{ "{{" }} \`x\` }}"
d: "}}"`,
  );
});

test.each<[string, Expr, string]>([
  ['a free text is quoted', v.text, '{{ .Values.text | quote }}'],
  ['an integer is an integer', v.replicas, '{{ .Values.replicas | int }}'],
  ['a float goes through JSON', v.ratio, '{{ .Values.ratio | toJson }}'],
  ['a boolean is bare', v.enabled, '{{ .Values.enabled }}'],
  ['an enum with `off` is quoted', v.mode, '{{ .Values.mode | quote }}'],
  ['a name could be 123', v.name, '{{ .Values.name | quote }}'],
  [
    'a number as text is quoted',
    asString(v.replicas),
    '{{ .Values.replicas | int | toString | quote }}',
  ],
  ['letters keep a name a string', str`${v.name}-proxy`, '{{ .Values.name }}-proxy'],
  ['those of `no` and `true` do not', str`${v.name}no`, '"{{ .Values.name }}no"'],
  ['a blank asks for quotes', str`${v.name} proxy`, '"{{ .Values.name }} proxy"'],
  ['one letter does not', str`${v.replicas}e3`, '"{{ .Values.replicas | int }}e3"'],
  ['a colon asks for quotes', str`${v.image}:x`, '"{{ .Values.image }}:x"'],
  ['a free part asks for `quote`', str`a ${v.text}`, '{{ printf "a %s" .Values.text | quote }}'],
  ['the release may be 123', Release.name, '{{ .Release.Name | quote }}'],
  [
    'a choice is as safe as its worse side',
    choose(v.enabled, 'web', v.name),
    '{{ ternary "web" .Values.name .Values.enabled | quote }}',
  ],
  ['a constant is written out', literal('on'), '"on"'],
])('%s', (_rule, expression, expected) => {
  expect(printed({ key: expression })).toBe(`key: ${expected}`);
});

test('an expression reads the same in both worlds whatever its text', () => {
  const text = 'a"\\\n\t{{ x }} é';
  expect(evaluated({ key: v.text }, { text })).toEqual({ key: text });
});
