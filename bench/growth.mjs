// One app whose chart composes 10, 100 and 1000 connectors.

import * as path from 'node:path';
import { inTurns, medianOf, runsOf, timedNode } from './measure.mjs';

const PROGRAM = path.join(import.meta.dirname, 'growth.cjs');
const COUNTS = [10, 100, 1000];
const LIMIT = 10.5;

/** A thousand take long, and long enough to measure them once. */
const runsFor = (count) => (count === 1000 ? 1 : runsOf(3));

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

export function benchGrowth(add) {
  const results = COUNTS.map((count) => {
    const [runs] = inTurns(runsFor(count), [() => timedNode('node', [PROGRAM, String(count)])]);
    const [wall, cpu] = ['milliseconds', 'cpu'].map((field) => medianOf(runs, field));
    return { count, wall, cpu, megabytes: medianOf(runs, 'megabytes') };
  });
  results.forEach(({ count, wall, cpu, megabytes }, index) => {
    const before = results.at(index - 1);
    const growth = index === 0 ? '' : `${(wall / before.wall).toFixed(1)} x, `;
    add({
      what: 'one chart of connectors',
      how: `${count}, ${megabytes.toFixed(0)} MB`,
      wall: seconds(wall),
      cpu: seconds(cpu),
      compared: `${growth}${(megabytes / count).toFixed(1)} MB each`,
      limit: count === 1000 ? `at most ${LIMIT} x` : '',
      cited: count === 1000,
    });
  });
}
