import type { HelmBinary } from '../../real-helm/binaries';
import { isolatedEnv } from '../../real-helm/isolated-env';
import { runProcess } from '../../real-helm/run-process';

/** The output of a command of Helm that has to succeed; a directory takes its settings. */
export async function runHelmCommand(
  binary: HelmBinary,
  directory: string,
  ...args: readonly string[]
): Promise<string> {
  const { ok, stdout, stderr } = await runProcess(binary.path, args, isolatedEnv(directory));
  if (!ok) {
    throw new Error(`helm ${args.join(' ')}: ${stderr}`);
  }
  return stdout + stderr;
}
