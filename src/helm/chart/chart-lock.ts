import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { ChartDependency } from './chart-metadata';

/** Helm writes the time into the file, and never reads it. */
const GENERATED = '2026-01-01T00:00:00Z';

/** As Go writes JSON: these characters are escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** A dependency with its keys in the order of Helm's own type. */
function asHelmWrites(dependency: ChartDependency): object {
  const { name, version, repository = '', condition, tags, alias } = dependency;
  return { name, version, repository, condition, tags, alias };
}

/** The text of Chart.lock: by its digest Helm sees whether it belongs to Chart.yaml. */
export function chartLock(dependencies: readonly ChartDependency[]): string {
  const locked = dependencies.map(({ name, version, repository = '' }) => ({
    name,
    version,
    repository,
  }));
  const hashed = goJson([dependencies.map(asHelmWrites), locked]);
  const digest = `sha256:${createHash('sha256').update(hashed).digest('hex')}`;
  const entries = locked.map(({ name, version, repository }) => ({ name, repository, version }));
  return stringify(
    { dependencies: entries, digest, generated: GENERATED },
    // As Helm itself writes it when it packs the chart.
    { version: '1.1', lineWidth: 0, indentSeq: false },
  );
}
