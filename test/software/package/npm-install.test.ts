import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../package/packed-package';

const PACKAGE_JSON = join(__dirname, '../../../package.json');
const PROGRAM = `
const { App } = require('cdk8s');
const { DanubeCoreChart } = require('cdk8s-danube');
const { writeChart } = require('cdk8s-danube/helm');
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

test('npm installs the packed package into an empty project, from the registry', () => {
  const tarball = packPackage(work);
  const project = join(work, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const { devDependencies } = JSON.parse(readFileSync(PACKAGE_JSON, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const peers = ['cdk8s', 'constructs', 'zod'].map((name) => `${name}@${devDependencies[name]}`);
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags, tarball, ...peers], { cwd: project, stdio: 'pipe' });
  writeFileSync(join(project, 'program.js'), PROGRAM);
  const run = (...args: readonly string[]) =>
    execFileSync(process.execPath, [...args], { cwd: project, encoding: 'utf8' }).trim();
  expect(run('program.js')).toBe('charts/danube-core');
  const statefulSet = join(project, 'charts/danube-core/templates/broker-statefulset.yaml');
  expect(readFileSync(statefulSet, 'utf8')).toContain('revisionHistoryLimit: 3');
  const program = join(project, 'node_modules/.bin/danube-charts');
  expect(run(program, 'images', 'danube-core')).toContain('danube-broker:');
});
