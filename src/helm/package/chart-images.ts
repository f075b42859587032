import { parse } from 'yaml';
import { isMap } from '../expression/go-value';
import { coalesce } from '../values/coalesce';
import type { ChartContent } from './chart-directory';

/** An image that the values of a chart name. */
export interface ChartImage {
  /** Where the values name it: `['broker', 'image']`. */
  readonly path: readonly string[];
  readonly repository: string;
  readonly tag: string;
  /** As a pod names it: `<repository>:<tag>`, or `@<digest>` where the values have one. */
  readonly reference: string;
}

function imagesIn(values: unknown, path: readonly string[]): readonly ChartImage[] {
  if (!isMap(values)) {
    return [];
  }
  const { repository, tag, digest } = values;
  if (typeof repository === 'string' && typeof tag === 'string') {
    const isPinned = typeof digest === 'string' && digest !== '';
    const reference = isPinned ? `${repository}@${digest}` : `${repository}:${tag}`;
    return [{ path, repository, tag, reference }];
  }
  return Object.entries(values).flatMap(([key, value]) => imagesIn(value, [...path, key]));
}

/** The values of a chart with those of the charts that it brings along below their names. */
function allValues(files: ChartContent['files'], folder: string): Record<string, unknown> {
  const own = files.get(`${folder}values.yaml`);
  const values: unknown = parse(own === undefined ? '' : Buffer.from(own).toString(), {
    version: '1.1',
  });
  const charts = [...files.keys()]
    .map((path) => new RegExp(`^${folder}charts/([^/]+)/Chart\\.yaml$`).exec(path)?.[1])
    .filter((name) => name !== undefined);
  const brought = charts.map((name) => [name, allValues(files, `${folder}charts/${name}/`)]);
  const merged = coalesce(Object.fromEntries(brought), values ?? {});
  return isMap(merged) ? merged : {};
}

/**
 * The images of a chart and of the charts that it brings along, also of parts that are off by
 * default: every group of the values with a `repository` and a `tag`.
 */
export function chartImages({ files }: ChartContent): readonly ChartImage[] {
  return imagesIn(allValues(files, ''), []);
}
