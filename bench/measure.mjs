// Runs processes and says how long they took and how much memory they had.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const REPORT = path.join(import.meta.dirname, 'report.cjs');
export const REPOSITORY = path.join(import.meta.dirname, '..');

/** How often each measure is taken; BENCH_RUNS=1 is quick and says little. */
export function runsOf(usual) {
  return Number(process.env.BENCH_RUNS ?? usual);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (
    (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
  );
}

/** Calls `act` with a directory that is gone afterwards. */
export function inTemporaryDirectory(act) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return act(directory);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

/** Bash says what it took: CPU time of user and system, and when it began and ended. */
const TIMING = `TIMEFORMAT='%U %S'; start=$EPOCHREALTIME; time "$@" || exit
echo "$start $EPOCHREALTIME" >&2`;

/**
 * Milliseconds that a command takes, by the clock and of CPU. Its output goes to a file: a pipe
 * would make it wait for whoever reads. @throws when it fails.
 */
export function timed(command, args, options = {}) {
  return inTemporaryDirectory((directory) => {
    const file = path.join(directory, 'stdout');
    const output = fs.openSync(file, 'w');
    const done = spawnSync('bash', ['-c', TIMING, 'timed', command, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', output, 'pipe'],
      ...options,
    });
    fs.closeSync(output);
    if (done.status !== 0) {
      throw new Error(`${command} ${args.join(' ')}: ${done.stderr ?? done.error}`);
    }
    const [cpu, clock] = done.stderr.trim().split('\n').slice(-2);
    const [user, system] = cpu.split(' ').map(Number);
    const [start, end] = clock.split(' ').map(Number);
    return {
      milliseconds: (end - start) * 1000,
      cpu: (user + system) * 1000,
      stdout: fs.readFileSync(file, 'utf8'),
    };
  });
}

/**
 * A Node program: how long it took from its start to its end, the most memory that it or a process
 * below it had, and what it says of its phases.
 */
export function timedNode(command, args) {
  return inTemporaryDirectory((directory) => {
    const report = path.join(directory, 'report');
    const env = { ...process.env, BENCH_REPORT: report, NODE_OPTIONS: `--require ${REPORT}` };
    const { milliseconds, cpu } = timed(command, args, { cwd: REPOSITORY, env });
    const lines = fs
      .readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const megabytes = Math.max(...lines.map((line) => line.megabytes));
    return { milliseconds, cpu, megabytes, phases: lines.at(-1).phases };
  });
}

export function medianOf(runs, field) {
  return median(runs.map((run) => run[field]));
}

/** Results of several runs; what is compared takes turns, so that a busy machine is fair. */
export function inTurns(runs, measures) {
  const results = measures.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    measures.forEach((measure, index) => results[index].push(measure()));
  }
  return results;
}
