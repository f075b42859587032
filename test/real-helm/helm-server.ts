import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { helmServerPath } from './binaries';
import type { HelmBinary } from './binaries';
import { isolatedEnv } from './isolated-env';
import type { ProcessResult } from './run-process';

/** Whether scripts/build-helm-servers.mjs has built the server of a version. */
export function hasHelmServer(helm: HelmBinary): boolean {
  return fs.existsSync(helmServerPath(helm));
}

/**
 * What `helm` does with the arguments, in a process that stays for the next ones. Helm keeps some
 * of its global flags, so each call must give them all: `--namespace` above all.
 */
export async function askHelmServer(
  helm: HelmBinary,
  args: readonly string[],
): Promise<ProcessResult> {
  const pool = poolOf(helm);
  const server = await pool.take();
  try {
    return await server.ask(args);
  } finally {
    pool.giveBack(server);
  }
}

/** Ends the processes; the next call starts new ones. */
export function stopHelmServers(): void {
  for (const pool of pools.values()) {
    pool.stop();
  }
  pools.clear();
}

class HelmServer {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: AsyncIterator<string>;

  public constructor(private readonly helm: HelmBinary) {
    // It stays, so its garbage is collected; seldom, since little of it lasts.
    const env = { ...isolatedEnv('/nonexistent'), HELM_SERVER: '1', GOGC: '400' };
    const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
    this.child = spawn(helmServerPath(helm), [], { env, stdio });
    this.answers = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  public async ask(args: readonly string[]): Promise<ProcessResult> {
    const start = performance.now();
    this.child.stdin.write(`${JSON.stringify({ args })}\n`);
    const answer = await this.answers.next();
    if (answer.done === true) {
      throw new Error(`the server of Helm ${this.helm.version} ended at: ${args.join(' ')}`);
    }
    const result = JSON.parse(answer.value) as Omit<ProcessResult, 'ms'>;
    return { ...result, ms: performance.now() - start };
  }

  public stop(): void {
    // Helm takes the signals that ask a process to end for the end of a command.
    this.child.kill('SIGKILL');
  }
}

/** At most one server of a version per core; who finds none idle waits. */
class HelmServerPool {
  private readonly servers: HelmServer[] = [];
  private readonly idle: HelmServer[] = [];
  private readonly waiting: ((server: HelmServer) => void)[] = [];

  public constructor(private readonly helm: HelmBinary) {}

  public async take(): Promise<HelmServer> {
    const server = this.idle.pop();
    if (server !== undefined) {
      return server;
    }
    if (this.servers.length < os.availableParallelism()) {
      const started = new HelmServer(this.helm);
      this.servers.push(started);
      return started;
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  public giveBack(server: HelmServer): void {
    const next = this.waiting.shift();
    if (next === undefined) {
      this.idle.push(server);
    } else {
      next(server);
    }
  }

  public stop(): void {
    this.servers.forEach((server) => {
      server.stop();
    });
  }
}

const pools = new Map<string, HelmServerPool>();

function poolOf(helm: HelmBinary): HelmServerPool {
  const known = pools.get(helm.version);
  if (known !== undefined) {
    return known;
  }
  const pool = new HelmServerPool(helm);
  pools.set(helm.version, pool);
  return pool;
}
