// `helm template` of every chart, minus that of an empty chart; the schema's validation apart;
// beside it a plain chart that a person wrote by hand, where bench/hand-written has one.

import { createRequire } from 'node:module';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { inTemporaryDirectory, inTurns, median, runsOf, REPOSITORY, timed } from './measure.mjs';
import { templateLines } from './sizes.mjs';

const { OWN_CHARTS } = createRequire(import.meta.url)('../lib/cli/own-charts.js');

const VERSIONS = ['3.17.2', '4.1.4'];
const RUNS = runsOf(11);

function helmOf(version) {
  const caches = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const cache = process.env.CDK8S_DANUBE_CACHE || path.join(caches, 'cdk8s-danube');
  return path.join(cache, `helm-${version}`, 'helm');
}

export function handWritten(name) {
  const directory = path.join(import.meta.dirname, 'hand-written', name);
  return fs.existsSync(directory) ? directory : undefined;
}

function emptyChart(directory) {
  fs.writeFileSync(path.join(directory, 'Chart.yaml'), 'apiVersion: v2\nname: e\nversion: 1.0.0\n');
  return directory;
}

function objectsIn(text) {
  return text.split(/^---$/m).filter((document) => /^kind: /m.test(document)).length;
}

function benchChart(add, version, { name, example = {} }, directory, empty) {
  const values = path.join(directory, 'values.json');
  fs.writeFileSync(values, JSON.stringify(example));
  const chart = path.join(REPOSITORY, 'charts-out', name);
  const byHand = handWritten(name);
  const template = (of, ...flags) =>
    timed(helmOf(version), ['template', 'bench', of, '--values', values, ...flags], {
      cwd: directory,
    });
  const noSchema = '--skip-schema-validation';
  const measures = [
    () => template(empty),
    () => template(chart),
    () => template(chart, noSchema),
    ...(byHand === undefined ? [] : [() => template(byHand, noSchema)]),
  ];
  const results = inTurns(RUNS, measures);
  const times = results.map((runs) => median(runs.map((run) => run.milliseconds)));
  const [nothing, full, unchecked, plain] = times;
  const objects = objectsIn(results[1][0].stdout);
  const rendering = unchecked - nothing;
  const each = rendering / objects;
  const what = `${name}, Helm ${version}`;
  const ratio =
    plain === undefined ? '' : `${(rendering / (plain - nothing)).toFixed(2)} x by hand`;
  add(
    what,
    `${objects} objects`,
    `${rendering.toFixed(1)} ms, ${each.toFixed(2)} ms each`,
    ratio,
    'at most 1.0 ms each, 1.5 x',
  );
  add('- its schema', 'validation', `${(full - unchecked).toFixed(1)} ms`, '', 'at most 15 ms');
}

export function benchHelm(add) {
  inTemporaryDirectory((directory) => {
    const empty = path.join(directory, 'empty');
    fs.mkdirSync(empty);
    emptyChart(empty);
    for (const version of VERSIONS) {
      for (const chart of OWN_CHARTS) {
        benchChart(add, version, chart, directory, empty);
      }
    }
  });
  for (const { name } of OWN_CHARTS) {
    const byHand = handWritten(name);
    if (byHand !== undefined) {
      const [own, plain] = [path.join(REPOSITORY, 'charts-out', name), byHand].map(templateLines);
      add(
        `templates of ${name}`,
        'lines',
        String(own),
        `${(own / plain).toFixed(2)} x by hand`,
        'at most 1.2 x',
      );
    }
  }
}
