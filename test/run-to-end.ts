import { spawn } from 'node:child_process';

export interface EndedRun {
  readonly code: number | null;
  /** What it wrote, to either output. */
  readonly output: string;
}

/** Runs a program to its end, with nothing but the given environment. */
export function runToEnd(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): Promise<EndedRun> {
  return new Promise((resolve, reject) => {
    // With a socket as its input bash takes itself for a remote shell.
    const run = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (data: Buffer) => {
      output += data.toString();
    };
    run.stdout.on('data', hear);
    run.stderr.on('data', hear);
    run.once('error', reject);
    run.once('close', (code) => {
      resolve({ code, output });
    });
  });
}
