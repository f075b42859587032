// Synthesizes every chart and says how long each phase took. lib/cli/synth.js does the same.
const { performance } = require('node:perf_hooks');
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const start = performance.now();
const { App } = require('cdk8s');
const { OWN_CHARTS } = require('../lib/cli/own-charts.js');
const { chartFiles } = require('../lib/helm/index.js');

const imported = performance.now();
const charts = OWN_CHARTS.map(({ make }) => make(new App()));

const built = performance.now();
const printed = charts.map((chart) => [chart.metadata.name, chartFiles(chart)]);

const done = performance.now();
for (const [name, files] of printed) {
  for (const [file, text] of files) {
    const target = join(process.env.BENCH_OUTPUT, name, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
globalThis.phases = {
  start,
  imports: imported - start,
  building: built - imported,
  printing: done - built,
  writing: performance.now() - done,
};
rmSync(process.env.BENCH_OUTPUT, { recursive: true });
