import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';

const LOG_TAIL = 4000;

/** A port of this machine that nothing listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

export interface ProgramOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** The file that takes what it says. */
  readonly log: string;
  /** Its environment; that of the tests when left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A server that runs until it is stopped; what it says goes to a file. */
export class BackgroundProgram {
  private readonly process: ChildProcess;
  private exit: string | undefined;

  constructor(private readonly options: ProgramOptions) {
    const { file, args, env } = options;
    const log = fs.openSync(options.log, 'a');
    this.process = spawn(file, [...args], { env, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    this.process.once('error', (error) => {
      this.exit = error.message;
    });
    this.process.once('exit', (code, signal) => {
      this.exit = `ended with ${String(code ?? signal)}`;
    });
  }

  /** Waits until the check says so; a program that ends before is an error. */
  async waitUntil(isReady: () => Promise<boolean>, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      if (this.exit !== undefined) {
        throw new Error(`${this.options.file} ${this.exit}:\n${this.logTail}`);
      }
      if (await isReady()) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`${this.options.file} is not ready in ${seconds} s:\n${this.logTail}`);
  }

  /** Waits until it has ended. One that SIGTERM does not end in time is killed. */
  stop(signal: NodeJS.Signals = 'SIGTERM', seconds = 30): Promise<void> {
    return new Promise((resolve) => {
      if (this.exit !== undefined) {
        resolve();
        return;
      }
      const killing = setTimeout(() => this.process.kill('SIGKILL'), seconds * 1000);
      this.process.once('exit', () => {
        clearTimeout(killing);
        resolve();
      });
      this.process.kill(signal);
    });
  }

  private get logTail(): string {
    return fs.readFileSync(this.options.log, 'utf8').slice(-LOG_TAIL);
  }
}
