// How long `npm test` takes. It takes long, so the table shows the time of the last recording:
// `npm run bench -- --tests` makes a new one.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REPOSITORY, timed } from './measure.mjs';

const RECORD = path.join(import.meta.dirname, 'test-suite.json');

export function recordTestSuite() {
  const { milliseconds } = timed('npm', ['test'], { cwd: REPOSITORY });
  const record = {
    minutes: Math.round(milliseconds / 6000) / 10,
    cores: os.cpus().length,
    date: new Date().toISOString().slice(0, 10),
  };
  fs.writeFileSync(RECORD, JSON.stringify(record, null, 2) + '\n');
}

export function benchTestSuite(add) {
  if (!fs.existsSync(RECORD)) {
    add({ what: 'npm test', how: 'not recorded yet: npm run bench -- --tests' });
    return;
  }
  const { minutes, cores, date } = JSON.parse(fs.readFileSync(RECORD, 'utf8'));
  add({ what: 'npm test', how: `${cores} cores, ${date}`, wall: `${minutes} min`, cited: true });
}
