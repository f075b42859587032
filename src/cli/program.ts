import { Command } from 'commander';
import { imagesCommand } from './images';
import { packageCommand } from './package';
import { indexCommand } from './repository-index';
import { signCommand } from './sign';

/** What the program `danube-charts` can do; each command stands in a file of its own. */
export function program(): Command {
  return new Command('danube-charts')
    .description('Helm charts of Danube: packages, repository index, signatures, images')
    .addCommand(packageCommand())
    .addCommand(indexCommand())
    .addCommand(signCommand())
    .addCommand(imagesCommand());
}
