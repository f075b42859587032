import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { chartFiles, type ChartFiles } from './chart-files';
import type { HelmChart } from './helm-chart';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An existing directory is replaced only if it is a chart, so that nothing else gets lost. */
function checkReplaceable(directory: string): void {
  if (!existsSync(directory)) {
    return;
  }
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    throw new Error(`${directory} cannot be replaced by a chart: ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (entries.length > 0 && !entries.includes('Chart.yaml')) {
    throw new Error(
      `${directory} exists and is no chart (it has no Chart.yaml): ` +
        'remove it, or write the chart elsewhere',
    );
  }
}

/** Whether a directory holds these files already, and nothing else. */
function isWritten(directory: string, files: ChartFiles): boolean {
  try {
    const there = pathsIn(directory);
    const expected = new Set([...files.keys()].flatMap(withFolders));
    return (
      there.length === expected.size &&
      there.every((path) => expected.has(path)) &&
      [...files].every(([path, text]) => readFileSync(`${directory}/${path}`, 'utf8') === text)
    );
  } catch {
    return false;
  }
}

/** `templates`, `templates/broker.yaml`: what a directory holds, however deep. */
function pathsIn(directory: string, start = ''): readonly string[] {
  return readdirSync(`${directory}/${start}`, { withFileTypes: true }).flatMap((entry) => {
    const path = start + entry.name;
    return entry.isDirectory() ? [path, ...pathsIn(directory, `${path}/`)] : [path];
  });
}

/** A file and the folders that it is in: `templates`, `templates/broker.yaml`. */
function withFolders(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function writeFiles(directory: string, files: ChartFiles): void {
  const folders = new Set([...files.keys()].map((path) => dirname(join(directory, path))));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
  }
  for (const [path, content] of files) {
    writeFileSync(join(directory, path), content);
  }
}

/** Puts `fresh` in the place of `target`; if that fails, the old one is put back. */
function replaceDirectory(target: string, fresh: string, old: string): void {
  if (!existsSync(target)) {
    renameSync(fresh, target);
    return;
  }
  renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
}

/**
 * Writes a chart to `<outputDirectory>/<chart name>` and returns that path. A chart that is there
 * is replaced whole or not at all, and left alone where it is the same.
 *
 * @throws when the directory cannot be written or holds something that is no chart.
 */
export function writeChart(chart: HelmChart, outputDirectory: string): string {
  return writeDirectory(chart, chartFiles(chart), outputDirectory);
}

/**
 * As `writeChart`, for several charts: one that another brings along is printed once.
 *
 * @returns the paths that were written.
 */
export function writeCharts(
  charts: readonly HelmChart[],
  outputDirectory: string,
): readonly string[] {
  const printed = new Map<HelmChart, ChartFiles>();
  const filesOf = (chart: HelmChart): ChartFiles => {
    const files = printed.get(chart) ?? chartFiles(chart, filesOf);
    printed.set(chart, files);
    return files;
  };
  return charts.map((chart) => writeDirectory(chart, filesOf(chart), outputDirectory));
}

function writeDirectory(chart: HelmChart, files: ChartFiles, outputDirectory: string): string {
  const target = join(outputDirectory, chart.metadata.name);
  checkReplaceable(target);
  if (isWritten(target, files)) {
    return target;
  }
  let workshop: string | undefined;
  try {
    mkdirSync(outputDirectory, { recursive: true });
    workshop = mkdtempSync(join(outputDirectory, `.${chart.metadata.name}-`));
    const fresh = join(workshop, 'fresh');
    writeFiles(fresh, files);
    replaceDirectory(target, fresh, join(workshop, 'old'));
  } catch (error) {
    throw new Error(`the chart cannot be written to ${target}: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    if (workshop !== undefined) {
      rmSync(workshop, { recursive: true, force: true });
    }
  }
  return target;
}
