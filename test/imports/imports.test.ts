import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const COMMITTED = join(ROOT, 'imports');

test('imports/ is what `npm run imports` writes', () => {
  const output = mkdtempSync(join(tmpdir(), 'imports-'));
  execFileSync(process.execPath, [join(ROOT, 'scripts/make-imports.mjs'), output]);
  expect(readdirSync(COMMITTED)).toEqual(readdirSync(output));
  for (const file of readdirSync(output)) {
    const made = readFileSync(join(output, file), 'utf8');
    expect(readFileSync(join(COMMITTED, file), 'utf8')).toBe(made);
  }
  rmSync(output, { recursive: true });
});
