import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartFiles, HelmChart } from 'cdk8s-danube/helm';

/** The files of a chart: of a directory, or of what a program emits. */
export function emittedFiles(source: string | HelmChart): Readonly<Record<string, string>> {
  if (source instanceof HelmChart) {
    return Object.fromEntries(chartFiles(source));
  }
  const paths = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(source.length + 1), readFileSync(path, 'utf8')]),
  );
}
