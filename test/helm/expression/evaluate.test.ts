import {
  add,
  and,
  asString,
  base64,
  choose,
  contains,
  div,
  eq,
  ge,
  gt,
  has,
  hasKey,
  hasPrefix,
  hasSuffix,
  isSet,
  join,
  le,
  len,
  literal,
  lower,
  lt,
  merge,
  mul,
  ne,
  not,
  omit,
  or,
  orElse,
  regexMatch,
  regexReplaceAll,
  Release,
  replace,
  sha256,
  str,
  sub,
  trimPrefix,
  trimSuffix,
  trunc,
  until,
  type Expr,
} from '../../../src/helm';
import { evaluate } from '../../../src/helm/expression/evaluate';
import { environment } from '../both-readings';
import { v } from '../sample-values';

const values = {
  replicas: 3,
  ratio: 1.5,
  text: 'Grüße {x}',
  args: ['a', 'b'],
  labels: { team: 'x', 'app.io/part': 'y' },
  weights: { one: 1 },
  hosts: [{ host: 'h', paths: [] }],
};

test.each<[string, Expr, unknown]>([
  ['a value', v.text, 'Grüße {x}'],
  ['a default', v.metrics.port, 9090],
  ['an odd key', v['dashed-key']['with.dot'], 'd'],
  ['a field of a map that is not given', v.limits.cpu, undefined],
  ['the release', str`${Release.name}.${Release.namespace}`, 'blue.river'],
  ['eq', eq(v.replicas, 3), true],
  ['ne', ne(v.mode, 'fast'), false],
  ['gt', gt(v.ratio, 1), true],
  ['ge', ge(v.replicas, 4), false],
  ['lt', lt(v.ratio, v.replicas), true],
  ['le', le(v.replicas, 3), true],
  ['and is a boolean whatever is asked', and(v.enabled, v.ports, v.args), false],
  ['or is a boolean whatever is asked', or(v.ports, v.args), true],
  ['not of an empty list', not(v.ports), true],
  ['isSet of a missing value', isSet(v.port), false],
  ['has', has('b', v.args), true],
  ['hasKey', hasKey(v.labels, 'app.io/part'), true],
  ['hasKey of what every JavaScript object has', hasKey(v.labels, 'toString'), false],
  ['contains', contains('ü', v.text), true],
  ['hasPrefix', hasPrefix('gr', v.text), false],
  ['hasSuffix', hasSuffix('}', v.text), true],
  ['regexMatch', regexMatch('^G.{4} ', v.text), true],
  ['orElse of an empty value', orElse(v.class, 'none'), 'none'],
  ['orElse of a given value', orElse(v.mode, 'off'), 'fast'],
  ['trunc counts bytes', trunc(4, v.text), 'Grü'],
  ['trimSuffix', trimSuffix('}', v.text), 'Grüße {x'],
  ['trimPrefix', trimPrefix('Gr', v.text), 'üße {x}'],
  ['replace', replace('x', '$&', v.text), 'Grüße {$&}'],
  ['regexReplaceAll', regexReplaceAll('[^a-z]', v.text, '-'), '-r--e--x-'],
  ['lower without a final sigma', lower(literal('ΑΣ')), 'ασ'],
  ['join', join(', ', v.args), 'a, b'],
  ['base64', base64(v.text), 'R3LDvMOfZSB7eH0='],
  ['sha256', sha256(v.name), '4b5e57f6eb2f42b9039b3d1e13929295f231749c510cbe341cd68036d9af97e2'],
  ['len of a list', len(v.args), 2],
  ['len of a map', len(v.labels), 2],
  ['len of a text in bytes', len(v.text), 11],
  ['add', add(v.replicas, 1), 4],
  ['sub', sub(v.replicas, 5), -2],
  ['mul', mul(v.replicas, v.replicas), 9],
  ['div cuts', div(literal(-7), v.replicas), -2],
  ['until', until(v.replicas), [0, 1, 2]],
  ['choose', choose(v.ports, 'some', 'none'), 'none'],
  ['asString of an integer', asString(v.replicas), '3'],
  ['asString of a boolean', asString(v.enabled), 'true'],
  ['asString of a float', asString(v.ratio), '1.5'],
  ['omit', omit(v.labels, 'team'), { 'app.io/part': 'y' }],
  [
    'merge: the first wins',
    merge(omit(v.labels, 'team'), v.labels),
    { team: 'x', 'app.io/part': 'y' },
  ],
])('%s evaluates as in Helm', (_what, expression, expected) => {
  expect(evaluate(expression, environment(values))).toEqual(expected);
});

test('a million is no 1e+06', () => {
  const large = environment({ replicas: 1_000_000, ratio: 1_000_000 });
  expect(evaluate(str`${v.replicas} ${v.ratio}`, large)).toBe('1000000 1000000');
});

test('a division by zero is an error, as in Go', () => {
  expect(() => evaluate(div(v.replicas, 0), environment())).toThrow('integer divide by zero');
});

test('an expression used as a JavaScript value throws with advice', () => {
  const text: unknown = v.text;
  expect(() => String(text)).toThrow('build text with str`...`');
  expect(() => Number(v.replicas)).toThrow('calculate with add()');
  expect(() => JSON.stringify({ text: v.text })).toThrow('put it in an object of a HelmChart');
});

test('a misspelt path throws at once and says what there is', () => {
  const metrics: unknown = v.metrics;
  expect(() => (metrics as Record<string, unknown>).prot).toThrow(
    "there is no value 'prot' here; known are: enabled, port",
  );
});
