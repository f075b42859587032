import type { JsonSchema, ValueRow } from '../helm/index';
import type { ClusterObject } from './cluster-object';

/** A release to look into, without a cluster. */
export interface ReleaseToRender {
  readonly values: Readonly<Record<string, unknown>>;
  readonly releaseName: string;
  readonly namespace: string;
}

/** A chart as the commands look into it: one of this package, or a directory, or an archive. */
export interface OpenChart {
  readonly name: string;
  readonly version: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** The JSON schema of the values; undefined when the chart has none. */
  readonly schema: JsonSchema | undefined;
  /** Values with which it does something, where the defaults alone are refused. */
  readonly example: Readonly<Record<string, unknown>> | undefined;
  /** Every value, in the order of values.yaml. */
  rows(): readonly ValueRow[];
  /** The charts that it brings along and that the values switch on, with the values of each. */
  parts(values: Readonly<Record<string, unknown>>): readonly ChartPartOfRelease[];
  /** Messages of the rules that the values break, `path: problem; fix`. */
  violations(release: ReleaseToRender): readonly string[];
  objects(release: ReleaseToRender): readonly ClusterObject[];
  /** What Helm prints after an installation; undefined where only a cluster could say it. */
  notes(release: ReleaseToRender): string | undefined;
}

/** A chart inside another one. */
export interface ChartPartOfRelease {
  /** The key of its values in those of the other. */
  readonly key: string;
  readonly chart: OpenChart;
  readonly values: Readonly<Record<string, unknown>>;
}
