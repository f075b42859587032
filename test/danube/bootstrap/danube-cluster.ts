import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run of a script said and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** A cluster in files, which a fake `danube-admin` reads and changes. Sleeping takes no time. */
export class DanubeCluster {
  readonly directory = mkdtempSync(join(tmpdir(), 'danube-cluster-'));

  constructor(state: { namespaces?: string[]; topics?: string[]; schemas?: object } = {}) {
    mkdirSync(join(this.directory, 'schemas'));
    mkdirSync(join(this.directory, 'bin'));
    this.write('namespaces', (state.namespaces ?? []).map((name) => `${name}\n`).join(''));
    this.write('topics', (state.topics ?? []).map((topic) => `${topic}\n`).join(''));
    for (const [subject, type] of Object.entries(state.schemas ?? {})) {
      this.write(`schemas/${subject}`, `${String(type)}\n`);
    }
    const fake = join(__dirname, 'fake-danube-admin.sh');
    this.program('danube-admin', `exec /bin/bash '${fake}' "$@"`);
    this.program('sleep', 'exec /bin/sleep 0.02');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  /** The commands that changed something, since the last time. */
  changes(): string[] {
    const calls = existsSync(join(this.directory, 'calls')) ? this.read('calls').split('\n') : [];
    this.write('calls', '');
    return calls.filter((call) =>
      / (create|register|set-compatibility|configure-schema) /.test(call),
    );
  }

  start(command: string, args: readonly string[]): ChildProcess {
    const path = `${join(this.directory, 'bin')}:/usr/bin:/bin`;
    const env = {
      PATH: path,
      FAKE_CLUSTER: this.directory,
      DANUBE_ADMIN_ENDPOINT: 'http://one:50051',
    };
    // With a socket as its input bash reads ~/.bashrc.
    return spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  run(command: string, args: readonly string[]): Promise<Run> {
    const child = this.start(command, args);
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
    return new Promise((resolve) => {
      child.once('close', (code) => {
        resolve({ code, output });
      });
    });
  }

  private program(name: string, text: string): void {
    const file = join(this.directory, 'bin', name);
    writeFileSync(file, `#!/bin/bash\n${text}\n`);
    chmodSync(file, 0o755);
  }
}
