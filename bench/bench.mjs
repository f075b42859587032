// Prints one table: how fast and how large everything is. `npm run bench` builds first.
// Give names of sections to run only those: npm run bench -- synth sizes. With --write the table
// of all sections goes to docs/speed.md and README.md, with --tests the suite is timed first.

import * as os from 'node:os';
import { benchGrowth } from './growth.mjs';
import { benchHelm } from './helm.mjs';
import { benchLines } from './hand-written.mjs';
import { benchSizes } from './sizes.mjs';
import { benchSynth } from './synth.mjs';
import { markdownTable, writeDocuments } from './table.mjs';
import { benchTestSuite, recordTestSuite } from './test-suite.mjs';

const SECTIONS = {
  synth: benchSynth,
  growth: benchGrowth,
  helm: benchHelm,
  lines: benchLines,
  sizes: benchSizes,
  tests: benchTestSuite,
};

const FLAGS = ['--tests', '--write'];

function main() {
  const given = process.argv.slice(2);
  const names = given.filter((name) => !FLAGS.includes(name));
  const unknown = names.find((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown !== undefined) {
    throw new Error(`there is no section '${unknown}', only ${Object.keys(SECTIONS).join(', ')}`);
  }
  if (given.includes('--write') && names.length > 0) {
    throw new Error('--write takes all sections: name none');
  }
  if (given.includes('--tests')) {
    recordTestSuite();
  }
  const rows = [];
  const started = os.loadavg()[0];
  for (const name of names.length === 0 ? Object.keys(SECTIONS) : names) {
    process.stderr.write(`measuring ${name}\n`);
    SECTIONS[name]((row) => rows.push(row));
  }
  const load = `${started.toFixed(1)} at the start, ${os.loadavg()[0].toFixed(1)} at the end`;
  const machine = `Node ${process.versions.node}, ${os.cpus().length} cores, load ${load}.`;
  console.log(`${markdownTable(rows)}\n\n${machine}`);
  if (given.includes('--write')) {
    writeDocuments(rows, machine);
  }
}

main();
