import type * as Semver from 'semver';
import { parse, stringify } from 'yaml';
import type { ChartMetadata } from '../chart/chart-metadata';
import type { ChartArchive } from './chart-archive';

// Loaded when an index is made: who prints charts does not wait for it.
const semver = () => require('semver') as typeof Semver;

/** One version of a chart in an index. */
export interface IndexedChart extends ChartMetadata {
  /** RFC 3339. */
  readonly created: string;
  readonly digest: string;
  readonly urls: readonly string[];
}

/** What index.yaml of a chart repository says. */
export interface RepositoryIndex {
  readonly apiVersion: string;
  readonly generated: string;
  readonly entries: Readonly<Record<string, readonly IndexedChart[]>>;
}

export interface IndexOptions {
  /** When the charts were packed. */
  readonly created: Date;
  /** Put before the names of the archives; default: they stand beside the index. */
  readonly url?: string;
}

function sorted(charts: readonly IndexedChart[]): RepositoryIndex['entries'] {
  const { compareBuild } = semver();
  const names = [...new Set(charts.map(({ name }) => name))].sort();
  const entries = names.map((name) => {
    const versions = charts.filter((chart) => chart.name === name);
    return [name, versions.sort((a, b) => compareBuild(b.version, a.version))] as const;
  });
  return Object.fromEntries(entries);
}

/** The index of some archives: names in order, the newest version of each first. */
export function repositoryIndex(
  archives: readonly ChartArchive[],
  { created, url = '' }: IndexOptions,
): RepositoryIndex {
  const generated = created.toISOString().replace('.000Z', 'Z');
  const base = url === '' || url.endsWith('/') ? url : `${url}/`;
  const charts = archives.map(({ metadata, digest, fileName }) => ({
    apiVersion: 'v2',
    ...metadata,
    created: generated,
    digest,
    urls: [`${base}${fileName}`],
  }));
  return { apiVersion: 'v1', generated, entries: sorted(charts) };
}

/**
 * An index with what was published before. Versions that are in both stay as they were.
 *
 * @throws when a published version comes again with other content.
 */
export function mergeIndexes(fresh: RepositoryIndex, published: RepositoryIndex): RepositoryIndex {
  const before = Object.values(published.entries).flat();
  const added = Object.values(fresh.entries)
    .flat()
    .filter((chart) => {
      const old = before.find(
        ({ name, version }) => name === chart.name && version === chart.version,
      );
      if (old !== undefined && old.digest !== chart.digest) {
        throw new Error(
          `${chart.name} ${chart.version} is published with other content: ` +
            'give the chart a new version',
        );
      }
      return old === undefined;
    });
  return { ...fresh, entries: sorted([...before, ...added]) };
}

export function indexYaml(index: RepositoryIndex): string {
  return stringify(index, { version: '1.1', lineWidth: 0, sortMapEntries: true });
}

/** @throws when the text is no index. */
export function parseIndex(text: string): RepositoryIndex {
  const index = parse(text, { version: '1.1' }) as Partial<RepositoryIndex> | null;
  if (index?.apiVersion !== 'v1') {
    throw new Error('this is no index of a chart repository: apiVersion is not v1');
  }
  const { generated = '', entries } = index;
  return { apiVersion: 'v1', generated, entries: entries ?? {} };
}
