import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type * as Semver from 'semver';
import { parse } from 'yaml';
import { chartYaml, type ChartDependency, type ChartMetadata } from '../chart/chart-metadata';
import { ignoreRules, type IgnoreRules } from './ignore-rules';

// Loaded when a chart is read: who prints charts does not wait for it.
const semver = () => require('semver') as typeof Semver;

/** A chart as its files: path inside the chart and bytes. */
export interface ChartContent {
  readonly metadata: ChartMetadata;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const CHART_YAML = 'Chart.yaml';
const LOCAL = 'file://';

function metadataOf(text: string, where: string): ChartMetadata {
  const metadata = parse(text, { version: '1.1' }) as Partial<ChartMetadata> | null;
  const { name, version, description = '' } = metadata ?? {};
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw new Error(`${where}: Chart.yaml needs a name and a version`);
  }
  if (semver().valid(version) === null) {
    throw new Error(`${where}: version ${version} is not SemVer; write one such as 1.2.3`);
  }
  return { ...metadata, name, version, description };
}

function addFiles(
  files: Map<string, Uint8Array>,
  root: string,
  folder: string,
  isIgnored: IgnoreRules,
): void {
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const isDirectory = statSync(join(root, path)).isDirectory();
    if (isIgnored(path, isDirectory)) {
      continue;
    }
    if (isDirectory) {
      addFiles(files, root, path, isIgnored);
    } else {
      files.set(path, new Uint8Array(readFileSync(join(root, path))));
    }
  }
}

/** The chart below `charts/` that a dependency means, if it is there. */
function vendored(
  files: ReadonlyMap<string, Uint8Array>,
  { name, version }: ChartDependency,
): boolean {
  return [...files].some(([path, bytes]) => {
    if (!/^charts\/[^/]+\/Chart\.yaml$/.test(path)) {
      return false;
    }
    const found = metadataOf(Buffer.from(bytes).toString(), path);
    const isFitting = semver().satisfies(found.version, version, { includePrerelease: true });
    return found.name === name && isFitting;
  });
}

function addDependency(
  files: Map<string, Uint8Array>,
  directory: string,
  dependency: ChartDependency,
): void {
  const { name, version, repository = '' } = dependency;
  const isThere = [...files.keys()].some((path) => path.startsWith(`charts/${name}/`));
  if (!isThere && repository.startsWith(LOCAL)) {
    const chart = readChart(resolve(directory, repository.slice(LOCAL.length)));
    for (const [path, bytes] of chart.files) {
      files.set(`charts/${name}/${path}`, bytes);
    }
  }
  if (!vendored(files, dependency)) {
    throw new Error(
      `${directory}: its dependency ${name} ${version} is not in charts/; ` +
        `unpack it to charts/${name}, or give a repository ${LOCAL}<directory>`,
    );
  }
}

/**
 * Reads a chart's directory as `helm package` does: without what .helmignore names. Dependencies
 * have to stand unpacked below `charts/`; those with a repository `file://...` are brought there.
 *
 * @throws when Chart.yaml is missing or wrong, a dependency is missing or has another version.
 */
export function readChart(directory: string): ChartContent {
  const path = join(directory, CHART_YAML);
  if (!existsSync(path)) {
    throw new Error(`${directory} is no chart: it has no Chart.yaml`);
  }
  const metadata = metadataOf(readFileSync(path, 'utf8'), directory);
  const ignoreFile = join(directory, '.helmignore');
  const isIgnored = ignoreRules(existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '');
  const files = new Map<string, Uint8Array>();
  addFiles(files, directory, '', isIgnored);
  const packed = [...files.keys()].find((file) => /^charts\/[^/]+\.tgz$/.test(file));
  if (packed !== undefined) {
    throw new Error(`${directory}: unpack ${packed} and remove it`);
  }
  for (const dependency of metadata.dependencies ?? []) {
    addDependency(files, directory, dependency);
  }
  return { metadata, files };
}

/** The charts directly below a folder, by name. */
export function readCharts(folder: string): readonly ChartContent[] {
  if (!existsSync(folder)) {
    throw new Error(`${folder} is missing`);
  }
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, CHART_YAML)))
    .map((name) => readChart(join(folder, name)));
}

/** The same chart with more annotations in Chart.yaml; its other files stay. */
export function withAnnotations(
  chart: ChartContent,
  annotations: Readonly<Record<string, string>>,
): ChartContent {
  if (Object.keys(annotations).length === 0) {
    return chart;
  }
  const metadata = {
    ...chart.metadata,
    annotations: { ...chart.metadata.annotations, ...annotations },
  };
  const files = new Map(chart.files);
  files.set(CHART_YAML, new Uint8Array(Buffer.from(chartYaml(metadata))));
  return { metadata, files };
}
