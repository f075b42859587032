import { pathText, type ValuesProblem } from '../values-problem';
import type { MigratedKey } from './migrated-values';

export interface MigrationReport {
  readonly from: string;
  readonly to: string;
  readonly keys: readonly MigratedKey[];
  readonly refused: readonly ValuesProblem[];
  readonly open: readonly ValuesProblem[];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function said({ problem, fix }: ValuesProblem): string {
  return `${problem}${fix === '' ? '' : `; ${fix}`}`;
}

function openLine(problem: ValuesProblem): string {
  return `- \`${pathText(problem.path)}\`: ${said(problem)}`;
}

/** Whether a key was carried to a value, or to something below it. */
function isFor({ path }: ValuesProblem, { to }: MigratedKey): boolean {
  const target = pathText(path);
  return to !== undefined && (to === target || to.startsWith(`${target}.`));
}

function droppedLine({ from, because }: MigratedKey): string {
  return `- \`${from}\`: ${because}`;
}

function carriedLine({ from, to = '', because }: MigratedKey): string {
  const where = from === to ? `\`${from}\`` : `\`${from}\` -> \`${to}\``;
  return `- ${where}${because === '' ? '' : `: ${because}`}`;
}

/** What became of every key that was written, as Markdown. */
export function migrationReport({ from, to, keys, refused, open }: MigrationReport): string {
  const isRefused = (key: MigratedKey) => refused.some((problem) => isFor(problem, key));
  const refusedLines = refused.map((problem) => {
    const own = keys.filter((key) => isFor(problem, key)).map((key) => `\`${key.from}\``);
    const names = own.length === 0 ? `\`${pathText(problem.path)}\`` : own.join(', ');
    return `- ${names}: ${said(problem)}`;
  });
  return [
    `# From ${from} to ${to}`,
    ...section('Still missing: write it by hand', open.map(openLine)),
    ...section(
      'Without a counterpart',
      keys.filter((key) => key.to === undefined).map(droppedLine),
    ),
    ...section(`Left out, because ${to} refuses it`, refusedLines),
    ...section(
      'Carried over',
      keys.filter((key) => key.to !== undefined && !isRefused(key)).map(carriedLine),
    ),
  ].join('\n');
}
