import { wrapActions } from '../../../src/helm/chart/wrap-actions';

const LONGEST_LINE = 120;

const words = Array.from({ length: 30 }, (_, at) => `"word-${String(at)}"`).join(' ');

test('no line of a wrapped action is longer than its limit, its indent included', () => {
  const lines = wrapActions(`        {{- with omit .Values.labels ${words} }}`).split('\n');
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(LONGEST_LINE);
});

test('a wrapped action says what it said, and continues with more indent', () => {
  const action = `    {{- with omit .Values.labels ${words} }}`;
  const [first, ...others] = wrapActions(action).split('\n');
  expect([first, ...others.map((line) => line.trim())].join(' ')).toBe(action);
  expect(others.every((line) => line.startsWith(' '.repeat(8)))).toBe(true);
});

test('texts outside of actions and inside of strings are not broken', () => {
  const text = `key: ${'a b '.repeat(50)}`;
  const string = `{{ fail "${'a b '.repeat(50)}" }}`;
  expect(wrapActions(text)).toBe(text);
  expect(wrapActions(string)).toBe(string);
});
