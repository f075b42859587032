import { App } from 'cdk8s';
import type { z } from 'zod';
import {
  chartFiles,
  HelmChart,
  type ChartMetadata,
  type ReleaseOptions,
  type ValuesDefinition,
} from '../../src/helm';

/** An empty chart in an app of its own. */
export function newChart<S extends z.ZodObject>(
  values: ValuesDefinition<S>,
  metadata: Partial<ChartMetadata> = {},
  release?: ReleaseOptions<z.input<S>>,
): HelmChart<S> {
  return new HelmChart(new App(), 'sample', {
    metadata: { name: 'sample', version: '1.0.0', description: 'A sample.', ...metadata },
    values,
    release,
  });
}

/** The text of one file of a chart. */
export function fileOf(chart: HelmChart, path: string): string {
  const text = chartFiles(chart).get(path);
  if (text === undefined) {
    throw new Error(`the chart has no ${path}: ${[...chartFiles(chart).keys()].join(', ')}`);
  }
  return text;
}
