import { changelogSection, changesFor, changesOf } from '../../../src/helm';

const CHANGELOG = `# Changelog

## 1.1.0 (2026-01-01)

- \`ant\`: a
  long line.
- \`bee\` and \`ant\` agree.

### Security

- All of them.
- \`tool/part\`: faster.

## 1.0.0

First.

## 1.0.0-rc.1

- Early.
`;

test('a section is what stands below the heading of a version', () => {
  expect(changelogSection(CHANGELOG, '1.0.0')).toBe('First.');
  expect(changelogSection(CHANGELOG, '1.0.0-rc.1')).toBe('- Early.');
  expect(changelogSection(CHANGELOG, '1')).toBeUndefined();
  expect(changesOf(CHANGELOG, '2.0.0')).toEqual([]);
});

test('items are read whole, with the kind of their heading', () => {
  expect(changesOf(CHANGELOG, '1.1.0')).toEqual([
    { kind: undefined, text: '`ant`: a long line.' },
    { kind: undefined, text: '`bee` and `ant` agree.' },
    { kind: 'security', text: 'All of them.' },
    { kind: 'security', text: '`tool/part`: faster.' },
  ]);
});

test('a chart gets what names it and what names nothing', () => {
  const changes = changesOf(CHANGELOG, '1.1.0');
  const textsFor = (chart: string) =>
    changesFor(changes, chart, ['ant', 'bee', 'tool']).map(({ text }) => text);
  expect(textsFor('ant')).toEqual([
    '`ant`: a long line.',
    '`bee` and `ant` agree.',
    'All of them.',
  ]);
  expect(textsFor('bee')).toEqual(['`bee` and `ant` agree.', 'All of them.']);
});
