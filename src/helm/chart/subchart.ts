import type { z } from 'zod';
import { isMap } from '../expression/go-value';
import { path, reference, type Ref } from '../expression/references';
import type { ValueType } from '../expression/value-type';
import { coalesce } from '../values/coalesce';
import { valueTypeOf } from '../values/value-type-of';
import type { ChartDependency, ChartMetadata } from './chart-metadata';

type Values = Readonly<Record<string, unknown>>;

/** What a subchart has to be: a `HelmChart`. */
export interface ChartWithValues {
  readonly metadata: ChartMetadata;
  readonly values: { readonly schema: z.ZodObject; readonly defaults: unknown };
}

/** A chart that another brings along in `charts/`. */
export interface Subchart<C extends ChartWithValues = ChartWithValues> {
  /** In an app of its own, or it would be synthesized for itself too. */
  readonly chart: C;
  /** What it is called here, and the key of its values; default: its name. */
  readonly alias?: string;
  /** The value that switches it on: `prometheus.enabled`; default: it is always on. */
  readonly condition?: string;
  /** Where `helm dependency update` finds it. */
  readonly repository?: string;
}

/** What a subchart is called, and the key of its values. */
export function subchartKey({ alias, chart }: Subchart): string {
  return alias ?? chart.metadata.name;
}

/** What Chart.yaml says of a subchart. */
export function dependencyOf({ chart, alias, condition, repository }: Subchart): ChartDependency {
  const { name, version } = chart.metadata;
  return {
    name,
    version,
    ...(repository === undefined ? {} : { repository }),
    ...(condition === undefined ? {} : { condition }),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** Whether a subchart is part of a release: a condition that is no boolean switches nothing. */
export function isSubchartEnabled({ condition }: Subchart, values: Values): boolean {
  if (condition === undefined) {
    return true;
  }
  const value = condition
    .split('.')
    .reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), values);
  return value !== false;
}

/** What a parent's values say to a subchart, as Helm passes it on: `global` of the parent wins. */
export function valuesForSubchart(subchart: Subchart, parent: Values): Values {
  const own = parent[subchartKey(subchart)];
  const given = isMap(own) ? own : {};
  return { ...given, global: coalesce(given.global ?? {}, parent.global ?? {}) };
}

/** A parent's values as its templates see them: with all values of the enabled subcharts. */
export function withSubchartValues(values: Values, enabled: readonly Subchart[]): Values {
  const seen = enabled.map((subchart) => {
    const given = valuesForSubchart(subchart, values);
    return [subchartKey(subchart), coalesce(subchart.chart.values.defaults, given)] as const;
  });
  return { ...values, ...Object.fromEntries(seen) };
}

/**
 * References to the values of a subchart, for rules and notes of the parent. While the subchart is
 * off they are missing, so only what is below a condition may use them.
 */
export function subchartValues<C extends ChartWithValues>(
  subchart: Subchart<C>,
): Ref<z.output<C['values']['schema']>> {
  const type = valueTypeOf(subchart.chart.values.schema);
  const optional = subchart.condition !== undefined;
  const known = optional ? optionalFields(type) : type;
  return referenceTo<z.output<C['values']['schema']>>(subchart, known);
}

function referenceTo<X>(subchart: Subchart, type: ValueType): Ref<X> {
  return reference<X>(path('.Values', [subchartKey(subchart)], type));
}

/** The parent's own values have the key; what is below it may be missing. */
function optionalFields(type: ValueType): ValueType {
  const fields = Object.entries(type.fields ?? {}).map(
    ([key, field]) => [key, { ...field, optional: true }] as const,
  );
  return { ...type, fields: Object.fromEntries(fields) };
}

/** The type of a parent's values with those of its subcharts. */
export function typeWithSubcharts(type: ValueType, subcharts: readonly Subchart[]): ValueType {
  const fields = new Map(Object.entries(type.fields ?? {}));
  for (const subchart of subcharts) {
    const key = subchartKey(subchart);
    const { fields: theirs } = valueTypeOf(subchart.chart.values.schema);
    fields.set(key, { kind: 'map', fields: { ...theirs, ...fields.get(key)?.fields } });
  }
  return { ...type, fields: Object.fromEntries(fields) };
}
