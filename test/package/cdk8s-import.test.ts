import { App } from 'cdk8s';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import * as ts from 'typescript';
import { DanubeCoreChart, QdrantConnectorChart } from '../../src';
import { indexYaml, packChart, readCharts, repositoryIndex } from '../../src/helm';
import { decoded } from '../danube/core/decoded';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { HELM_4 } from '../real-helm/binaries';
import { isolatedEnv } from '../real-helm/isolated-env';
import { runProcess } from '../real-helm/run-process';

const ROOT = join(__dirname, '../..');
const archives = readCharts(join(ROOT, 'charts-out')).map(packChart);
const directory = useTemporaryDirectory();
let server: Server;
let repository: string;

/** A chart repository as `npm run package` and `charts:index` make it, behind a web server. */
beforeAll(async () => {
  const index = indexYaml(repositoryIndex(archives, { created: new Date(0) }));
  const files = new Map<string, string | Uint8Array>([
    ['/index.yaml', index],
    ...archives.map(({ fileName, bytes }) => [`/${fileName}`, bytes] as const),
  ]);
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  repository = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

/** The programs `helm` and `cdk8s`, as a user has them. */
function environment(): NodeJS.ProcessEnv {
  const bin = join(directory(), 'bin');
  if (!existsSync(bin)) {
    mkdirSync(bin);
    symlinkSync(HELM_4.path, join(bin, 'helm'));
  }
  const env = isolatedEnv(directory());
  const path = [bin, join(process.execPath, '..'), env.PATH ?? ''].join(delimiter);
  return { ...env, PATH: path, JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' };
}

const PROGRAM = `
import { App, Chart } from 'cdk8s';
import { Danubecore } from './imports/danube-core';
import { Danubeconnectorqdrant } from './imports/danube-connector-qdrant';

const chart = new Chart(new App(), 'c');
new Danubecore(chart, 'core', {
  releaseName: 'danube',
  namespace: 'ops',
  values: { broker: { replicaCount: 5, image: { tag: 'v0.7.2' } }, etcd: { replicaCount: 3 } },
});
new Danubeconnectorqdrant(chart, 'qdrant', {
  releaseName: 'vectors',
  namespace: 'ops',
  values: {
    connector: {
      config: {
        qdrant: {
          url: 'http://qdrant:6334',
          routes: [
            { from: '/default/a', subscription: 's', to: 'a', vectorDimension: 3 },
          ],
        },
      },
    },
  },
});
console.log(JSON.stringify(chart.toJson()));
// @ts-expect-error -- a string for a number
new Danubecore(chart, 'wrong', { values: { broker: { replicaCount: 'five' } } });
`;

/** What PROGRAM says, as users of Helm write it. */
const CORE = {
  releaseName: 'danube',
  namespace: 'ops',
  values: { broker: { replicaCount: 5, image: { tag: 'v0.7.2' } }, etcd: { replicaCount: 3 } },
};
const ROUTE = { from: '/default/a', subscription: 's', to: 'a', vector_dimension: 3 };
const QDRANT = {
  releaseName: 'vectors',
  namespace: 'ops',
  values: { connector: { config: { qdrant: { url: 'http://qdrant:6334', routes: [ROUTE] } } } },
};

function byName(objects: readonly KubernetesObject[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(objects.map((each) => [`${each.kind} ${each.metadata.name}`, each]));
}

/** Runs the program as JavaScript; its last line is refused, by Helm this time. */
async function runCompiled(program: string, imports: string): Promise<readonly KubernetesObject[]> {
  for (const file of [program, ...readdirSync(imports).map((name) => join(imports, name))]) {
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(file.replace(/ts$/, 'js'), outputText);
  }
  const javascript = program.replace(/ts$/, 'js');
  const { ok, stdout, stderr } = await runProcess(process.execPath, [javascript], environment());
  expect({ ok, refused: /got string, want integer/.test(stderr) }).toEqual({
    ok: false,
    refused: true,
  });
  return JSON.parse(stdout) as KubernetesObject[];
}

/** What the compiler says of the program and of what it imports. */
function problemsOf(file: string): readonly string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('cdk8s import of the charts of a repository gives typed props, and they render', async () => {
  const env = environment();
  symlinkSync(join(ROOT, 'node_modules'), join(directory(), 'node_modules'));
  const imports = join(directory(), 'imports');
  for (const { metadata } of archives) {
    const source = `helm:${repository}/${metadata.name}@${metadata.version}`;
    const { ok, stderr } = await runProcess(
      process.execPath,
      [
        join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'),
        ...['import', source, '--language', 'typescript', '--output', imports],
        ...['--no-save', '--no-check-upgrade'],
      ],
      env,
    );
    expect({ source, ok, said: ok ? '' : stderr }).toEqual({ source, ok: true, said: '' });
  }
  const made = readdirSync(imports).sort();
  expect(made).toEqual(archives.map(({ metadata }) => `${metadata.name}.ts`).sort());
  const core = readFileSync(join(imports, 'danube-core.ts'), 'utf8');
  expect(core).toMatch(/readonly broker\?: DanubeCoreBroker;/);
  expect(core).toMatch(/Cannot change after the installation\.[^}]*readonly nameOverride/);
  expect(core).toMatch(/readonly replicaCount\?: number;/);
  const program = join(directory(), 'program.ts');
  const everything = made.map((file, index) => {
    const module = file.replace('.ts', '');
    return `import * as all${index} from './imports/${module}'; void all${index};\n`;
  });
  writeFileSync(program, PROGRAM + everything.join(''));
  expect(problemsOf(program)).toEqual([]);
  const app = new App();
  expect(byName(await runCompiled(program, imports))).toEqual({
    ...byName(decoded(new DanubeCoreChart(app, 'danube-core'), CORE)),
    ...byName(decoded(new QdrantConnectorChart(app, 'danube-connector-qdrant'), QDRANT)),
  });
}, 300_000);
