import { isMap } from './plain-map';
import { jsonSchemaOf, valueRows, type HelmChart, type JsonSchema } from '../helm/index';
import { clusterObjects, type ClusterObject } from './cluster-object';
import type { OpenChart, ReleaseToRender } from './open-chart';

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

  rows() {
    return valueRows(this.chart.values.schema);
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
