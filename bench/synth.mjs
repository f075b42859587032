// Cold synth of every chart: our program, and what else could run it.

import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  inTemporaryDirectory,
  inTurns,
  median,
  runsOf,
  REPOSITORY,
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

export function benchSynth(add) {
  const charts = fs.readdirSync(path.join(REPOSITORY, 'charts-out')).length;
  const phasesOnce = () => inOtherFolder(() => timedNode('node', [PHASES]));
  const results = inTurns(RUNS, [...PROGRAMS.map(({ run }) => run), phasesOnce]);
  const [own] = results.map((runs) => median(runs.map((run) => run.milliseconds)));
  PROGRAMS.forEach(({ what }, index) => {
    const milliseconds = median(results[index].map((run) => run.milliseconds));
    const megabytes = Math.max(...results[index].map((run) => run.megabytes));
    const compared = index === 0 ? '' : `${(milliseconds / own).toFixed(1)} x`;
    const limit = index === 0 ? 'at most 1000 ms, 200 MB' : '';
    const value = `${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`;
    add(`cold synth of ${charts} charts`, what, value, compared, limit);
  });
  const phases = results.at(-1);
  for (const phase of Object.keys(phases[0].phases)) {
    const milliseconds = median(phases.map((run) => run.phases[phase]));
    add('- of it', phase, `${milliseconds.toFixed(0)} ms`, '', '');
  }
}
