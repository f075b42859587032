import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packChart, readArchive, type ChartArchive } from '../../../src/helm/package/chart-archive';
import { readCharts } from '../../../src/helm/package/chart-directory';
import {
  indexYaml,
  mergeIndexes,
  parseIndex,
  repositoryIndex,
} from '../../../src/helm/package/repository-index';
import { helmVersions } from '../../real-helm/binaries';
import { useTemporaryDirectory } from '../temporary-directory';
import { renderDefaults, runHelmCommand } from './run-helm-command';
import { smallArchive } from './small-chart';
import { startStandInCluster } from './stand-in-cluster';

const CHARTS_OUT = join(__dirname, '../../../charts-out');
const CREATED = new Date('2026-01-02T03:04:05Z');
const LATER = new Date('2026-06-07T08:09:10Z');
const directory = useTemporaryDirectory();

function folderOf(name: string, archives: readonly ChartArchive[]): string {
  const folder = join(directory(), name);
  mkdirSync(folder, { recursive: true });
  for (const { fileName, bytes } of archives) {
    writeFileSync(join(folder, fileName), bytes);
  }
  return folder;
}

/** An index without its dates, which Helm takes from the clock. */
function dateless(yaml: string): unknown {
  return parse(yaml.replace(/^( *(- )?)(created|generated): .*$/gm, '$1$3: some time'));
}

const VERSIONS = ['1.10.0', '1.9.0', '2.0.0-rc.1', '1.0.0+b', '2.0.0-rc.11', '2.0.0-rc.2', '2.0.0'];

test.each(helmVersions)('Helm $version makes the same index', async (helm) => {
  const archives = [
    ...readCharts(CHARTS_OUT).map(packChart),
    ...VERSIONS.map((version) => smallArchive('zebra', version)),
    smallArchive('ant', '0.1.0'),
  ];
  const folder = folderOf('all', archives);
  const url = 'https://charts.example.com/stable';
  await runHelmCommand(helm, directory(), 'repo', 'index', folder, '--url', url);
  const ours = indexYaml(repositoryIndex(archives, { created: CREATED, url }));
  expect(dateless(ours)).toEqual(dateless(readFileSync(join(folder, 'index.yaml'), 'utf8')));
});

test.each(helmVersions)('Helm $version merges to the same index', async (helm) => {
  const old = [smallArchive('ant', '1.0.0'), smallArchive('bee', '1.0.0')];
  const fresh = [smallArchive('ant', '1.1.0'), smallArchive('cat', '1.0.0'), old[1]];
  const published = repositoryIndex(old, { created: CREATED });
  const oldFile = join(directory(), 'old.yaml');
  writeFileSync(oldFile, indexYaml(published));
  const folder = folderOf('fresh', fresh);
  await runHelmCommand(helm, directory(), 'repo', 'index', folder, '--merge', oldFile);
  const merged = mergeIndexes(
    repositoryIndex(fresh, { created: LATER }),
    parseIndex(indexYaml(published)),
  );
  const byHelm = readFileSync(join(folder, 'index.yaml'), 'utf8');
  expect(dateless(indexYaml(merged))).toEqual(dateless(byHelm));
});

test('an index has the given date, names in order and the newest version first', () => {
  const archives = [...VERSIONS.map((version) => smallArchive('bee', version))];
  const index = parseIndex(
    indexYaml(repositoryIndex([...archives, smallArchive('ant', '1.0.0')], { created: CREATED })),
  );
  expect(Object.keys(index.entries)).toEqual(['ant', 'bee']);
  expect(index.entries.bee.map(({ version }) => version)).toEqual([
    '2.0.0',
    '2.0.0-rc.11',
    '2.0.0-rc.2',
    '2.0.0-rc.1',
    '1.10.0',
    '1.9.0',
    '1.0.0+b',
  ]);
  expect(index.generated).toBe('2026-01-02T03:04:05Z');
  expect(index.entries.ant).toEqual([
    {
      apiVersion: 'v2',
      name: 'ant',
      version: '1.0.0',
      description: 'Small.',
      created: '2026-01-02T03:04:05Z',
      digest: smallArchive('ant', '1.0.0').digest,
      urls: ['ant-1.0.0.tgz'],
    },
  ]);
});

test('a published version keeps its date and place, and cannot change', () => {
  const one = { created: CREATED, url: 'https://old.example.com' };
  const published = repositoryIndex([smallArchive('ant', '1.0.0')], one);
  const again = repositoryIndex([smallArchive('ant', '1.0.0')], { created: LATER });
  const { entries, generated } = mergeIndexes(again, published);
  expect(entries).toEqual(published.entries);
  expect(generated).toBe('2026-06-07T08:09:10Z');
  const changed = repositoryIndex([smallArchive('ant', '1.0.0', 'y')], { created: LATER });
  expect(() => mergeIndexes(changed, published)).toThrow(
    'ant 1.0.0 is published with other content: give the chart a new version',
  );
});

test('an archive that is there already is read as it was packed', () => {
  const archive = smallArchive('ant', '1.0.0');
  const read = readArchive(archive.bytes, archive.fileName);
  expect(indexYaml(repositoryIndex([read], { created: CREATED }))).toBe(
    indexYaml(repositoryIndex([archive], { created: CREATED })),
  );
});

test('what is no index is refused', () => {
  expect(() => parseIndex('kind: ConfigMap\n')).toThrow('this is no index');
});

describe('a repository on an HTTP server', () => {
  let server: Server;
  let url: string;

  beforeEach(async () => {
    const archives = readCharts(CHARTS_OUT).map(packChart);
    const folder = folderOf('served', [...archives, smallArchive('ant', '1.0.0')]);
    const index = repositoryIndex([...archives, smallArchive('ant', '1.0.0')], {
      created: CREATED,
    });
    writeFileSync(join(folder, 'index.yaml'), indexYaml(index));
    server = createServer((request, response) => {
      const file = join(folder, new URL(request.url ?? '/', 'http://x').pathname);
      if (existsSync(file)) {
        response.end(readFileSync(file));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  });

  afterEach(() => {
    server.close();
  });

  test.each(helmVersions)('Helm $version adds it and installs from it', async (helm) => {
    const run = (...args: readonly string[]) => runHelmCommand(helm, directory(), ...args);
    await run('repo', 'add', 'danube', url);
    for (const { metadata } of readCharts(CHARTS_OUT)) {
      const { name, version } = metadata;
      const found = await run('search', 'repo', `danube/${name}`, '--version', version);
      expect(found).toContain(version);
      const chart = `danube/${name}`;
      const which = ['--version', version, '--namespace', 'messaging'];
      const { isRefused, output } = await renderDefaults(helm, directory(), chart, ...which);
      if (isRefused) {
        continue;
      }
      const cluster = await startStandInCluster(output);
      const dryRun = helm.version.startsWith('3.12.') ? '--dry-run' : '--dry-run=client';
      const access = ['--kube-apiserver', cluster.url, '--disable-openapi-validation'];
      const installed = await run('install', 'r', chart, ...which, dryRun, ...access);
      cluster.stop();
      expect(installed).toContain('STATUS: pending-install');
      expect(installed).toMatch(new RegExp(`# Source: ${name}/(charts/[a-z-]+/)?templates/`));
    }
  });
});
