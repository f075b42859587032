import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import type { Json } from './cluster';

/** A change of a release: other values, or another version of the chart. */
export interface Change {
  readonly name: string;
  /** All values of the release from here on. */
  readonly values: Json;
  /** The version that Chart.yaml says; the chart's own when left out. */
  readonly chartVersion?: string;
  /** No pod that was there may restart. */
  readonly keepsPods?: boolean;
  /** No pod is left, and none behind the Services. */
  readonly isPaused?: boolean;
}

/** What happens to one release, from its installation to its end. */
export interface Journey {
  readonly name: string;
  /** A folder of charts-out. */
  readonly chart: string;
  readonly values: Json;
  readonly changes: readonly Change[];
  /** Objects that users make before they install. */
  readonly given?: readonly object[];
  /** Claims stay after the end by default; `Delete` policies leave nothing. */
  readonly leavesNothing?: boolean;
}

const ROOT = path.join(__dirname, '..', '..');
const EXAMPLES = path.join(ROOT, 'examples');

/** The charts that a clone holds. */
export const CHARTS: readonly string[] = fs.readdirSync(path.join(ROOT, 'charts-out')).sort();

export function chartDirectory(chart: string): string {
  return path.join(ROOT, 'charts-out', chart);
}

/** Every values file of examples/, for the chart that its first lines name. */
export function exampleJourneys(): Journey[] {
  const files = fs.readdirSync(EXAMPLES).filter((name) => name.endsWith('-values.yaml'));
  return files.map((file) => {
    const text = fs.readFileSync(path.join(EXAMPLES, file), 'utf8');
    const chart = new RegExp(`charts-out/(\\S+) (.* )?-f examples/${file}`).exec(text)?.[1];
    if (chart === undefined) {
      throw new Error(`examples/${file} does not say how it is installed`);
    }
    const values = parse(text) as Json;
    return { name: `examples/${file}`, chart, values, changes: [] };
  });
}
