import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../package/packed-package';

const PACKAGE_JSON = join(__dirname, '../../../package.json');
const STOCK = '../../../node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json';
const PROGRAM = `
import { App } from 'cdk8s';
import { DanubeCoreChart } from 'cdk8s-danube';
import { defineValues, writeChart, z } from 'cdk8s-danube/helm';
export const values = defineValues(z.object({ on: z.boolean().default(true).describe('On.') }));
const chart = new DanubeCoreChart(new App(), 'danube-core');
chart.core.broker.statefulSet.patch({ spec: { revisionHistoryLimit: 3 } });
console.log(writeChart(chart, 'charts'));
`;

let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'npm-install-'));
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

test('npm installs the packed package into an empty project; programs compile and run', () => {
  const tarball = packPackage(work);
  const project = join(work, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const { devDependencies } = JSON.parse(readFileSync(PACKAGE_JSON, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  // What a project of `cdk8s init` has beside the package, and zod.
  const names = ['cdk8s', 'constructs', 'zod', 'typescript', '@types/node'];
  const peers = names.map((name) => `${name}@${devDependencies[name]}`);
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags, tarball, ...peers], { cwd: project, stdio: 'pipe' });
  writeFileSync(join(project, 'program.ts'), PROGRAM);
  copyFileSync(join(__dirname, STOCK), join(project, 'tsconfig.json'));
  const run = (...args: readonly string[]) =>
    execFileSync(process.execPath, [...args], { cwd: project, encoding: 'utf8' }).trim();
  expect(run('node_modules/typescript/bin/tsc')).toBe('');
  expect(run('program.js')).toBe('charts/danube-core');
  const statefulSet = join(project, 'charts/danube-core/templates/broker-statefulset.yaml');
  expect(readFileSync(statefulSet, 'utf8')).toContain('revisionHistoryLimit: 3');
  const program = join(project, 'node_modules/.bin/danube-charts');
  expect(run(program, 'images', 'danube-core')).toContain('danube-broker:');
});
