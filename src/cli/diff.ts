import { Command } from 'commander';
import { CHART_ARGUMENT, helmOption, openChart } from './chart-argument';
import { ExitCode } from './exit-code';
import { lineDiff } from './line-diff';
import { objectChanges, type FieldChange, type ObjectChange } from './object-diff';
import { paint } from './paint';
import { mergeValues, ValuesFiles, valuesOption } from './values-files';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
const COLOURS = { added: 'green', removed: 'red', changed: 'yellow' } as const;

function shown(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}

function fieldLines({ path, before, after }: FieldChange): readonly string[] {
  const isText = typeof before === 'string' && typeof after === 'string';
  if (isText && (before.includes('\n') || after.includes('\n'))) {
    return [`    ${path}:`, ...lineDiff(before, after).map((line) => `      ${line}`)];
  }
  return [`    ${path}: ${shown(before)} -> ${shown(after)}`];
}

function objectLines({ change, kind, name, fields }: ObjectChange): readonly string[] {
  return [
    paint(COLOURS[change], `${SIGNS[change]} ${kind} ${name}`),
    ...fields.flatMap(fieldLines),
  ];
}

interface DiffOptions {
  readonly values: readonly string[];
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
  readonly releaseName: string;
  readonly namespace: string;
  readonly json?: boolean;
  readonly helm: string;
}

function diff(name: string, newName: string | undefined, options: DiffOptions): void {
  const { releaseName, namespace } = options;
  const shared = new ValuesFiles(options.values).values;
  const objectsOf = (chart: string, files: readonly string[]) =>
    openChart(chart, options).objects({
      values: mergeValues(shared, new ValuesFiles(files).values),
      releaseName,
      namespace,
    });
  const changes = objectChanges(
    objectsOf(name, options.oldValues),
    objectsOf(newName ?? name, options.newValues),
  );
  if (options.json === true) {
    console.log(JSON.stringify(changes, null, 2));
  } else {
    changes.flatMap(objectLines).forEach((line) => {
      console.log(line);
    });
  }
  if (changes.length > 0) {
    throw new ExitCode(1);
  }
}

const EXAMPLES = `
Examples:
  danube-charts diff danube-core --new-values prod.yaml            what these values change
  danube-charts diff danube-core --old-values a.yaml --new-values b.yaml
  danube-charts diff danube-core-1.0.0.tgz danube-core -f my.yaml  what an upgrade would change
  danube-charts diff old/danube-core new/danube-core --json

Charts on disk are rendered with helm. What Secrets hold is compared and not shown.

Exit codes: 0 nothing differs, 1 something does, 2 they could not be compared.
`;

export function diffCommand(): Command {
  return new Command('diff')
    .description('what differs between two versions of a chart or two sets of values')
    .argument('<chart>', CHART_ARGUMENT)
    .argument('[newChart]', 'the chart to compare with; default: the same')
    .addOption(valuesOption('-f, --values <file>', 'values of both sides'))
    .addOption(valuesOption('--old-values <file>', 'values of the old side'))
    .addOption(valuesOption('--new-values <file>', 'values of the new side'))
    .option('--release-name <name>', 'name of the release', 'danube')
    .option('-n, --namespace <namespace>', 'namespace of the release', 'default')
    .option('--json', 'as JSON')
    .addOption(helmOption())
    .addHelpText('after', EXAMPLES)
    .action(diff);
}
