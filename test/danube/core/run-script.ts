import { spawn, spawnSync } from 'node:child_process';

export interface ScriptRun {
  readonly status: number | null;
  readonly said: string;
}

/** Runs a script of a chart in bash, with nothing but the given environment. */
export function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  before: readonly string[] = [],
): Promise<ScriptRun> {
  const [program, ...args] = [...before, '/bin/bash', '-c', script];
  return new Promise((resolve, reject) => {
    const run = spawn(program, args, {
      env: { PATH: '/usr/bin:/bin', ...env },
      // With a socket as its input bash takes itself for a remote shell.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const hear = (data: Buffer) => {
      said += data.toString();
    };
    run.stdout.on('data', hear);
    run.stderr.on('data', hear);
    run.once('error', reject);
    run.once('close', (status) => {
      resolve({ status, said });
    });
  });
}

/** What runs a command where it sees its own processes only, as in a pod; nothing if barred. */
export function inOwnProcesses(): readonly string[] {
  const asUser = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--mount-proc'];
  const asRoot = ['unshare', '--pid', '--fork', '--mount-proc'];
  const works = ([program, ...args]: readonly string[]) =>
    spawnSync(program, [...args, 'true']).status === 0;
  return [asUser, asRoot].find(works) ?? [];
}
