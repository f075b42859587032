// Copies the charts to dist/ct for chart-testing, each with the values files of test/ct/<chart> as
// its ci folder, which is no part of a published chart. With --install only charts that have such
// files: others need something that is not there, such as the sink of a connector.

import * as fs from 'node:fs';
import * as path from 'node:path';

const CHARTS = 'charts-out';
const VALUES = 'test/ct';
const STAGE = 'dist/ct';

function main() {
  const onlyInstallable = process.argv.includes('--install');
  fs.rmSync(STAGE, { recursive: true, force: true });
  for (const name of fs.readdirSync(CHARTS).sort()) {
    const values = path.join(VALUES, name);
    const hasValues = fs.existsSync(values);
    if (onlyInstallable && !hasValues) {
      process.stdout.write(`not installed: ${name} has no ${values}\n`);
      continue;
    }
    fs.cpSync(path.join(CHARTS, name), path.join(STAGE, name), { recursive: true });
    if (hasValues) {
      fs.cpSync(values, path.join(STAGE, name, 'ci'), { recursive: true });
    }
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`stage-ct-charts: ${error.message}\n`);
  process.exitCode = 1;
}
