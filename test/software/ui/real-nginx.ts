import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const NGINX = '/usr/sbin/nginx';

/** Somebody without privileges. */
const NOBODY = 65534;
const TRIES = 50;

export interface NginxOptions {
  /** The nginx.conf that the chart renders. */
  readonly config: string;
  /** An empty directory, which takes the place of /tmp. */
  readonly directory: string;
  /** Where the pages are. */
  readonly pages: string;
  /** Where the API listens on this machine. */
  readonly apiPort: number;
}

function freePort(): Promise<number> {
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

/** The file for this machine: its addresses and directories are replaced, and nothing else. */
function onThisMachine(options: NginxOptions, port: number): string {
  const { config, directory, pages, apiPort } = options;
  const replacements: readonly (readonly [RegExp, string])[] = [
    [/ \/tmp\//g, ` ${directory}/`],
    [/listen 8080;/g, `listen 127.0.0.1:${String(port)};`],
    [/root \/usr\/share\/nginx\/html;/g, `root ${pages};`],
    [/proxy_pass http:\/\/[^;]+;/g, `proxy_pass http://127.0.0.1:${String(apiPort)};`],
  ];
  return replacements.reduce((text, [pattern, replacement]) => {
    expect(text).toMatch(pattern);
    return text.replace(pattern, replacement);
  }, config);
}

/** A running nginx with the chart's configuration, as a user without privileges. */
export class RealNginx {
  static async start(options: NginxOptions): Promise<RealNginx> {
    const port = await freePort();
    mkdirSync(options.directory, { recursive: true });
    const nginx = new RealNginx(port, options.directory);
    writeFileSync(nginx.configPath, onThisMachine(options, port));
    nginx.process = nginx.spawn();
    await nginx.answers();
    return nginx;
  }

  private process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly directory: string,
  ) {}

  get log(): string {
    return readFileSync(join(this.directory, 'log'), 'utf8');
  }

  /** What `nginx -t` says of the configuration. */
  check(): string {
    const path = join(this.directory, 'check');
    const output = this.ownFile(path);
    const args = ['-t', '-e', 'stderr', '-c', this.configPath];
    spawnSync(NGINX, args, { stdio: ['ignore', output, output], ...this.user });
    closeSync(output);
    return readFileSync(path, 'utf8');
  }

  /** Stops it as Kubernetes does with this image: SIGQUIT. Gives the exit code. */
  stop(): Promise<number | null> {
    return new Promise((resolve) => {
      this.process?.once('exit', resolve);
      this.process?.kill('SIGQUIT');
    });
  }

  private get configPath(): string {
    return join(this.directory, 'nginx.conf');
  }

  private get user(): { uid?: number; gid?: number } {
    return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  }

  private spawn(): ChildProcess {
    const log = this.ownFile(join(this.directory, 'log'));
    const args = ['-e', 'stderr', '-c', this.configPath];
    const child = spawn(NGINX, args, { stdio: ['ignore', log, log], ...this.user });
    closeSync(log);
    return child;
  }

  /** An open file of the user that runs nginx: it opens its standard output by name. */
  private ownFile(path: string): number {
    const file = openSync(path, 'w');
    if (this.user.uid !== undefined) {
      chownSync(this.directory, NOBODY, NOBODY);
      chownSync(path, NOBODY, NOBODY);
    }
    return file;
  }

  private async answers(): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const url = `http://127.0.0.1:${String(this.port)}/healthz`;
      const isUp = await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isUp) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`nginx does not answer:\n${this.log}`);
  }
}
