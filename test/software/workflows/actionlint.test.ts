import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { areBuilt, goProgramPath } from '../../go-programs';

const REPOSITORY = join(__dirname, '../../..');
const WORKFLOWS = join(REPOSITORY, '.github/workflows');
const ACTIONLINT = goProgramPath('actionlint', 'actionlint');
const withActionlint = areBuilt([ACTIONLINT]) ? test : test.skip;

withActionlint.each(readdirSync(WORKFLOWS))('actionlint finds nothing in %s', (name) => {
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', join(WORKFLOWS, name)];
  const { stdout, stderr, status } = spawnSync(ACTIONLINT, args, { encoding: 'utf8' });
  expect(stdout + stderr).toBe('');
  expect(status).toBe(0);
});

withActionlint('it finds what is wrong', () => {
  const input = 'on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: x, needs: y}]}}\n';
  const { stdout, status } = spawnSync(ACTIONLINT, ['-no-color', '-'], { input, encoding: 'utf8' });
  expect(stdout).toContain('unexpected key "needs"');
  expect(status).toBe(1);
});
