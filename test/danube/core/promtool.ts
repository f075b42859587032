import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const isInstalled = spawnSync('promtool', ['--version']).status === 0;

/**
 * `describe` for tests that need Prometheus' own promtool. Without it they are skipped on a
 * developer's machine, and fail in CI.
 */
export function describeWithPromtool(name: string, tests: () => void): void {
  if (isInstalled || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  console.warn('promtool is not installed (apt-get install prometheus): its tests are skipped');
  describe.skip(name, tests);
}

/**
 * What `promtool <command> <last file>` finds wrong; empty if nothing. The files are written as
 * YAML into a directory of their own.
 */
export function promtool(
  command: readonly string[],
  files: Readonly<Record<string, unknown>>,
): string {
  const directory = mkdtempSync(join(tmpdir(), 'promtool-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(directory, name),
      typeof content === 'string' ? content : stringify(content),
    );
  }
  const last = Object.keys(files).at(-1) ?? '';
  const { status, stdout, stderr, error } = spawnSync('promtool', [...command, last], {
    cwd: directory,
    encoding: 'utf8',
  });
  rmSync(directory, { recursive: true });
  if (error !== undefined) {
    return error.message;
  }
  return status === 0 ? '' : `${stdout}${stderr}`;
}
