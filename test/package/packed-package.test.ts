import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { HELM_4 } from '../real-helm/binaries';
import { helmTemplate } from '../real-helm/run-helm';
import { installPackage, packageJson, packPackage } from './packed-package';

const REPOSITORY = join(__dirname, '../..');
const CHARTS = readdirSync(join(REPOSITORY, 'charts-out'));
const TYPESCRIPT = join(REPOSITORY, 'node_modules/typescript/bin/tsc');

const PROGRAM = `import { App } from 'cdk8s';
import { DanubeCoreChart } from 'cdk8s-danube';
import { whole, writeChart } from 'cdk8s-danube/helm';

const app = new App();
const chart = new DanubeCoreChart(app, 'danube-core', { release: { releaseName: 'prod' } });
const { statefulSet } = chart.core.broker;
statefulSet.patch({
  spec: {
    template: { spec: { hostAliases: whole([{ ip: '10.0.0.9', hostnames: ['store.local'] }]) } },
  },
});
console.log(writeChart(chart, process.argv[2] ?? 'charts'), chart.manifests().length > 10);
`;
const IN_COMMONJS = PROGRAM.replace(/^import (.*) from (.*);$/gm, 'const $1 = require($2);');

let work: string;
let project: string;
let installed: string;

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

function contentBelow(directory: string): Readonly<Record<string, string>> {
  const files = filesBelow(directory);
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  );
}

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'packed-'));
  project = join(work, 'project');
  // A project of cdk8s has the types of Node.js.
  installPackage(packPackage(work), project, ['@types/node', 'undici-types']);
  installed = join(project, 'node_modules', packageJson.name);
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

function run(file: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], {
    cwd: project,
    encoding: 'utf8',
  });
  expect({ stdout: status === 0 ? '' : stdout, stderr, status }).toEqual({
    stdout: '',
    stderr: '',
    status: 0,
  });
  return stdout.trim();
}

test('the package holds what users need and nothing else', () => {
  const files = filesBelow(installed);
  const expected = [
    /^(CHANGELOG|LICENSE|README)(\.md)?$/,
    /^package\.json$/,
    /^imports\/[a-z0-9.-]+\.d\.ts$/,
    /^lib\/([a-z0-9-]+\/)*[a-z0-9-]+\.(js|d\.ts)$/,
    /^types-node10\/([a-z0-9-]+\/)*[a-z0-9-]+\.d\.ts$/,
    new RegExp(`^charts-out/(${CHARTS.join('|')})/`),
  ];
  expect(files.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      'lib/cli/danube-charts.js',
      'lib/helm/index.d.ts',
      'lib/index.d.ts',
      'lib/index.js',
      'types-node10/helm/index.d.ts',
      'types-node10/index.d.ts',
      ...CHARTS.map((name) => `charts-out/${name}/values.schema.json`),
    ]),
  );
  // Writes charts-out of this repository.
  expect(files).not.toContain('lib/cli/synth.js');
  const code = files.filter((file) => /^lib\/.*\.js$/.test(file));
  const untyped = code.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')));
  expect(untyped).toEqual([]);
});

test('it needs only packages that it declares', () => {
  const declared = Object.keys({
    ...packageJson.dependencies,
    ...packageJson.peerDependencies,
  });
  const texts = filesBelow(join(installed, 'lib')).map((file) =>
    readFileSync(join(installed, 'lib', file), 'utf8'),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:require\(|from |import\()["']([^"'.][^"']*)["']/g)].map(
      ([, name]) => name,
    ),
  );
  const packages = [...new Set(names)].filter(
    (name) => !name.startsWith('node:') && !builtinModules.includes(name),
  );
  expect(packages.length).toBeGreaterThan(3);
  const undeclared = packages.filter(
    (name) => !declared.some((each) => name === each || name.startsWith(`${each}/`)),
  );
  expect(undeclared).toEqual([]);
  const optional = Object.keys(packageJson.peerDependenciesMeta);
  const unused = declared.filter(
    (each) =>
      !optional.includes(each) &&
      !packages.some((name) => name === each || name.startsWith(`${each}/`)),
  );
  expect(unused).toEqual([]);
});

async function hasAlias(chart: string): Promise<void> {
  const { stdout, stderr } = await helmTemplate({ helm: HELM_4, chart });
  expect(stderr).toBe('');
  expect(stdout).toContain('store.local');
}

test.each([
  ['an ESM program', 'program.mjs', PROGRAM],
  ['a CommonJS program', 'program.cjs', IN_COMMONJS],
])('%s patches a StatefulSet and writes a chart', async (_name, file, text) => {
  writeFileSync(join(project, file), text);
  const charts = join(project, `charts-of-${file}`);
  expect(run(file, [charts])).toBe(`${join(charts, 'danube-core')} true`);
  await hasAlias(join(charts, 'danube-core'));
});

interface CompilerConfig {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** What `cdk8s init typescript-app` writes, as it is. */
function stockConfig(): CompilerConfig {
  const template = 'node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json';
  return JSON.parse(readFileSync(join(REPOSITORY, template), 'utf8')) as CompilerConfig;
}

/** Compiles programs of the project; gives the directory that they are written to. */
function compile(name: string, files: readonly string[], config: CompilerConfig): string {
  const { compilerOptions } = config;
  expect(compilerOptions).toMatchObject({ strict: true });
  expect(compilerOptions).not.toHaveProperty('skipLibCheck');
  const output = join(project, 'compiled', name.replace(/ /g, '-'));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  run(TYPESCRIPT, ['-p', project, '--rootDir', project, '--outDir', output]);
  return output;
}

async function patchesAndWrites(compiled: string, output: string): Promise<void> {
  expect(run(compiled, [output])).toBe(`${join(output, 'danube-core')} true`);
  await hasAlias(join(output, 'danube-core'));
}

const NODE = { compilerOptions: { module: 'NodeNext', strict: true, target: 'ES2022' } };

test.each([
  ['CommonJS for Node.js', 'program.cts'],
  ['ESM for Node.js', 'program.mts'],
])('a program compiles with %s, all libraries checked', async (name, file) => {
  writeFileSync(join(project, file), PROGRAM);
  const output = compile(name, [file], NODE);
  await patchesAndWrites(join(output, file.replace(/ts$/, 'js')), output);
});

const EXAMPLES = {
  'examples/hello-chart/hello-chart.ts': 'hello',
  'examples/custom-connector/custom-connector.ts': 'danube-connector-redis',
};

test('a program and examples compile with the stock cdk8s tsconfig and write charts', async () => {
  writeFileSync(join(project, 'program.ts'), PROGRAM);
  const examples = Object.keys(EXAMPLES);
  for (const directory of examples.map(dirname)) {
    cpSync(join(REPOSITORY, directory), join(project, directory), { recursive: true });
  }
  const output = compile('the stock cdk8s tsconfig', ['program.ts', ...examples], stockConfig());
  await patchesAndWrites(join(output, 'program.js'), output);
  for (const [file, chart] of Object.entries(EXAMPLES)) {
    const charts = join(dirname(file), 'charts-out', chart);
    run(join(output, file.replace(/ts$/, 'js')), []);
    expect(contentBelow(join(output, charts))).toEqual(contentBelow(join(REPOSITORY, charts)));
  }
});

// Both have the same declarations; types-node10 takes zod's types for ES modules.
test.each([
  ['the resolution of the stock cdk8s tsconfig', stockConfig().compilerOptions, 'types-node10'],
  ['CommonJS', NODE.compilerOptions, 'lib'],
  ['bundlers', { module: 'ES2022', moduleResolution: 'bundler' }, 'lib'],
])('%s finds the declarations', (_name, compilerOptions, folder) => {
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, project);
  for (const [module, file] of [
    ['cdk8s-danube', 'index.d.ts'],
    ['cdk8s-danube/helm', 'helm/index.d.ts'],
  ]) {
    const from = join(project, 'program.ts');
    const { resolvedModule } = ts.resolveModuleName(module, from, options, ts.sys);
    expect(resolvedModule?.resolvedFileName).toBe(join(installed, folder, file));
  }
});

test('its program danube-charts packs the charts that it brings along', () => {
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  const program = join(installed, bin['danube-charts']);
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const out = join(project, 'archives');
  run(program, ['package', '--charts', join(installed, 'charts-out'), '--out', out]);
  expect(readdirSync(out)).toHaveLength(CHARTS.length);
  expect(run(program, ['images'])).toContain('danube-broker:');
  expect(existsSync(join(project, 'dist'))).toBe(false);
  // Exit codes, and no colours where there is no terminal.
  const wrong = join(project, 'wrong.yaml');
  writeFileSync(wrong, 'broker: { replicas: 3 }\n');
  const check = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, 'check', ...args], { encoding: 'utf8' });
  const refused = check(wrong, '--chart', 'danube-core');
  expect(refused).toMatchObject({ status: 1, stderr: '' });
  expect(refused.stdout).toMatch(
    /^error: \S*wrong.yaml:1: broker.replicas: there is no such value/,
  );
  expect(check(wrong, '--chart', 'nowhere')).toMatchObject({ status: 2, stdout: '' });
  expect(check('--help')).toMatchObject({ status: 0, stderr: '' });
});
