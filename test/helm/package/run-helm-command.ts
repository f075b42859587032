import type { HelmBinary } from '../../real-helm/binaries';
import { isolatedEnv } from '../../real-helm/isolated-env';
import { DEFAULT_KUBE_VERSION } from '../../real-helm/run-helm';
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

/**
 * What Helm renders of a chart with its default values, or what it says when the chart refuses
 * them: a connector wants to know its sink.
 */
export async function renderDefaults(
  binary: HelmBinary,
  directory: string,
  chart: string,
  ...args: readonly string[]
): Promise<{ readonly isRefused: boolean; readonly output: string }> {
  // Helm 3.12.1 takes 1.27 for granted, which the charts do not claim.
  const all = ['template', 'r', chart, '--kube-version', DEFAULT_KUBE_VERSION, ...args];
  const { ok, stdout, stderr } = await runProcess(binary.path, all, isolatedEnv(directory));
  if (!ok && !stderr.includes('execution error at')) {
    throw new Error(`helm template: ${stderr}`);
  }
  return { isRefused: !ok, output: ok ? stdout : stderr };
}
