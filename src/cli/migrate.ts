import { App } from 'cdk8s';
import { Command, Option } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ExitCode } from './exit-code';
import { acceptableValues } from './migration/acceptable-values';
import { migrationReport } from './migration/migration-report';
import { UPSTREAM_CHARTS, upstreamChart } from './migration/upstream-chart';
import { ownChart } from './own-charts';
import { ProgramChart } from './program-chart';
import { ValuesFiles } from './values-files';
import { problemsOf } from './values-problems';

interface MigrateOptions {
  readonly from: string;
  readonly upstream?: string;
  readonly config?: string;
  readonly report?: string;
}

function migrate(names: readonly string[], options: MigrateOptions): void {
  const upstream = new ValuesFiles(names).values;
  const chart = upstreamChart(options.from, options.upstream, upstream);
  const file = options.config === undefined ? undefined : readFileSync(options.config, 'utf8');
  const { values, keys } = chart.migrate(upstream, file);
  const { make } = ownChart(chart.target(upstream));
  const target = new ProgramChart(make(new App()), undefined);
  const accepted = acceptableValues(values, (rest) =>
    problemsOf(target, { values: rest, releaseName: target.name, namespace: 'default' }),
  );
  const report = migrationReport({ ...accepted, from: chart.name, to: target.name, keys });
  console.log(`# Values of ${target.name} ${target.version}, from those of ${chart.name}.`);
  console.log(stringify(accepted.values, { version: '1.1' }).trimEnd());
  if (options.report === undefined) {
    console.error(report);
  } else {
    writeFileSync(options.report, `${report}\n`);
  }
  if (accepted.open.length > 0) {
    throw new ExitCode(1);
  }
}

const EXAMPLES = `
Examples:
  danube-charts migrate old-values.yaml --from danube_with_etcd > values.yaml
  danube-charts migrate values.yaml --from danube_helm --config danube_broker.yml > new.yaml
  danube-charts migrate qdrant.yaml --from danube_helm --report report.md > new.yaml

The values go to standard output, and the report on every key to standard error: what was
carried over, what has no counterpart, what the chart refuses. No data is moved: helm uninstall
the old release, keep its volumes, and install the new one.

Exit codes: 0 the chart takes the values, 1 something is missing in them (the report says what),
2 they could not be read.
`;

export function migrateCommand(): Command {
  const upstream = Object.values(UPSTREAM_CHARTS).flat();
  return new Command('migrate')
    .description('make values for these charts from those of the upstream charts')
    .argument('<values...>', 'files of values of the upstream chart; later ones win')
    .addOption(
      new Option('--from <repository>', 'where the upstream chart is from')
        .choices(Object.keys(UPSTREAM_CHARTS))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--upstream <chart>', 'the upstream chart; default: seen from its keys').choices(
        upstream.map(({ name }) => name),
      ),
    )
    .option('--config <file>', 'the danube_broker.yml or connector.toml of your ConfigMap')
    .option('--report <file>', 'write the report there, as Markdown')
    .addHelpText('after', EXAMPLES)
    .action(migrate);
}
