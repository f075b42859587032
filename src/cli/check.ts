import { Command } from 'commander';
import { CHART_ARGUMENT, helmOption, openChart } from './chart-argument';
import { ExitCode } from './exit-code';
import { notesWarnings } from './notes-warnings';
import { paint } from './paint';
import { ValuesFiles, valuesOption } from './values-files';
import { pathText, type ValuesProblem } from './values-problem';
import { problemsOf } from './values-problems';

/** `my-values.yaml:3: broker.replicas: there is no such value; did you mean ...?` */
function line({ path, problem, fix }: ValuesProblem, files: ValuesFiles): string {
  const place = files.placeOf(path);
  const where = place === '' ? '' : `${place}: `;
  return `${where}${paint('bold', pathText(path))}: ${problem}${fix === '' ? '' : `; ${fix}`}`;
}

interface CheckOptions {
  readonly chart: string;
  readonly values: readonly string[];
  readonly helm: string;
  readonly strict?: boolean;
  readonly releaseName?: string;
  readonly namespace: string;
}

function check(names: readonly string[], options: CheckOptions): void {
  const files = new ValuesFiles([...names, ...options.values]);
  const chart = openChart(options.chart, options);
  const { namespace, releaseName = chart.name } = options;
  const release = { values: files.values, releaseName, namespace };
  const problems = problemsOf(chart, release);
  for (const problem of problems) {
    console.log(`${paint('red', 'error')}: ${line(problem, files)}`);
  }
  if (problems.length > 0) {
    console.log(`${chart.name} ${chart.version} refuses these values`);
    throw new ExitCode(1);
  }
  const notes = chart.notes(release);
  const warnings = notesWarnings(notes ?? '');
  for (const warning of warnings) {
    console.log(`${paint('yellow', 'warning')}: ${warning}`);
  }
  console.log(`${paint('green', 'ok')}: ${chart.name} ${chart.version} takes these values`);
  if (notes === undefined) {
    console.error('warnings are known of the charts of this package only');
  }
  if (options.strict === true && warnings.length > 0) {
    throw new ExitCode(1);
  }
}

const EXAMPLES = `
Examples:
  danube-charts check my-values.yaml --chart danube-core
  danube-charts check -f base.yaml -f prod.yaml --chart danube-core    later files win
  danube-charts check my-values.yaml --chart ./my-chart                needs helm

What it says:
  my-values.yaml:3: broker.replicas: there is no such value; did you mean broker.replicaCount?
  Errors are what an installation would refuse. Warnings are what works and has a catch, as
  the notes say after an installation. Rules between values are asked once all keys and types fit.

Exit codes: 0 the chart takes the values, 1 it refuses them, 2 they could not be checked.
`;

export function checkCommand(): Command {
  return new Command('check')
    .description('check values for a chart: every error with its place and what to write instead')
    .argument('[values...]', 'files of values; later ones win')
    .requiredOption('--chart <chart>', CHART_ARGUMENT)
    .addOption(valuesOption())
    .option('--strict', 'warnings count as errors')
    .option('--release-name <name>', 'name of the release; default: that of the chart')
    .option('-n, --namespace <namespace>', 'namespace of the release', 'default')
    .addOption(helmOption())
    .addHelpText('after', EXAMPLES)
    .action(check);
}
