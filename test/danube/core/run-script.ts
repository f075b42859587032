import { spawnSync } from 'node:child_process';
import { runToEnd } from '../../run-to-end';

export interface ScriptRun {
  readonly status: number | null;
  readonly said: string;
}

/** Runs a script of a chart in bash, with nothing but the given environment. */
export async function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  before: readonly string[] = [],
): Promise<ScriptRun> {
  const [program, ...args] = [...before, '/bin/bash', '-c', script];
  const { code, output } = await runToEnd([program, ...args], { PATH: '/usr/bin:/bin', ...env });
  return { status: code, said: output };
}

/** What runs a command where it sees its own processes only, as in a pod; nothing if barred. */
export function inOwnProcesses(): readonly string[] {
  const asUser = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--mount-proc'];
  const asRoot = ['unshare', '--pid', '--fork', '--mount-proc'];
  const works = ([program, ...args]: readonly string[]) =>
    spawnSync(program, [...args, 'true']).status === 0;
  return [asUser, asRoot].find(works) ?? [];
}
