import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Gives each test of a file an empty directory, which is gone after the test. */
export function useTemporaryDirectory(): () => string {
  let directory: string;
  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'helm-test-'));
  });
  afterEach(() => {
    fs.rmSync(directory, { recursive: true });
  });
  return () => directory;
}
