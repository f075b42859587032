import { App } from 'cdk8s';
import { join } from 'node:path';
import { writeCharts } from '../helm/index';
import { makeOwnCharts, OWN_CHARTS } from './own-charts';
import { stopOptimizing } from './stop-optimizing';

/** The folder of the charts that users install from a clone. */
const CHARTS_OUT = 'charts-out';

/**
 * Writes every chart to charts-out, as `npm run synth` does. `cdk8s synth` runs this program, and
 * empties the folder of CDK8S_OUTDIR first, which therefore only gets the plain manifests.
 */
function synth(): void {
  stopOptimizing();
  for (const path of writeCharts(makeOwnCharts(), join(process.cwd(), CHARTS_OUT))) {
    console.error(`wrote ${path}`);
  }
  if (process.env.CDK8S_OUTDIR !== undefined) {
    const app = new App();
    OWN_CHARTS.forEach(({ make }) => make(app));
    app.synth();
  }
}

try {
  synth();
} catch (error) {
  console.error(`synth: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
