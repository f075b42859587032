// One app whose chart composes 10, 100 and 1000 connectors.

import * as path from 'node:path';
import { median, runsOf, inTurns, timedNode } from './measure.mjs';

const PROGRAM = path.join(import.meta.dirname, 'growth.cjs');
const COUNTS = [10, 100, 1000];
const RUNS = runsOf(3);

export function benchGrowth(add) {
  const measures = COUNTS.map((count) => () => timedNode('node', [PROGRAM, String(count)]));
  const results = inTurns(RUNS, measures);
  const times = results.map((runs) => median(runs.map((run) => run.milliseconds)));
  const memory = results.map((runs) => median(runs.map((run) => run.megabytes)));
  COUNTS.forEach((count, index) => {
    const value = `${(times[index] / 1000).toFixed(1)} s, ${memory[index].toFixed(0)} MB`;
    const each = `${(memory[index] / count).toFixed(1)} MB each`;
    const growth =
      index === 0 ? each : `${(times[index] / times[index - 1]).toFixed(1)} x, ${each}`;
    add(
      'one chart of connectors',
      String(count),
      value,
      growth,
      count === 1000 ? 'at most 10.5 x' : '',
    );
  });
}
