// How large the package and the charts are.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTemporaryDirectory, REPOSITORY, timed } from './measure.mjs';

const CHARTS_OUT = path.join(REPOSITORY, 'charts-out');

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(0)} KB`;
}

/** Lines of a chart's templates that are no comment and not empty. */
export function templateLines(chart) {
  const directory = path.join(chart, 'templates');
  const files = fs.readdirSync(directory).filter((file) => /\.(yaml|tpl)$/.test(file));
  const text = files.map((file) => fs.readFileSync(path.join(directory, file), 'utf8')).join('\n');
  const withoutComments = text.replace(/\{\{-? *\/\*[\s\S]*?\*\/ *-?\}\}/g, '');
  return withoutComments.split('\n').filter((line) => !/^\s*(#.*)?$/.test(line)).length;
}

function benchCharts(add) {
  for (const name of fs.readdirSync(CHARTS_OUT)) {
    const chart = path.join(CHARTS_OUT, name);
    const schema = fs.statSync(path.join(chart, 'values.schema.json')).size;
    add(name, 'values.schema.json', kilobytes(schema), '', 'at most 64 KB');
    add('- templates', 'lines', String(templateLines(chart)), '', '');
  }
}

function benchArchives(add) {
  inTemporaryDirectory((directory) => {
    const program = path.join(REPOSITORY, 'lib/cli/danube-charts.js');
    const flags = ['package', '--charts', CHARTS_OUT, '--out', directory];
    timed('node', [program, ...flags], { cwd: REPOSITORY });
    for (const file of fs.readdirSync(directory).filter((name) => name.endsWith('.tgz'))) {
      add('archive', file, kilobytes(fs.statSync(path.join(directory, file)).size), '', '');
    }
  });
}

function benchPackage(add) {
  const flags = ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'];
  const [pack] = JSON.parse(timed('npm', flags, { cwd: REPOSITORY }).stdout);
  const value = `${kilobytes(pack.size)}, unpacked ${kilobytes(pack.unpackedSize)}`;
  add('npm package', `${pack.entryCount} files`, value, '', '');
}

export function benchSizes(add) {
  benchCharts(add);
  benchArchives(add);
  benchPackage(add);
}
