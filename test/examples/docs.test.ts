import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { chartFiles, type HelmChart } from 'cdk8s-danube/helm';

const ROOT = join(__dirname, '../..');
const PAGES = ['docs/helm-layer.md'];

interface Block {
  /** What follows the three backticks, such as `ts refused`. */
  readonly info: string;
  readonly line: number;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  const markdown = readFileSync(join(ROOT, page), 'utf8');
  return [...markdown.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map((match) => ({
    info: match[1],
    line: markdown.slice(0, match.index).split('\n').length,
    text: match[2],
  }));
}

/** Names that the Helm layer exports, values and types. */
function exportedNames(): readonly string[] {
  const index = readFileSync(join(ROOT, 'src/helm/index.ts'), 'utf8');
  const lists = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)];
  return lists
    .flatMap((match) => match[1].split(','))
    .map((name) => name.replace(/\btype\b/, '').trim())
    .filter((name) => name !== '');
}

const HEADER = [
  `import { ${exportedNames().join(', ')} } from 'cdk8s-danube/helm';`,
  `import { App } from 'cdk8s';`,
  `import * as kplus from 'cdk8s-plus-28';`,
  `import { Construct } from 'constructs';`,
  `import type { Deployment } from 'kubernetes-types/apps/v1';`,
  `import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';`,
  `import type { ConfigMap, ContainerPort, EnvVar, ResourceQuota } from 'kubernetes-types/core/v1';`,
].join('\n');

/**
 * The programs of a page: a block with imports is one by itself; the others, which build on one
 * another, are one together. What is refused is compiled but not run.
 */
function programsOf(page: string): readonly string[] {
  const blocks = blocksOf(page).filter(({ info }) => /^ts\b/.test(info));
  const whole = blocks.filter(({ text }) => text.startsWith('import '));
  const parts = blocks
    .filter((block) => !whole.includes(block))
    .map(({ info, text }) => (info === 'ts' ? text : `export function refused() {\n${text}}\n`));
  const together = [HEADER, ...parts, 'export { chart };'].join('\n');
  return [...whole.map(({ text }) => `${text}export { chart };\n`), together];
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) =>
    readFileSync(path, 'utf8'),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return { ...options, noUnusedLocals: false };
}

/** What the compiler says of programs that exist in memory only. */
function problemsOf(programs: ReadonlyMap<string, string>): readonly string[] {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => programs.has(path) || fileExists(path);
  host.readFile = (path) => programs.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = programs.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || programs.has(file.fileName))
    .map(({ file, start, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      const at = start === undefined ? undefined : file?.text.slice(start).split('\n')[0];
      return `${at ?? ''}: ${message}`;
    });
}

/** Runs a program, without writing its chart, and gives its chart. */
function chartOf(program: string): HelmChart {
  const { outputText } = ts.transpileModule(program.replace(/^writeChart\(.*$/m, ''), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { chart?: HelmChart } = {};
  // The program is documentation of this repository.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('require', 'exports', outputText) as (
    require: NodeJS.Require,
    exports: object,
  ) => void;
  run(require, exported);
  if (exported.chart === undefined) {
    throw new Error('the program makes no chart');
  }
  return exported.chart;
}

/** Whether the lines stand together in a text, all indented by as much more. */
function holdsBlock(text: string, block: string): boolean {
  const lines = text.split('\n');
  const wanted = block.trimEnd().split('\n');
  return lines.some((line, at) => {
    const indent = line.slice(0, line.length - wanted[0].length);
    return (
      /^ *$/.test(indent) &&
      wanted.every((part, offset) => lines.at(at + offset) === (part === '' ? '' : indent + part))
    );
  });
}

describe.each(PAGES)('%s', (page) => {
  const programs = programsOf(page);

  test('has TypeScript that compiles', () => {
    const named = programs.map((text, index) => [`${ROOT}/docs/block-${index}.ts`, text] as const);
    expect(problemsOf(new Map(named))).toEqual([]);
  });

  test('shows templates as they are printed', () => {
    const printed = programs.flatMap((program) => [...chartFiles(chartOf(program)).values()]);
    const wrong = blocksOf(page)
      .filter(
        ({ info, text }) => info === 'gotmpl' && !printed.some((file) => holdsBlock(file, text)),
      )
      .map(({ line }) => `${page}:${line}`);
    expect(wrong).toEqual([]);
  });

  test('evaluates', () => {
    for (const program of programs) {
      expect(chartOf(program).manifests().length).toBeGreaterThan(0);
    }
  });
});
