import { existsSync } from 'node:fs';

/** Whether a program of the machine is there; a CI machine must have it. */
export function isInstalled(path: string, debianPackage: string): boolean {
  const isThere = existsSync(path);
  if (!isThere && process.env.CI === 'true') {
    throw new Error(`${path} is missing: apt-get install ${debianPackage}`);
  }
  if (!isThere) {
    process.stdout.write(`skipped without ${path}: apt-get install ${debianPackage}\n`);
  }
  return isThere;
}
