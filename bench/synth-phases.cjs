// Synthesizes every chart and says how long each phase took. lib/cli/synth.js does the same, but
// leaves charts alone that are the same already; here all are written.
const { performance } = require('node:perf_hooks');
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const start = performance.now();
const { makeOwnCharts } = require('../lib/cli/own-charts.js');
const { stopOptimizing } = require('../lib/cli/stop-optimizing.js');
const { chartFiles } = require('../lib/helm/index.js');

stopOptimizing();

const imported = performance.now();
const charts = makeOwnCharts();

const built = performance.now();
const printed = new Map();
const filesOf = (chart) => {
  const files = printed.get(chart) ?? chartFiles(chart, filesOf);
  printed.set(chart, files);
  return files;
};
charts.forEach(filesOf);

const done = performance.now();
for (const [chart, files] of printed) {
  for (const [file, text] of files) {
    const target = join(process.env.BENCH_OUTPUT, chart.metadata.name, file);
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
