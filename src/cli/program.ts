import { Command } from 'commander';
import { checkCommand } from './check';
import { diffCommand } from './diff';
import { explainCommand } from './explain';
import { EXIT_CODES } from './exit-code';
import { imagesCommand } from './images';
import { migrateCommand } from './migrate';
import { packageCommand } from './package';
import { indexCommand } from './repository-index';
import { signCommand } from './sign';
import { synthCommand } from './synth-charts';
import { valuesCommand } from './value-reference';

const EXAMPLES = `
Examples:
  danube-charts synth --out charts
  danube-charts values danube-core --path broker.tls
  danube-charts check my-values.yaml --chart danube-core
  danube-charts explain danube-core --mermaid
  danube-charts diff danube-core --new-values prod.yaml
  danube-charts migrate old.yaml --from danube_with_etcd
  danube-charts help check
`;

/** What the program `danube-charts` can do; each command stands in a file of its own. */
export function program(): Command {
  const made = new Command('danube-charts')
    .description('Helm charts of Danube: write, look into, check, compare, package them')
    .addCommand(synthCommand())
    .addCommand(valuesCommand())
    .addCommand(checkCommand())
    .addCommand(explainCommand())
    .addCommand(diffCommand())
    .addCommand(migrateCommand())
    .addCommand(packageCommand())
    .addCommand(indexCommand())
    .addCommand(signCommand())
    .addCommand(imagesCommand())
    .addHelpText('after', EXAMPLES + EXIT_CODES);
  [made, ...made.commands].forEach((command) => command.exitOverride());
  return made;
}
