import { Command, Option } from 'commander';
import type { ValueRow } from '../helm/index';
import { CHART_ARGUMENT, helmOption, openChart } from './chart-argument';
import { closestTo } from './closest-word';
import { paint } from './paint';
import { unitOf } from './value-unit';

interface DescribedValue extends ValueRow {
  readonly unit: string;
}

/** `broker.tls` and what is below it; everything for an empty prefix. */
function below(prefix: string, rows: readonly ValueRow[]): readonly ValueRow[] {
  const found = rows.filter(
    ({ path }) => prefix === '' || path === prefix || path.startsWith(`${prefix}.`),
  );
  if (found.length === 0) {
    const groups = rows.flatMap(({ path }) => {
      const keys = path.split('.');
      return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
    });
    const meant = closestTo(prefix, groups);
    throw new Error(
      `there is no value ${prefix}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    );
  }
  return found;
}

function asText({ path, type, unit, defaultValue, description }: DescribedValue): string {
  const kind = unit === '' ? type : `${type}, ${unit}`;
  const value = defaultValue === '' ? 'not set' : defaultValue;
  const said = description === '' ? '' : `\n    ${description}`;
  return `${paint('bold', path)} (${kind}) = ${value}${said}`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

function asMarkdown(values: readonly DescribedValue[]): string {
  const rows = values.map(({ path, type, unit, defaultValue, description }) => {
    const value = defaultValue === '' ? '' : `\`${cell(defaultValue)}\``;
    return `| \`${path}\` | ${type} | ${unit} | ${value} | ${cell(description)} |`;
  });
  const head = ['| Key | Type | Unit | Default | Description |', '|---|---|---|---|---|'];
  return [...head, ...rows].join('\n');
}

function asJson(values: readonly DescribedValue[]): string {
  const plain = values.map(({ defaultValue, ...value }) => {
    const known: unknown = defaultValue === '' ? undefined : JSON.parse(defaultValue);
    return { ...value, default: known };
  });
  return JSON.stringify(plain, null, 2);
}

interface ValuesOptions {
  readonly path: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly helm: string;
}

function values(name: string, { path, format, helm }: ValuesOptions): void {
  const rows = below(path, openChart(name, { helm }).rows());
  const described = rows.map((row) => ({ ...row, unit: unitOf(row) }));
  const formats = {
    text: () => described.map(asText).join('\n'),
    markdown: () => asMarkdown(described),
    json: () => asJson(described),
  };
  console.log(formats[format]());
}

const EXAMPLES = `
Examples:
  danube-charts values danube-core --path broker.tls          what is below one key
  danube-charts values danube-core --format markdown > values.md
  danube-charts values danube-core --format json | jq -r '.[].path'
`;

export function valuesCommand(): Command {
  return new Command('values')
    .description('the values of a chart: path, type, unit, default, and what each is for')
    .argument('<chart>', CHART_ARGUMENT)
    .option('--path <prefix>', 'only this value and those below it', '')
    .addOption(
      new Option('--format <format>', 'how they are written')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addOption(helmOption().hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(values);
}
