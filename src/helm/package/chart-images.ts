import { parse } from 'yaml';
import { isMap } from '../expression/go-value';
import { imagesIn, type ChartImage } from '../values/images';
import { coalesce } from '../values/coalesce';
import type { ChartContent } from './chart-directory';

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
  return imagesIn(allValues(files, ''));
}
