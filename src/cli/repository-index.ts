import { Command } from 'commander';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  artifactHubRepository,
  indexYaml,
  mergeIndexes,
  parseIndex,
  readArchive,
  repositoryIndex,
  type ChartArchive,
} from '../helm/index';

interface IndexCommandOptions {
  readonly url?: string;
  readonly merge?: string;
  readonly created?: string;
  readonly artifacthubId?: string;
}

const INDEX = 'index.yaml';
const ARTIFACT_HUB = 'artifacthub-repo.yml';

/** The archives of a folder. */
export function readArchives(folder: string): readonly ChartArchive[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const archives = names.filter((name) => name.endsWith('.tgz'));
  if (archives.length === 0) {
    throw new Error(`${folder} holds no archive: run the command package first`);
  }
  return archives.map((name) =>
    readArchive(new Uint8Array(readFileSync(join(folder, name))), name),
  );
}

/** As given, or of SOURCE_DATE_EPOCH (seconds, see reproducible-builds.org), or now. */
function creationDate(given: string | undefined): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (given === undefined && epoch === undefined) {
    return new Date(Math.floor(Date.now() / 1000) * 1000);
  }
  const date = given === undefined ? new Date(Number(epoch) * 1000) : new Date(given);
  if (Number.isNaN(date.getTime())) {
    throw new Error(`${given ?? epoch ?? ''} is no date: write one such as 2026-01-31T12:00:00Z`);
  }
  return date;
}

function writeIndex(folder: string, options: IndexCommandOptions): void {
  const { url, merge, created, artifacthubId } = options;
  const fresh = repositoryIndex(readArchives(folder), { url, created: creationDate(created) });
  const index =
    merge === undefined ? fresh : mergeIndexes(fresh, parseIndex(readFileSync(merge, 'utf8')));
  writeFileSync(join(folder, INDEX), indexYaml(index));
  console.log(`wrote ${join(folder, INDEX)}`);
  if (artifacthubId !== undefined) {
    writeFileSync(join(folder, ARTIFACT_HUB), artifactHubRepository(artifacthubId));
    console.log(`wrote ${join(folder, ARTIFACT_HUB)}`);
  }
}

const EXAMPLES = `
Examples:
  danube-charts index dist/charts
  danube-charts index dist/charts --url https://charts.example.com --merge published/index.yaml
  helm repo add danube https://charts.example.com     once the folder is served there
`;

export function indexCommand(): Command {
  return new Command('index')
    .description('write index.yaml, by which a folder of archives is a chart repository')
    .argument('[folder]', 'folder of the archives', 'dist/charts')
    .option('--url <url>', 'where the archives will be; default: beside the index')
    .option('--merge <file>', 'the index as published, whose versions stay')
    .option('--created <date>', 'date of the new versions; default: SOURCE_DATE_EPOCH, else now')
    .option('--artifacthub-id <id>', `repository ID of Artifact Hub: write ${ARTIFACT_HUB} too`)
    .addHelpText('after', EXAMPLES)
    .action(writeIndex);
}
