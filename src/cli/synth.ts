import { App } from 'cdk8s';
import { join } from 'node:path';
import { DanubeAdminChart } from '../danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../danube/core/danube-core-chart';
import { writeChart } from '../helm/index';

/** The folder of the charts that users install from a clone. */
const CHARTS_OUT = 'charts-out';

/**
 * Writes every chart to charts-out. `cdk8s synth` runs this program too; it empties the folder of
 * CDK8S_OUTDIR first, which therefore only gets the plain manifests.
 */
function synth(): void {
  const app = new App();
  const charts = [
    new DanubeCoreChart(app, 'danube-core'),
    // In the plain manifests it administers the core above.
    new DanubeAdminChart(app, 'danube-admin', {
      release: { values: { core: { releaseName: 'danube-core' } } },
    }),
  ];
  for (const chart of charts) {
    console.error(`wrote ${writeChart(chart, join(process.cwd(), CHARTS_OUT))}`);
  }
  if (process.env.CDK8S_OUTDIR !== undefined) {
    app.synth();
  }
}

try {
  synth();
} catch (error) {
  console.error(`synth: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
