import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packChart, unpack } from '../../../src/helm/package/chart-archive';
import { readChart, readCharts } from '../../../src/helm/package/chart-directory';
import { ignoreRules } from '../../../src/helm/package/ignore-rules';
import { helmVersions, type HelmBinary } from '../../real-helm/binaries';
import { isolatedEnv } from '../../real-helm/isolated-env';
import { runProcess } from '../../real-helm/run-process';
import { useTemporaryDirectory } from '../temporary-directory';
import { renderDefaults } from './run-helm-command';

const CHARTS_OUT = join(__dirname, '../../../charts-out');
const directory = useTemporaryDirectory();

function writeFiles(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function configMap(name: string, value: string): string {
  const head = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
  return `${head}data:\n  ${value}: {{ .Values.${value} | quote }}\n`;
}

/** A chart with a file of every kind, and some that are to be left out. */
function anyChart(root: string): string {
  return writeFiles(root, {
    '.helmignore': '# comment\n*.tmp\n/notes/\ndocs/*.draft\nbuild/\n',
    'Chart.yaml': 'apiVersion: v2\nname: any\nversion: 1.2.3-rc.1\ndescription: Any.\n',
    'values.yaml': 'a: 1\n',
    'values.schema.json': '{}\n',
    'README.md': '# any\n',
    LICENSE: 'text\n',
    'crds/crd.yaml': '# none\n',
    'docs/one.md': 'One.\n',
    'docs/two.draft': 'Two.\n',
    'notes/one.md': 'One.\n',
    'docs/notes/kept.md': 'Kept.\n',
    'docs/build/artefact': 'x\n',
    'left.tmp': 'x\n',
    'templates/.hidden': '# x\n',
    'templates/_helpers.tpl': '{{- define "any.x" }}x{{ end }}\n',
    'templates/NOTES.txt': 'Hi.\n',
    'templates/more/map.yaml': configMap('x', 'a'),
    [`templates/${'long-'.repeat(17)}name.yaml`]: '# empty\n',
  });
}

/** An umbrella with one dependency unpacked and one to be brought from beside it. */
function umbrella(root: string): string {
  writeFiles(root, {
    'beside/Chart.yaml': 'apiVersion: v2\nname: beside\nversion: 2.0.0\ndescription: Beside.\n',
    'beside/.helmignore': 'left-out.txt\n',
    'beside/left-out.txt': 'x\n',
    'beside/values.yaml': 'b: 2\n',
    'beside/templates/map.yaml': configMap('beside', 'b'),
    'umbrella/Chart.yaml': [
      'apiVersion: v2',
      'name: umbrella',
      'version: 1.0.0',
      'description: All.',
      'dependencies:',
      '  - name: any',
      '    version: ">=1.2.0-0"',
      '    repository: ""',
      '  - name: beside',
      '    version: 2.x.x',
      '    repository: file://../beside',
      '    condition: beside.enabled',
      '',
    ].join('\n'),
    'umbrella/values.yaml': 'any:\n  a: 7\nbeside:\n  enabled: true\n',
  });
  anyChart(join(root, 'umbrella/charts/any'));
  return join(root, 'umbrella');
}

async function helm(binary: HelmBinary, ...args: readonly string[]): Promise<string> {
  const { ok, stdout, stderr } = await runProcess(binary.path, args, isolatedEnv(directory()));
  expect({ ok, stderr: ok ? '' : stderr }).toEqual({ ok: true, stderr: '' });
  return stdout;
}

function texts(archive: Uint8Array): Record<string, unknown> {
  const files = [...unpack(archive)].map(([path, content]) => {
    const text = content.toString();
    // Helm writes Chart.yaml again, with its own line breaks and quotes.
    return [path, path.endsWith('/Chart.yaml') ? (parse(text) as unknown) : text];
  });
  return Object.fromEntries(files) as Record<string, unknown>;
}

async function packedByHelm(binary: HelmBinary, chart: string): Promise<Uint8Array> {
  const destination = join(directory(), `by-helm-${binary.version}`);
  await helm(binary, 'package', chart, '--destination', destination);
  const [fileName] = readdirSync(destination);
  return readFileSync(join(destination, fileName));
}

const charts = readCharts(CHARTS_OUT);
const cases = helmVersions.flatMap((binary) =>
  charts.map(({ metadata }) => ({ binary, version: binary.version, name: metadata.name })),
);

test.each(cases)('$name holds what Helm $version packs', async ({ binary, name }) => {
  const chart = join(CHARTS_OUT, name);
  const { bytes } = packChart(readChart(chart));
  expect(texts(bytes)).toEqual(texts(await packedByHelm(binary, chart)));
});

test.each(helmVersions)('Helm $version leaves out the same files', async (binary) => {
  const chart = anyChart(join(directory(), 'any'));
  const { bytes } = packChart(readChart(chart));
  const entries = Object.keys(texts(bytes));
  expect(entries).not.toContain('any/left.tmp');
  expect(entries).toContain('any/docs/notes/kept.md');
  expect(texts(bytes)).toEqual(texts(await packedByHelm(binary, chart)));
});

test.each(helmVersions)('Helm $version brings the same dependencies', async (binary) => {
  const chart = umbrella(directory());
  const { bytes } = packChart(readChart(chart));
  // As `helm dependency build`, which would write a Chart.lock with the time.
  const copy = join(directory(), 'copy');
  cpSync(chart, copy, { recursive: true });
  await helm(binary, 'package', join(directory(), 'beside'), '-d', join(copy, 'charts'));
  expect(texts(bytes)).toEqual(texts(await packedByHelm(binary, copy)));
  const archive = join(directory(), 'umbrella-1.0.0.tgz');
  writeFileSync(archive, bytes);
  const rendered = await helm(binary, 'template', 'r', archive);
  expect(rendered).toContain('a: "7"');
  expect(rendered).toContain('b: "2"');
});

test.each(cases)('Helm $version takes the archive of $name', async ({ binary, name }) => {
  const chart = join(CHARTS_OUT, name);
  const { bytes, fileName } = packChart(readChart(chart));
  const archive = join(directory(), fileName);
  writeFileSync(archive, bytes);
  expect(await helm(binary, 'lint', '--strict', archive)).toContain('0 chart(s) failed');
  expect(await renderDefaults(binary, directory(), archive)).toEqual(
    await renderDefaults(binary, directory(), chart),
  );
  expect(await helm(binary, 'show', 'values', archive)).toBe(
    await helm(binary, 'show', 'values', chart),
  );
});

test('neither times, modes nor the order of a directory change a byte', () => {
  const first = anyChart(join(directory(), 'first'));
  const second = join(directory(), 'second');
  mkdirSync(second);
  for (const path of [...readChart(first).files.keys()].reverse()) {
    mkdirSync(join(second, path, '..'), { recursive: true });
    copyFileSync(join(first, path), join(second, path));
    utimesSync(join(second, path), 1, 1);
  }
  execFileSync('chmod', ['-R', 'a+x', second]);
  const [one, two] = [first, second].map((path) => packChart(readChart(path)));
  expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
});

test('the bytes of an archive are those of every earlier day', () => {
  const { digest, bytes } = packChart(readChart(anyChart(join(directory(), 'any'))));
  // 10: no time. 255 would be an unknown system, 3 is what RFC 1952 calls Unix.
  expect([...bytes.slice(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3]);
  expect(digest).toBe('31772bc97f6e35e0eb2dfac46234d5e1f55f8d8a2cc13e3bfe27f78a2dcceea8');
});

test('tar of the machine reads it', () => {
  const { bytes } = packChart(readChart(anyChart(join(directory(), 'any'))));
  const listing = execFileSync('tar', ['-tvzf', '-', '--utc'], { input: bytes, encoding: 'utf8' });
  const lines = listing.trim().split('\n');
  expect(lines).toHaveLength(unpack(bytes).size);
  for (const line of lines) {
    expect(line).toMatch(/^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00 any\//);
  }
});

const DEPENDENT = [
  'name: x',
  'version: 1.0.0',
  'dependencies: [{ name: other, version: 1.x, repository: "" }]',
].join('\n');

describe('a chart that cannot be packed says why', () => {
  test.each([
    ['no chart', {}, /is no chart: it has no Chart.yaml/],
    ['no version', { 'Chart.yaml': 'name: x\n' }, /needs a name and a version/],
    ['no SemVer', { 'Chart.yaml': 'name: x\nversion: "1.0"\n' }, /1.0 is not SemVer/],
    [
      'a missing dependency',
      {
        'Chart.yaml': DEPENDENT,
      },
      /its dependency other 1.x is not in charts\//,
    ],
    [
      'another version of a dependency',
      {
        'Chart.yaml': DEPENDENT,
        'charts/other/Chart.yaml': 'name: other\nversion: 2.0.0\n',
      },
      /its dependency other 1.x is not in charts\//,
    ],
    [
      'a packed dependency',
      { 'Chart.yaml': 'name: x\nversion: 1.0.0\n', 'charts/y-1.0.0.tgz': '' },
      /unpack charts\/y-1.0.0.tgz and remove it/,
    ],
    [
      'a rule that Helm reads otherwise',
      { 'Chart.yaml': 'name: x\nversion: 1.0.0\n', '.helmignore': '!kept\n' },
      /.helmignore: !kept is not supported/,
    ],
  ])('%s', (_name, files: Record<string, string>, message) => {
    expect(() => readChart(writeFiles(join(directory(), 'x'), files))).toThrow(message);
  });
});

test.each([
  ['*.tmp', 'a/b.tmp', true],
  ['a/*.tmp', 'a/b.tmp', true],
  ['a/*.tmp', 'a/b/c.tmp', false],
  ['/b.tmp', 'a/b.tmp', false],
  ['?.[t-v]mp', 'b.tmp', true],
  ['?.[^t]mp', 'b.tmp', false],
  ['b\\*', 'b*', true],
  ['b.tmp/', 'b.tmp', false],
  ['', 'templates/.x', true],
])('.helmignore %s and %s: %s', (rule, path, expected) => {
  expect(ignoreRules(rule)(path, false)).toBe(expected);
});
