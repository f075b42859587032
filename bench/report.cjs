// Preloaded into every measured process: it writes what the process needed to BENCH_REPORT.
const { appendFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

process.on('exit', () => {
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const milliseconds = performance.now();
  const line = JSON.stringify({ megabytes, milliseconds, phases: globalThis.phases });
  appendFileSync(process.env.BENCH_REPORT, `${line}\n`);
});
