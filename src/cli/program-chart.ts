import { isMap } from './plain-map';
import {
  coalesce,
  isSubchartEnabled,
  jsonSchemaOf,
  subchartKey,
  valueRows,
  valuesForSubchart,
  type HelmChart,
  type JsonSchema,
  type ValueRow,
} from '../helm/index';
import { clusterObjects, type ClusterObject } from './cluster-object';
import type { ChartPartOfRelease, OpenChart, ReleaseToRender } from './open-chart';

/** A chart whose program is at hand: it is evaluated, and needs no Helm. */
export class ProgramChart implements OpenChart {
  readonly name: string;
  readonly version: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly schema: JsonSchema;

  constructor(
    private readonly chart: HelmChart,
    readonly example: Readonly<Record<string, unknown>> | undefined,
  ) {
    const { metadata, values } = chart;
    this.name = metadata.name;
    this.version = metadata.version;
    this.defaults = isMap(values.defaults) ? values.defaults : {};
    const dependencies = (metadata.dependencies ?? []).map(({ alias, name }) => alias ?? name);
    this.schema = jsonSchemaOf(values.schema, { dependencies });
  }

  rows(): readonly ValueRow[] {
    const keys = new Set(this.chart.subcharts.map(subchartKey));
    const own = valueRows(this.chart.values.schema).filter(({ path }) => !keys.has(path));
    const theirs = this.chart.subcharts.flatMap((subchart) => {
      const key = subchartKey(subchart);
      const rows = new ProgramChart(subchart.chart, undefined).rows();
      return rows.map((row) => ({ ...row, path: `${key}.${row.path}` }));
    });
    return [...own, ...theirs];
  }

  parts(values: Readonly<Record<string, unknown>>): readonly ChartPartOfRelease[] {
    const merged = coalesce(this.defaults, values);
    const all = isMap(merged) ? merged : {};
    return this.chart.subcharts
      .filter((subchart) => isSubchartEnabled(subchart, all))
      .map((subchart) => ({
        key: subchartKey(subchart),
        chart: new ProgramChart(subchart.chart, undefined),
        values: valuesForSubchart(subchart, all),
      }));
  }

  violations(release: ReleaseToRender): readonly string[] {
    return this.chart.violations(release);
  }

  objects(release: ReleaseToRender): readonly ClusterObject[] {
    return clusterObjects(this.chart.manifests(release));
  }

  notes(release: ReleaseToRender): string {
    return this.chart.renderNotes(release);
  }
}
