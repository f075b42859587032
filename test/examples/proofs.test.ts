import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The paths in the last column of the README's table, for each of its rows. */
function provenByRows(): string[][] {
  const section = README.split('## What is proven, and by what')[1]?.split('\n## ')[0] ?? '';
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => {
    const column = row.split('|').at(-2) ?? '';
    return [...column.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
  });
}

function provenBy(): string[] {
  return provenByRows().flat();
}

function testFilesIn(directory: string): string[] {
  const entries = readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' });
  const files = entries.filter((name) => name.endsWith('.test.ts'));
  return files.map((name) => relative('', join(directory, name)));
}

describe('the table of what is proven', () => {
  test('names tests that exist', () => {
    const paths = provenBy();
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names one in each row, itself or the folder of it', () => {
    const rows = provenByRows();
    const isTest = (path: string): boolean =>
      path.endsWith('.test.ts') ||
      (statSync(join(ROOT, path)).isDirectory() && testFilesIn(path).length > 0);
    expect(rows.filter((paths) => !paths.some(isTest))).toEqual([]);
  });

  test('has every test with real servers', () => {
    const paths = provenBy();
    const files = [...testFilesIn('test/software'), ...testFilesIn('test/cluster')];
    const unnamed = files.filter(
      (file) => !paths.some((path) => file === path || file.startsWith(`${path}/`)),
    );
    expect(unnamed).toEqual([]);
  });
});
