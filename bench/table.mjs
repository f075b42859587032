// The table of the bench as Markdown, and the documents that show it.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from './measure.mjs';

const COLUMNS = {
  what: 'what',
  how: 'how',
  wall: 'time',
  cpu: 'CPU time',
  compared: 'compared',
  limit: 'limit',
};

export function markdownTable(rows) {
  const columns = Object.keys(COLUMNS);
  const widths = columns.map((column) =>
    Math.max(...[COLUMNS, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [
    line(Object.values(COLUMNS)),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}

/** Puts text between the marks of a part, as they stand in README.md. */
function writePart(file, name, text) {
  const target = path.join(REPOSITORY, file);
  const old = fs.readFileSync(target, 'utf8');
  const [start, end] = [`<!-- made: ${name} -->`, `<!-- made until here: ${name} -->`];
  const [from, to] = [old.indexOf(start), old.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`${file} has no part '${name}' between ${start} and ${end}`);
  }
  const made = `${old.slice(0, from + start.length)}\n\n${text}\n\n${old.slice(to)}`;
  fs.writeFileSync(target, made);
  execFileSync('npx', ['prettier', '--log-level=warn', '--write', target], { cwd: REPOSITORY });
}

/** docs/speed.md gets all rows, README.md those that are cited. */
export function writeDocuments(rows, machine) {
  writePart('docs/speed.md', 'measured', `${markdownTable(rows)}\n\n${machine}`);
  const cited = rows.filter((row) => row.cited);
  writePart('README.md', 'measured', `${markdownTable(cited)}\n\n${machine}`);
}
