import {
  add,
  and,
  asString,
  Capabilities,
  choose,
  concat,
  eq,
  ge,
  gt,
  hasKey,
  isSet,
  joinEach,
  len,
  literal,
  not,
  or,
  orElse,
  regexMatch,
  Release,
  str,
  trimSuffix,
  trunc,
  type Expr,
} from '../../../src/helm';
import { AT_ROOT, printOperand, printPipeline } from '../../../src/helm/expression/print';
import { v } from '../sample-values';

const AT_LOOP = { rebound: true };

test.each<[string, Expr, string]>([
  ['a value', v.text, '.Values.text'],
  ['a nested value', v.metrics.port, '.Values.metrics.port'],
  ['a key with a dash', v['dashed-key'].plain, '(index .Values "dashed-key").plain'],
  ['odd keys in a row', v['dashed-key']['with.dot'], '(index .Values "dashed-key" "with.dot")'],
  ['a field of an optional map', v.limits.cpu, '(.Values.limits).cpu'],
  [
    'an odd key of an optional map',
    v.limits['hugepages-2Mi'],
    '(index (default dict .Values.limits) "hugepages-2Mi")',
  ],
  ['the release', Release.name, '.Release.Name'],
  ['text in quotes', literal('a "b"\n'), '"a \\"b\\"\\n"'],
  ['integers compared', eq(v.replicas, 3), 'eq (int .Values.replicas) 3'],
  ['a float compared', ge(v.ratio, 1), 'ge (float64 .Values.ratio) 1.0'],
  [
    'an integer beside a float',
    gt(v.replicas, v.ratio),
    'gt (float64 .Values.replicas) (float64 .Values.ratio)',
  ],
  ['strings compared', eq(v.mode, 'safe'), 'eq .Values.mode "safe"'],
  ['a sum', add(v.replicas, 1), 'add (int .Values.replicas) 1'],
  ['conditions', and(v.enabled, not(v.args)), 'and .Values.enabled (not .Values.args)'],
  ['a set value', isSet(v.port), 'not (kindIs "invalid" .Values.port)'],
  ['a fallback', orElse(v.class, 'none'), '.Values.class | default "none"'],
  [
    'a pipeline',
    trimSuffix('-', trunc(10, str`${Release.name}-x`)),
    'printf "%s-x" .Release.Name | trunc 10 | trimSuffix "-"',
  ],
  ['an integer in text', str`n${v.replicas}`, 'printf "n%d" (int .Values.replicas)'],
  ['a float in text', str`r${v.ratio}`, 'printf "r%s" (.Values.ratio | toJson)'],
  ['a percent sign', str`100% ${v.text}`, 'printf "100%% %s" .Values.text'],
  [
    'text in text',
    str`${str`${v.name}-a`}-${v.mode}`,
    'printf "%s-a-%s" .Values.name .Values.mode',
  ],
  ['text alone', str`${v.text}`, '.Values.text'],
  ['an integer as text', asString(v.replicas), '.Values.replicas | int | toString'],
  ['a float as text', asString(v.ratio), '.Values.ratio | toJson'],
  ['a length', gt(len(v.args), 1), 'gt (len .Values.args) 1'],
  ['a key asked for', hasKey(v.labels, 'app'), 'hasKey .Values.labels "app"'],
  ['a pattern', regexMatch('^a', v.text), 'regexMatch "^a" .Values.text'],
  [
    'a choice on a boolean',
    choose(v.enabled, 'on', v.text),
    'ternary "on" .Values.text .Values.enabled',
  ],
  [
    'a choice on what is no boolean',
    choose(v.args, 1, v.replicas),
    'ternary 1 (int .Values.replicas) (not (empty .Values.args))',
  ],
  [
    'a choice on `or`, which yields its argument',
    choose(or(v.enabled, v.text), 'a', 'b'),
    'ternary "a" "b" (not (empty (or .Values.enabled .Values.text)))',
  ],
  [
    'an API of the cluster',
    Capabilities.hasApi('batch/v1'),
    '.Capabilities.APIVersions.Has "batch/v1"',
  ],
])('%s prints as Helm reads it', (_what, expression, expected) => {
  expect(printPipeline(expression, AT_ROOT)).toBe(expected);
});

test.each<[string, Expr, string]>([
  ['values', v.text, '$.Values.text'],
  ['odd keys', v['dashed-key']['with.dot'], '(index $.Values "dashed-key" "with.dot")'],
  ['optional maps', v.limits.cpu, '($.Values.limits).cpu'],
  ['built-in objects', Release.name, '$.Release.Name'],
  ['arguments', eq(v.replicas, 1), 'eq (int $.Values.replicas) 1'],
  ['the cluster', Capabilities.hasApi('v1'), '$.Capabilities.APIVersions.Has "v1"'],
])('inside a loop %s start at the root `$`', (_what, expression, expected) => {
  expect(printPipeline(expression, AT_LOOP)).toBe(expected);
});

test('inside `with` the value is the dot, and its fields follow the dot', () => {
  const inside = { rebound: true, dot: '.Values.metrics' };
  expect(printPipeline(v.metrics, inside)).toBe('.');
  expect(printPipeline(v.metrics.port, inside)).toBe('.port');
  expect(printOperand(eq(v.metrics.port, 1), inside)).toBe('(eq (int .port) 1)');
  expect(printPipeline(v.text, inside)).toBe('$.Values.text');
});

test('inside `with` a value whose name only starts like the dot is another value', () => {
  expect(printPipeline(v.ports, { rebound: true, dot: '.Values.port' })).toBe('$.Values.ports');
});

test('what is known at synth is computed at synth', () => {
  expect(printPipeline(eq(literal(2), 2), AT_ROOT)).toBe('true');
  expect(printPipeline(and(true, v.enabled), AT_ROOT)).toBe('.Values.enabled');
  expect(printPipeline(or(v.enabled, true), AT_ROOT)).toBe('true');
  expect(printPipeline(choose(false, 'a', v.text), AT_ROOT)).toBe('.Values.text');
  expect(printPipeline(concat(['50%', ' off']), AT_ROOT)).toBe('"50% off"');
});

test('joinEach has no place inside a field', () => {
  const joined = joinEach(v.replicas, ',', (ordinal) => str`${ordinal}`);
  expect(() => printPipeline(joined, AT_ROOT)).toThrow('chart.template(');
});

test('patterns that Go does not know are refused', () => {
  expect(() => regexMatch('(?=a)', v.text)).toThrow('which Go does not know');
  expect(() => regexMatch('(a)\\1', v.text)).toThrow('which Go does not know');
});
