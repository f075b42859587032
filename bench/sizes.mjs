// How large the package and the charts are.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTemporaryDirectory, REPOSITORY, timed } from './measure.mjs';

const CHARTS_OUT = path.join(REPOSITORY, 'charts-out');

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(0)} KB`;
}

function benchCharts(add) {
  for (const name of fs.readdirSync(CHARTS_OUT)) {
    const chart = path.join(CHARTS_OUT, name);
    const schema = fs.statSync(path.join(chart, 'values.schema.json')).size;
    const limit = 'at most 64 KB';
    add({ what: name, how: 'values.schema.json', compared: kilobytes(schema), limit });
  }
}

function benchArchives(add) {
  inTemporaryDirectory((directory) => {
    const program = path.join(REPOSITORY, 'lib/cli/danube-charts.js');
    const flags = ['package', '--charts', CHARTS_OUT, '--out', directory];
    timed('node', [program, ...flags], { cwd: REPOSITORY });
    for (const file of fs.readdirSync(directory).filter((name) => name.endsWith('.tgz'))) {
      const { size } = fs.statSync(path.join(directory, file));
      add({ what: 'archive', how: file, compared: kilobytes(size) });
    }
  });
}

function benchPackage(add) {
  const flags = ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'];
  const [pack] = JSON.parse(timed('npm', flags, { cwd: REPOSITORY }).stdout);
  const value = `${kilobytes(pack.size)}, unpacked ${kilobytes(pack.unpackedSize)}`;
  add({ what: 'npm package', how: `${pack.entryCount} files`, compared: value, cited: true });
}

export function benchSizes(add) {
  benchCharts(add);
  benchArchives(add);
  benchPackage(add);
}
