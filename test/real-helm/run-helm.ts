import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import type { HelmBinary } from './binaries';
import { askHelmServer, hasHelmServer } from './helm-server';
import { isolatedEnv } from './isolated-env';
import { runProcess } from './run-process';
import type { ProcessResult } from './run-process';

export interface HelmTemplateOptions {
  readonly helm: HelmBinary;
  /** A chart's directory or archive. */
  readonly chart: string;
  readonly release?: string;
  readonly namespace?: string;
  /** Given over the chart's own values, as `--values` does. */
  readonly values?: object;
  readonly kubeVersion?: string;
  /** Further arguments, such as `--show-only`. */
  readonly args?: readonly string[];
}

export interface HelmLintOptions {
  readonly helm: HelmBinary;
  readonly chart: string;
  readonly values?: object;
}

export const DEFAULT_KUBE_VERSION = '1.33.0';

/** By a server of that Helm where one was built: helm-server.test.ts holds it to equal answers. */
export function helmTemplate(options: HelmTemplateOptions): Promise<ProcessResult> {
  const { helm, chart, release = 'release', namespace = 'default', values } = options;
  const { kubeVersion = DEFAULT_KUBE_VERSION, args = [] } = options;
  return withTemporaryDirectory(async (directory) => {
    const valuesArgs = await writeValues(directory, values);
    const common = ['--namespace', namespace, '--kube-version', kubeVersion];
    const all = ['template', release, chart, ...common, ...valuesArgs, ...args];
    return hasHelmServer(helm) ? askHelmServer(helm, all) : runHelm(helm, all, directory);
  });
}

/** `helm lint --strict`: warnings count as failures. */
export function helmLint({ helm, chart, values }: HelmLintOptions): Promise<ProcessResult> {
  return withTemporaryDirectory(async (directory) => {
    const valuesArgs = await writeValues(directory, values);
    return runHelm(helm, ['lint', chart, '--strict', ...valuesArgs], directory);
  });
}

/** The version that the binary itself reports, such as `3.12.1`. */
export async function helmVersion(helm: HelmBinary): Promise<string> {
  const result = await withTemporaryDirectory((directory) =>
    runHelm(helm, ['version', '--template', '{{ .Version }}'], directory),
  );
  return result.stdout.replace(/^v/, '');
}

function runHelm(
  helm: HelmBinary,
  args: readonly string[],
  directory: string,
): Promise<ProcessResult> {
  return runProcess(helm.path, args, isolatedEnv(directory));
}

async function withTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'run-helm-'));
  try {
    return await use(directory);
  } finally {
    await fs.rm(directory, { recursive: true });
  }
}

async function writeValues(directory: string, values: object | undefined): Promise<string[]> {
  if (values === undefined) {
    return [];
  }
  const file = path.join(directory, 'values.json');
  await fs.writeFile(file, asciiJson(values));
  return ['--values', file];
}

/**
 * JSON that Helm, which reads it as YAML, takes exactly: YAML forbids, folds or strips some
 * characters beyond ASCII when they stand for themselves, and reads no surrogate pairs. In a line
 * of thousands of characters Go's parser now and then loses a key.
 */
function asciiJson(value: object): string {
  return JSON.stringify(value, null, 1).replace(/[\u{7f}-\u{10ffff}]/gu, yamlEscape);
}

function yamlEscape(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
