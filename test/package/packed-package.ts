import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { x as extract } from 'tar';

const REPOSITORY = path.join(__dirname, '../..');
const NODE10_TYPES = path.join(REPOSITORY, 'scripts/write-node10-types.mjs');
/** What the npm package is made of beside lib and types-node10, which are built. */
const SOURCES = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'charts-out', 'imports'];

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

export const packageJson = JSON.parse(
  fs.readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'),
) as PackageJson;

/** Builds the package anew, below a directory, and packs it; gives the tarball. */
export function packPackage(directory: string): string {
  const stage = path.join(directory, 'stage');
  fs.mkdirSync(stage);
  for (const name of SOURCES) {
    fs.cpSync(path.join(REPOSITORY, name), path.join(stage, name), { recursive: true });
  }
  const compiler = path.join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const project = path.join(REPOSITORY, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', path.join(stage, 'lib')]);
  execFileSync(process.execPath, [NODE10_TYPES, stage]);
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  const name = execFileSync('npm', args, { cwd: stage, encoding: 'utf8' }).trim();
  return path.join(directory, name);
}

/**
 * Installs the tarball into an empty project without a registry: its files are copied, and what it
 * depends on is linked from this repository, together with what a user's project has of its own.
 */
export function installPackage(tarball: string, project: string, more: readonly string[]): void {
  const modules = path.join(project, 'node_modules');
  const own = path.join(modules, packageJson.name);
  fs.mkdirSync(own, { recursive: true });
  extract({ file: tarball, cwd: own, strip: 1, sync: true });
  const { dependencies, peerDependencies } = packageJson;
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), ...more]) {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    fs.symlinkSync(path.join(REPOSITORY, 'node_modules', name), path.join(modules, name));
  }
}
