import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../..');
const DEPENDENCIES = ['cdk8s', 'constructs', 'zod', 'kubernetes-types', '@types', 'yaml'];

const PROGRAM = `
import { App } from 'cdk8s';
import { DanubeCoreChart } from 'cdk8s-danube';
import { defineValues, HelmChart } from 'cdk8s-danube/helm';
import { z } from 'zod';

const core = new DanubeCoreChart(new App(), 'danube-core');
const values = defineValues(z.object({ on: z.boolean().default(true).describe('On.') }));
const metadata = { name: 'own', version: '1.0.0', description: 'A chart.' };
const own = new HelmChart(new App(), 'own', { metadata, values });
console.log(core.manifests().length > 0, own.v.on !== undefined);
`;

/** The options of the tsconfig.json that \`cdk8s init typescript-app\` writes. */
const STOCK_CDK8S = {
  alwaysStrict: true,
  declaration: true,
  experimentalDecorators: true,
  inlineSourceMap: true,
  inlineSources: true,
  lib: ['es2022'],
  module: 'CommonJS',
  noEmitOnError: true,
  noFallthroughCasesInSwitch: true,
  noImplicitAny: true,
  noImplicitReturns: true,
  noImplicitThis: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  strict: true,
  strictNullChecks: true,
  strictPropertyInitialization: true,
  stripInternal: true,
  target: 'ES2022',
};

let project: string;

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: REPOSITORY });
  project = mkdtempSync(join(tmpdir(), 'user-project-'));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(REPOSITORY, join(project, 'node_modules/cdk8s-danube'));
  for (const name of DEPENDENCIES) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(project, 'node_modules', name));
  }
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

function run(file: string, program: string): string {
  writeFileSync(join(project, file), program);
  return execFileSync(process.execPath, [join(project, file)], { encoding: 'utf8' }).trim();
}

test('an ESM program imports the names of both entry points', () => {
  expect(run('program.mjs', PROGRAM)).toBe('true true');
});

test('a CommonJS program requires them', () => {
  const program = PROGRAM.replace(/^import (.*) from (.*);$/gm, 'const $1 = require($2);');
  expect(run('program.cjs', program)).toBe('true true');
});

test.each([
  ['the stock cdk8s tsconfig', STOCK_CDK8S],
  ['Node module resolution', { module: 'NodeNext', strict: true, target: 'ES2022' }],
])('a program compiles with %s', (_name, compilerOptions) => {
  writeFileSync(join(project, 'program.ts'), PROGRAM);
  const config = {
    compilerOptions: { ...compilerOptions, types: ['node'], noEmit: true, skipLibCheck: true },
    files: ['program.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = compile(compiler);
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

function compile(compiler: string): { status: number; stdout: string } {
  try {
    const args = [compiler, '-p', project, '--preserveSymlinks'];
    return { status: 0, stdout: execFileSync(process.execPath, args, { encoding: 'utf8' }) };
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return { status: 1, stdout: output };
  }
}
