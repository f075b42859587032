import * as fs from 'node:fs';
import * as path from 'node:path';
import mutants from './mutants.cjs';

const root = path.join(__dirname, '..', '..');

test('there are enough mutants, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(36);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

test.each(mutants)('$id: its text occurs once in $file', ({ file, find, replace, seenBy }) => {
  const source = fs.readFileSync(path.join(root, file), 'utf8');
  expect(source.split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
  expect(seenBy === undefined || fs.existsSync(path.join(root, seenBy))).toBe(true);
});
