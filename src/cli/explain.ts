import { Command, Option } from 'commander';
import { CHART_ARGUMENT, helmOption, openChart } from './chart-argument';
import { explanationMermaid } from './explanation-mermaid';
import { explanationTable } from './explanation-table';
import { explanationOf } from './explanation';
import { ValuesFiles, valuesOption } from './values-files';

interface ExplainOptions {
  readonly values: readonly string[];
  readonly releaseName: string;
  readonly namespace: string;
  readonly mermaid?: boolean;
  readonly json?: boolean;
  readonly helm: string;
}

function explain(name: string, options: ExplainOptions): void {
  const chart = openChart(name, options);
  const { releaseName, namespace } = options;
  const isExample = options.values.length === 0 && chart.example !== undefined;
  if (isExample) {
    console.error(`${chart.name} does nothing by default: this is an example; give values with -f`);
  }
  const values = isExample ? chart.example : new ValuesFiles(options.values).values;
  const explanation = explanationOf(chart, { values, releaseName, namespace });
  if (options.json === true) {
    console.log(JSON.stringify(explanation, null, 2));
  } else {
    console.log((options.mermaid === true ? explanationMermaid : explanationTable)(explanation));
  }
}

const EXAMPLES = `
Examples:
  danube-charts explain danube-core
  danube-charts explain danube-core -f production-values.yaml
  danube-charts explain danube-core --mermaid > core.mmd      GitHub draws it in a \`\`\`mermaid block
  danube-charts explain danube-core --json | jq -r '.secrets[].name'
  danube-charts explain ./my-chart                            needs helm

Connections are those that the network policies of the release allow.
`;

export function explainCommand(): Command {
  return new Command('explain')
    .description('what a chart deploys: pods, ports, connections, volumes, secrets, images')
    .argument('<chart>', CHART_ARGUMENT)
    .addOption(valuesOption())
    .option('--release-name <name>', 'name of the release', 'danube')
    .option('-n, --namespace <namespace>', 'namespace of the release', 'default')
    .addOption(new Option('--mermaid', 'as a Mermaid flowchart').conflicts('json'))
    .option('--json', 'as JSON')
    .addOption(helmOption())
    .addHelpText('after', EXAMPLES)
    .action(explain);
}
