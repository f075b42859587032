// Prints one table: how fast and how large everything is. `npm run bench` builds first.
// Give names of sections to run only those: npm run bench -- synth sizes.

import * as os from 'node:os';
import { benchGrowth } from './growth.mjs';
import { benchHelm } from './helm.mjs';
import { benchSizes } from './sizes.mjs';
import { benchSynth } from './synth.mjs';
import { benchTestSuite, recordTestSuite } from './test-suite.mjs';

const SECTIONS = {
  synth: benchSynth,
  growth: benchGrowth,
  helm: benchHelm,
  sizes: benchSizes,
  tests: benchTestSuite,
};

const HEAD = ['what', 'how', 'median', 'compared', 'limit'];

function printTable(rows) {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  }
}

function main() {
  const names = process.argv.slice(2);
  if (names.includes('--tests')) {
    recordTestSuite();
  }
  const wanted = names.filter((name) => name !== '--tests');
  const unknown = wanted.find((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown !== undefined) {
    throw new Error(`there is no section '${unknown}', only ${Object.keys(SECTIONS).join(', ')}`);
  }
  const rows = [HEAD, HEAD.map(() => '---')];
  const started = os.loadavg()[0];
  for (const name of wanted.length === 0 ? Object.keys(SECTIONS) : wanted) {
    process.stderr.write(`measuring ${name}\n`);
    SECTIONS[name]((...row) => rows.push(row));
  }
  printTable(rows);
  const load = `${started.toFixed(1)} at the start, ${os.loadavg()[0].toFixed(1)} at the end`;
  console.log(`\nNode ${process.versions.node}, ${os.cpus().length} cores, load ${load}`);
}

main();
