import { App } from 'cdk8s';
import { Command } from 'commander';
import { writeCharts } from '../helm/index';
import { makeOwnCharts, ownChart } from './own-charts';

/** Writes charts of this package to a folder, in a directory each. */
export function synthCharts(names: readonly string[], folder: string): void {
  const charts =
    names.length === 0 ? makeOwnCharts() : names.map((name) => ownChart(name).make(new App()));
  for (const path of writeCharts(charts, folder)) {
    console.log(`wrote ${path}`);
  }
}

const EXAMPLES = `
Examples:
  danube-charts synth --out charts                    every chart
  danube-charts synth danube-core danube-admin        two charts, to ./charts
  helm install danube charts/danube-core              what you can do with them
`;

export function synthCommand(): Command {
  return new Command('synth')
    .description('write the Helm charts: a directory each, always the same bytes')
    .argument('[charts...]', 'names of charts; default: all')
    .option('--out <folder>', 'where they go; a chart that is there is replaced', 'charts')
    .addHelpText('after', EXAMPLES)
    .action((names: string[], { out }: { readonly out: string }) => {
      synthCharts(names, out);
    });
}
