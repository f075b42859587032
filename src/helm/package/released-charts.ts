import { createHash } from 'node:crypto';
import type { ChartContent } from './chart-directory';

/** Every released version of every chart: SHA-256 of each of its files. */
export type ReleasedCharts = Readonly<Partial<Record<string, ReleasedVersions>>>;

/** Version to path to digest. */
type ReleasedVersions = Readonly<Partial<Record<string, Readonly<Record<string, string>>>>>;

function fileDigests({ files }: ChartContent): Readonly<Record<string, string>> {
  const digests = [...files].map(([path, bytes]) => {
    return [path, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(digests.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What differs between a chart and the release of the same version; none if there is none. */
export function changesSinceRelease(
  chart: ChartContent,
  released: ReleasedCharts,
): readonly string[] {
  const { name, version } = chart.metadata;
  const before = released[name]?.[version];
  if (before === undefined) {
    return [];
  }
  const now = fileDigests(chart);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return paths.flatMap((path) => {
    if (!(path in now)) {
      return [`${path} (removed)`];
    }
    if (!(path in before)) {
      return [`${path} (added)`];
    }
    return now[path] === before[path] ? [] : [path];
  });
}

/** @throws when a chart differs from its release: it needs a new version. */
export function checkReleased(charts: readonly ChartContent[], released: ReleasedCharts): void {
  const problems = charts.flatMap((chart) => {
    const changes = changesSinceRelease(chart, released);
    const { name, version } = chart.metadata;
    return changes.length === 0
      ? []
      : [`${name} ${version} is released and has changed since: ${changes.join(', ')}`];
  });
  if (problems.length > 0) {
    throw new Error([...problems, 'give it a new version (docs/versioning.md)'].join('\n'));
  }
}

/** The released charts and these; what stands there already must be equal. */
export function withReleases(
  released: ReleasedCharts,
  charts: readonly ChartContent[],
): ReleasedCharts {
  checkReleased(charts, released);
  const all: Partial<Record<string, ReleasedVersions>> = { ...released };
  for (const chart of charts) {
    const { name, version } = chart.metadata;
    all[name] = { ...all[name], [version]: fileDigests(chart) };
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @throws when the text is not what `releasedChartsJson` wrote. */
export function parseReleasedCharts(text: string): ReleasedCharts {
  const released: unknown = JSON.parse(text);
  if (typeof released !== 'object' || released === null || Array.isArray(released)) {
    throw new Error('the released charts are no JSON object');
  }
  return released as ReleasedCharts;
}

export function releasedChartsJson(released: ReleasedCharts): string {
  return JSON.stringify(released, null, 2) + '\n';
}
