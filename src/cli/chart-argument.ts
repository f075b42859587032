import { existsSync } from 'node:fs';
import { App } from 'cdk8s';
import { Option } from 'commander';
import { ChartOnDisk } from './chart-on-disk';
import { closestTo } from './closest-word';
import type { OpenChart } from './open-chart';
import { OWN_CHARTS } from './own-charts';
import { ProgramChart } from './program-chart';

export const CHART_ARGUMENT = 'name of a chart of this package, or a directory, or an archive';

/** The option `--helm`, for commands that may have to render a chart on disk. */
export function helmOption(): Option {
  return new Option('--helm <program>', 'the Helm that charts on disk are rendered with')
    .default('helm')
    .env('HELM_BIN');
}

export interface HelmOptions {
  readonly helm: string;
}

/**
 * Opens a chart by the name of one of this package, or by the path of a directory or archive.
 *
 * @throws when there is neither.
 */
export function openChart(nameOrPath: string, { helm }: HelmOptions): OpenChart {
  const own = OWN_CHARTS.find(({ name }) => name === nameOrPath);
  if (own !== undefined) {
    return new ProgramChart(own.make(new App()), own.example);
  }
  if (existsSync(nameOrPath)) {
    return new ChartOnDisk(nameOrPath, helm);
  }
  const names = OWN_CHARTS.map(({ name }) => name);
  const meant = closestTo(nameOrPath, names);
  throw new Error(
    `${nameOrPath} is neither a chart of this package nor a directory or archive; ` +
      (meant === undefined ? `the charts are ${names.join(', ')}` : `did you mean ${meant}?`),
  );
}
