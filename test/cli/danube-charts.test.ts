import { createServer, type Server } from 'node:http';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  parseIndex,
  readArchive,
  readChart,
  readCharts,
  releasedChartsJson,
  withReleases,
} from '../../src/helm';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const REPOSITORY = join(__dirname, '../..');
const CHARTS = readdirSync(join(REPOSITORY, 'charts-out')).sort();
const directory = useTemporaryDirectory();

/** Runs a command in the test's directory and gives what it prints. */
async function danubeCharts(...args: readonly string[]): Promise<string> {
  return (await runDanubeCharts(directory(), args)).stdout;
}

afterEach(() => {
  delete process.env.SOURCE_DATE_EPOCH;
});

function useCharts(): void {
  cpSync(join(REPOSITORY, 'charts-out'), join(directory(), 'charts-out'), { recursive: true });
}

test('package packs every chart, and the same bytes twice', async () => {
  useCharts();
  const first = await danubeCharts('package');
  const files = readdirSync(join(directory(), 'dist/charts'));
  expect(files.map((name) => name.replace(/-\d.*$/, ''))).toEqual(CHARTS);
  expect(await danubeCharts('package', '--out', 'other')).toBe(first);
  for (const line of first.trim().split('\n')) {
    const [digest, name] = line.split('  ');
    const bytes = new Uint8Array(readFileSync(join(directory(), 'dist/charts', name)));
    expect(readArchive(bytes, name).digest).toBe(digest);
  }
});

test('package adds what is known at a release to Chart.yaml', async () => {
  useCharts();
  const { version } = readChart(join(directory(), 'charts-out/danube-core')).metadata;
  const changelog = [
    '# Changelog',
    `## ${version} (2026-01-01)`,
    '### Added',
    '- `danube-core`: brokers.',
    '- `danube-admin`: pages.',
    '- `cdk8s-danube/helm`: a layer.',
    '### Fixed',
    '- Names of all',
    '  charts.',
    '## 0.1.0',
    '- `danube-core`: old.',
  ].join('\n');
  writeFileSync(join(directory(), 'CHANGELOG.md'), changelog);
  const key = ['--sign-key-fingerprint', 'ABCD', '--sign-key-url', 'https://example.com/key.asc'];
  await danubeCharts('package', '--changelog', 'CHANGELOG.md', ...key);
  const name = `danube-core-${version}.tgz`;
  const bytes = new Uint8Array(readFileSync(join(directory(), 'dist/charts', name)));
  const { annotations = {} } = readArchive(bytes, name).metadata;
  expect(parse(annotations['artifacthub.io/changes'])).toEqual([
    { kind: 'added', description: '`danube-core`: brokers.' },
    { kind: 'fixed', description: 'Names of all charts.' },
  ]);
  expect(parse(annotations['artifacthub.io/signKey'])).toEqual({
    fingerprint: 'ABCD',
    url: 'https://example.com/key.asc',
  });
  expect(annotations).not.toHaveProperty(['artifacthub.io/prerelease']);
});

test('package refuses a released chart that has changed, and names the files', async () => {
  useCharts();
  const charts = readCharts(join(directory(), 'charts-out'));
  writeFileSync(join(directory(), 'released.json'), releasedChartsJson(withReleases({}, charts)));
  await danubeCharts('package', '--released', 'released.json');
  const { name, version } = charts[0].metadata;
  writeFileSync(join(directory(), 'charts-out', name, 'values.yaml'), 'a: 1\n');
  await expect(danubeCharts('package', '--released', 'released.json')).rejects.toThrow(
    `${name} ${version} is released and has changed since: values.yaml\n` +
      'give it a new version (docs/versioning.md)',
  );
});

test('index dates new versions as it is told and keeps the published ones', async () => {
  useCharts();
  await danubeCharts('package');
  process.env.SOURCE_DATE_EPOCH = '1767323045';
  await danubeCharts('index', '--url', 'https://a.example.com');
  const path = join(directory(), 'dist/charts/index.yaml');
  const first = parseIndex(readFileSync(path, 'utf8'));
  expect(Object.keys(first.entries)).toEqual(CHARTS);
  expect(first.generated).toBe('2026-01-02T03:04:05Z');
  copyFileSync(path, join(directory(), 'published.yaml'));
  await danubeCharts('index', '--merge', 'published.yaml', '--created', '2027-01-01T00:00:00Z');
  const second = parseIndex(readFileSync(path, 'utf8'));
  expect(second).toEqual({ ...first, generated: '2027-01-01T00:00:00Z' });
});

test.each([
  [['package', '--charts', 'nowhere'], 'nowhere is missing'],
  [['package', '--charts', '.'], '. holds no chart'],
  [
    ['package', '--charts', join(REPOSITORY, 'charts-out'), '--sign-key-url', 'x'],
    '--sign-key-fingerprint and --sign-key-url belong together',
  ],
  [['index'], 'dist/charts holds no archive: run the command package first'],
  [['sign', '--key', 'x'], 'dist/charts holds no archive: run the command package first'],
])('%j says what is wrong', async (args, message) => {
  await expect(danubeCharts(...args)).rejects.toThrow(new Error(message));
});

test('a date that is none is refused', async () => {
  useCharts();
  await danubeCharts('package');
  await expect(danubeCharts('index', '--created', 'soon')).rejects.toThrow(
    'soon is no date: write one such as 2026-01-31T12:00:00Z',
  );
});

describe('images', () => {
  let server: Server;
  let host: string;

  beforeEach(async () => {
    server = createServer(({ url }, response) => {
      response.writeHead(url?.includes('missing') === true ? 404 : 200).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  });

  afterEach(() => {
    server.close();
  });

  function writeChartWith(...repositories: readonly string[]): void {
    const groups = repositories.map(
      (repository, index) =>
        `part${index}: {image: {repository: "${host}/${repository}", tag: v1, digest: ""}}\n`,
    );
    mkdirSync(join(directory(), 'charts/any'), { recursive: true });
    writeFileSync(join(directory(), 'charts/any/Chart.yaml'), 'name: any\nversion: 1.0.0\n');
    writeFileSync(join(directory(), 'charts/any/values.yaml'), groups.join(''));
  }

  /** Of the manifest {}. */
  const DIGEST = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

  test('are those of the charts of this package, each once', async () => {
    const output = await danubeCharts('images');
    expect(output).toContain('ghcr.io/danube-messaging/danube-broker:v');
    const lines = output.trim().split('\n');
    expect([...new Set(lines)].sort()).toEqual(lines);
    expect(await danubeCharts('images', 'danube-admin')).not.toContain('danube-broker');
  });

  test('are copied to a mirror by the digests that they have now', async () => {
    writeChartWith('a/one', 'two', 'a/one');
    const args = ['images', '--charts', 'charts', '--mirror', 'mirror.local/danube'];
    expect(await danubeCharts(...args)).toBe(
      `crane copy ${host}/a/one@${DIGEST} mirror.local/danube/a/one:v1\n` +
        `crane copy ${host}/two@${DIGEST} mirror.local/danube/two:v1\n`,
    );
    expect(await danubeCharts(...args, '--tool', 'skopeo')).toContain(
      `skopeo copy --all docker://${host}/two@${DIGEST} docker://mirror.local/danube/two:v1\n`,
    );
  });

  test('by digest, and as values for a chart', async () => {
    writeChartWith('one', 'two');
    expect(await danubeCharts('images', '--charts', 'charts', '--digests')).toBe(
      `${host}/one@${DIGEST}\n${host}/two@${DIGEST}\n`,
    );
    const values = await danubeCharts('images', 'any', '--charts', 'charts', '--values');
    expect(parse(values)).toEqual({
      part0: { image: { digest: DIGEST } },
      part1: { image: { digest: DIGEST } },
    });
    await expect(danubeCharts('images', '--charts', 'charts', '--values')).rejects.toThrow(
      '--values is for one chart: name it',
    );
  });

  test('that do not exist are all named', async () => {
    writeChartWith('one', 'missing/b', 'missing/a');
    await expect(danubeCharts('images', '--charts', 'charts', '--digests')).rejects.toThrow(
      `${host}/missing/a:v1 does not exist\n${host}/missing/b:v1 does not exist`,
    );
  });
});
