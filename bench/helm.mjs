// `helm template` of every chart, minus that of an empty chart; the schema's validation apart;
// beside it a plain chart that a person wrote by hand, where bench/hand-written has one.

import { createRequire } from 'node:module';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { cacheDirectory } from '../scripts/cache-directory.mjs';
import { compareObjects, emitted, handWritten, onlyCompared } from './hand-written.mjs';
import { inTemporaryDirectory, inTurns, median, REPOSITORY, runsOf, timed } from './measure.mjs';

const { OWN_CHARTS } = createRequire(import.meta.url)('../lib/cli/own-charts.js');

const VERSIONS = ['3.17.2', '4.1.4'];
const RUNS = runsOf(41);

/** What takes less than that is noise beside the start of Helm. */
const COMPARABLE_MS = 2;

/** Files of values that charts are rendered with too, beside the plainest that they take. */
const PRESETS = {
  'danube-core': ['production-values.yaml'],
  'danube-admin': ['with-ui-values.yaml'],
  'danube-connector-qdrant': ['qdrant-connector-values.yaml'],
};

function helmOf(version) {
  return path.join(cacheDirectory(), `helm-${version}`, 'helm');
}

function emptyChart(directory) {
  fs.mkdirSync(directory);
  fs.writeFileSync(path.join(directory, 'Chart.yaml'), 'apiVersion: v2\nname: e\nversion: 1.0.0\n');
  return directory;
}

function objectsIn(text) {
  return text.split(/^---$/m).filter((document) => /^kind: /m.test(document)).length;
}

/** Charts that a rendering is made of, each of which has its schema: a chart and those below it. */
function chartsIn(name, text) {
  const sources = text.matchAll(/^# Source: (.*?)\/templates\//gm);
  return new Set([name, ...[...sources].map(([, chart]) => chart)]).size;
}

function setsOf({ name, example = {} }) {
  const presets = (PRESETS[name] ?? []).map((file) => {
    const text = fs.readFileSync(path.join(REPOSITORY, 'examples', file), 'utf8');
    return { set: file.replace('-values.yaml', ''), values: parse(text) };
  });
  return [{ set: 'defaults', values: example }, ...presets];
}

function milliseconds(number) {
  return `${number.toFixed(1)} ms`;
}

function benchChart(add, version, name, { set, values }, empty) {
  const file = path.join(path.dirname(empty), 'values.json');
  fs.writeFileSync(file, JSON.stringify(values));
  const byHand = handWritten(name);
  const template = (of, ...flags) =>
    timed(helmOf(version), ['template', 'bench', of, '--values', file, ...flags]);
  const noSchema = '--skip-schema-validation';
  const compared = byHand && onlyCompared(name, path.dirname(empty));
  const measures = [
    () => template(empty),
    () => template(emitted(name)),
    () => template(emitted(name), noSchema),
    ...(byHand ? [() => template(byHand, noSchema), () => template(compared, noSchema)] : []),
  ];
  const results = inTurns(RUNS, measures);
  const [nothing, full, own, plain, alike] = results;
  // Of runs next to each other: whoever else is busy then slows both.
  const more = (runs, than, field) =>
    median(runs.map((run, index) => run[field] - than[index][field]));
  const [wall, cpu] = ['milliseconds', 'cpu'].map((field) => more(own, nothing, field));
  const objects = objectsIn(own[0].stdout);
  const said = [`${(wall / objects).toFixed(2)} ms each`];
  if (plain !== undefined) {
    const same = compareObjects(name, own[0].stdout, plain[0].stdout);
    const byHandMs = more(plain, nothing, 'milliseconds');
    const ratio = more(alike, nothing, 'milliseconds') / byHandMs;
    const times = byHandMs < COMPARABLE_MS ? 'too short to compare with' : `${ratio.toFixed(2)} x`;
    const byHandEach = `${same} objects, ${(byHandMs / same).toFixed(2)} ms each`;
    said.push(`${times} by hand (${byHandEach})`);
  }
  add({
    what: `${name}, Helm ${version}`,
    how: `${set}, ${objects} objects`,
    wall: milliseconds(wall),
    cpu: milliseconds(cpu),
    compared: said.join(', '),
    limit: plain === undefined ? 'at most 1.0 ms each' : 'at most 1.0 ms each, 1.5 x',
    cited: PRESETS[name] !== undefined,
  });
  const validation = more(full, own, 'milliseconds');
  const charts = chartsIn(name, own[0].stdout);
  add({
    what: charts === 1 ? '- its schema' : `- its schema and those of ${charts - 1} parts`,
    how: 'validation',
    wall: milliseconds(validation),
    cpu: milliseconds(more(full, own, 'cpu')),
    compared: charts === 1 ? undefined : `${milliseconds(validation / charts)} a chart`,
    limit: 'at most 15 ms a chart',
  });
}

/** BENCH_CHARTS=danube-admin,danube-core measures those only. */
const CHARTS = process.env.BENCH_CHARTS?.split(',');

export function benchHelm(add) {
  inTemporaryDirectory((directory) => {
    const empty = emptyChart(path.join(directory, 'empty'));
    for (const version of VERSIONS) {
      for (const chart of OWN_CHARTS.filter(({ name }) => CHARTS?.includes(name) ?? true)) {
        for (const set of setsOf(chart)) {
          benchChart(add, version, chart.name, set, empty);
        }
      }
    }
  });
}
