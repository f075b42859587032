import { execFile } from 'node:child_process';
import type { ExecFileException } from 'node:child_process';

export interface ProcessResult {
  /** True when the process ended with exit code 0. */
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall-clock time. */
  readonly ms: number;
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

/** Runs a fetched binary; an exit code is a result, only a process that cannot run is an error. */
export function runProcess(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<ProcessResult> {
  const start = performance.now();
  const options = { env, maxBuffer: MAX_OUTPUT_BYTES, timeout: TIMEOUT_MS };
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') {
        reject(cannotRun(file, error));
        return;
      }
      resolve({ ok: error === null, stdout, stderr, ms: performance.now() - start });
    });
    // A process that ends before it read all its input is judged by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function cannotRun(file: string, error: ExecFileException): Error {
  if (error.code === 'ENOENT') {
    return new Error(
      `${file} is missing: run \`node scripts/fetch-helm.mjs\` (with --matrix for all versions)`,
    );
  }
  return new Error(`${file} could not run to its end: ${error.message}`);
}
