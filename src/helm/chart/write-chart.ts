import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { chartFiles } from './chart-files';
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

function writeFiles(directory: string, files: ReadonlyMap<string, string>): void {
  for (const [path, content] of files) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
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
 * is replaced whole or not at all.
 *
 * @throws when the directory cannot be written or holds something that is no chart.
 */
export function writeChart(chart: HelmChart, outputDirectory: string): string {
  const files = chartFiles(chart);
  const target = join(outputDirectory, chart.metadata.name);
  checkReplaceable(target);
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
