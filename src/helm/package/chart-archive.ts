import type * as Fflate from 'fflate';
import { createHash } from 'node:crypto';
import type * as Tar from 'tar';
import { parse } from 'yaml';
import type { ChartMetadata } from '../chart/chart-metadata';
import type { ChartContent } from './chart-directory';

/** A chart as one file, as `helm package` makes it. */
export interface ChartArchive {
  readonly metadata: ChartMetadata;
  /** `<name>-<version>.tgz` */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
}

// Loaded when there is an archive: who prints charts does not wait for them.
const tar = () => require('tar') as typeof Tar;
const fflate = () => require('fflate') as typeof Fflate;

const BLOCK = 512;
/** The same on every machine and at every time. */
const FIXED = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'File' } as const;

/** The order in which `helm package` writes. */
const FIRST = ['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'];

function rank(path: string): number {
  const first = FIRST.indexOf(path);
  if (first >= 0) {
    return first;
  }
  if (path.startsWith('templates/')) {
    return FIRST.length;
  }
  return path.startsWith('charts/') ? FIRST.length + 2 : FIRST.length + 1;
}

function comparePaths(a: string, b: string): number {
  return rank(a) - rank(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function tarEntry(path: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(BLOCK);
  const { Header } = tar();
  const isTooLong = new Header({ ...FIXED, path, size: content.length }).encode(header);
  if (isTooLong) {
    throw new Error(`the path ${path} is too long for an archive`);
  }
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Packs a chart. The same files give the same bytes: owners and times are fixed, and the
 * compression is in JavaScript, since zlib differs between versions of Node.
 */
export function packChart(chart: ChartContent): ChartArchive {
  const { metadata, files } = chart;
  const entries = [...files]
    .sort(([a], [b]) => comparePaths(a, b))
    .map(([path, content]) => tarEntry(`${metadata.name}/${path}`, content));
  const archive = Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
  const bytes = fflate().gzipSync(archive, { level: 9, mtime: 0 });
  const fileName = `${metadata.name}-${metadata.version}.tgz`;
  return { metadata, fileName, bytes, digest: sha256(bytes) };
}

/** The files of an archive: path with the chart's name in front, and content. */
export function unpack(bytes: Uint8Array): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const { Parser } = tar();
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: Tar.ReadEntry) => {
    const chunks: Buffer[] = [];
    entry.on('data', (chunk) => chunks.push(chunk));
    entry.on('end', () => files.set(entry.path, Buffer.concat(chunks)));
  });
  parser.end(Buffer.from(fflate().gunzipSync(bytes)));
  return files;
}

/**
 * Reads an archive that is there already.
 *
 * @throws when it holds no chart.
 */
export function readArchive(bytes: Uint8Array, fileName: string): ChartArchive {
  const chartYaml = [...unpack(bytes)].find(([path]) => /^[^/]+\/Chart\.yaml$/.test(path));
  if (chartYaml === undefined) {
    throw new Error(`${fileName} is no chart archive: it has no Chart.yaml`);
  }
  const metadata = parse(chartYaml[1].toString(), { version: '1.1' }) as ChartMetadata;
  return { metadata, fileName, bytes, digest: sha256(bytes) };
}
