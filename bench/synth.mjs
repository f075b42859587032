// Cold synth of every chart: our program, and what else could run it.

import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  inTemporaryDirectory,
  inTurns,
  medianOf,
  REPOSITORY,
  runsOf,
  timedNode,
} from './measure.mjs';

const RUNS = runsOf(5);
const PHASES = path.join(import.meta.dirname, 'synth-phases.cjs');

function inOtherFolder(act) {
  return inTemporaryDirectory((directory) => {
    process.env.BENCH_OUTPUT = path.join(directory, 'out');
    return act(directory);
  });
}

const PROGRAMS = [
  {
    what: 'node on the compiled program',
    run: () => timedNode('node', ['lib/cli/synth.js']),
  },
  {
    what: 'ts-node without type checks',
    run: () => timedNode('node', ['node_modules/ts-node/dist/bin.js', '-T', 'src/cli/synth.ts']),
  },
  {
    what: 'cdk8s synth (manifests too)',
    run: () =>
      inOtherFolder((directory) =>
        timedNode('node', [
          'node_modules/cdk8s-cli/bin/cdk8s',
          'synth',
          '--check-upgrade=false',
          '-o',
          directory,
        ]),
      ),
  },
];

function milliseconds(number) {
  return `${number.toFixed(0)} ms`;
}

export function benchSynth(add) {
  const charts = fs.readdirSync(path.join(REPOSITORY, 'charts-out')).length;
  const phasesOnce = () => inOtherFolder(() => timedNode('node', [PHASES]));
  const results = inTurns(RUNS, [...PROGRAMS.map(({ run }) => run), phasesOnce]);
  const own = medianOf(results[0], 'milliseconds');
  PROGRAMS.forEach(({ what }, index) => {
    const wall = medianOf(results[index], 'milliseconds');
    const megabytes = Math.max(...results[index].map((run) => run.megabytes));
    add({
      what: `cold synth of ${charts} charts`,
      how: `${what}, ${megabytes.toFixed(0)} MB`,
      wall: milliseconds(wall),
      cpu: milliseconds(medianOf(results[index], 'cpu')),
      compared: index === 0 ? '' : `${(wall / own).toFixed(1)} x`,
      limit: index === 0 ? 'at most 1000 ms, 200 MB' : '',
      cited: true,
    });
  });
  const phases = results.at(-1).map((run) => run.phases);
  for (const phase of Object.keys(phases[0])) {
    add({ what: '- of it', how: phase, wall: milliseconds(medianOf(phases, phase)) });
  }
}
