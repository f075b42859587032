import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string;
  /** The directory that it runs in; that of this process when left out. */
  readonly cwd?: string;
  /** Those that are no error; 0 when left out. */
  readonly exitCodes?: readonly number[];
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Another exit code is an error that says what it wrote. */
export function runCommand(options: CommandOptions): Promise<CommandOutput> {
  const { file, args, env, input, cwd, exitCodes = [0] } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { env, cwd });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const output = { stdout: text(stdout), stderr: text(stderr) };
      if (code !== null && exitCodes.includes(code)) {
        resolve(output);
      } else {
        const said = `${output.stdout.slice(-2000)}\n${output.stderr}`.trim();
        reject(new Error(`${file} ${args.join(' ')} ended with ${String(code)}:\n${said}`));
      }
    });
    // A command that ends before it read everything is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
