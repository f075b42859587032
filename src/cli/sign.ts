import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provenance } from '../helm/index';
import { readArchives } from './repository-index';

interface SignOptions {
  readonly key: string;
  readonly passphraseFile?: string;
}

function signArchives(folder: string, options: SignOptions): void {
  for (const archive of readArchives(folder)) {
    const fileName = `${archive.fileName}.prov`;
    writeFileSync(join(folder, fileName), provenance(archive, options));
    console.log(`wrote ${join(folder, fileName)}`);
  }
}

const EXAMPLES = `
Examples:
  danube-charts sign dist/charts --key charts@example.com
  helm verify dist/charts/danube-core-1.0.0.tgz       whoever has the public key
`;

export function signCommand(): Command {
  return new Command('sign')
    .description('sign every archive of a folder with gpg, for helm verify')
    .argument('[folder]', 'folder of the archives', 'dist/charts')
    .requiredOption('--key <key>', 'fingerprint or address of an RSA key of gpg')
    .option('--passphrase-file <file>', 'file with its passphrase; default: ask the agent')
    .addHelpText('after', EXAMPLES)
    .action(signArchives);
}
