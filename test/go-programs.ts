import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheDirectory } from './real-helm/binaries';

interface GoProgram {
  readonly name: string;
  readonly module: string;
}

const MODULES = path.join(__dirname, '..', 'scripts', 'go');
const LIST = fs.readFileSync(path.join(MODULES, 'programs.json'), 'utf8');
const programs = JSON.parse(LIST) as GoProgram[];

/** The version that a program of scripts/go is built at, such as `1.36.3`. */
export function goProgramVersion(name: string): string {
  const program = programs.find((candidate) => candidate.name === name);
  if (program === undefined) {
    throw new Error(`${name} is not in scripts/go/programs.json`);
  }
  const text = fs.readFileSync(path.join(MODULES, name, 'go.mod'), 'utf8');
  const line = text.split('\n').find((candidate) => candidate.includes(`${program.module} v`));
  return line?.trim().split(' v')[1]?.split(' ')[0] ?? '';
}

/** Where scripts/build-go-programs.mjs puts a program. */
export function goProgramPath(name: string, executable: string): string {
  return path.join(cacheDirectory(), `${name}-${goProgramVersion(name)}`, executable);
}

/**
 * Whether programs are built. With CI=true they have to be; elsewhere a line says that tests are
 * skipped without them.
 */
export function areBuilt(paths: readonly string[]): boolean {
  const missing = paths.find((file) => !fs.existsSync(file));
  if (missing !== undefined && process.env.CI === 'true') {
    throw new Error(`${missing} is missing`);
  }
  if (missing !== undefined) {
    process.stdout.write(`skipped without ${missing}\n`);
  }
  return missing === undefined;
}
