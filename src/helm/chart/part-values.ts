import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Ref } from '../expression/references';
import { valuesPart, type ValuesPartProps } from '../values/values-part';
import { HelmChart } from './helm-chart';
import { namedIds } from './named-ids';

/** A construct adds its values to those of its chart, below its ids, with other defaults. */
export interface OwnValues<S extends z.ZodObject> extends ValuesPartProps<S> {
  readonly values?: undefined;
}

/** A construct takes values that its chart has. */
export interface GivenValues<S extends z.ZodObject> {
  /** References to values of the shape that the construct wants. */
  readonly values: Ref<z.output<S>>;
}

/** The values of a construct: references to some that are there, or what to add to its chart. */
export type PartProps<S extends z.ZodObject> = GivenValues<S> | OwnValues<S>;

/**
 * References to the values of a construct that is about to be made. If none are given, they are
 * added to the values of its chart, below the construct's ids.
 *
 * @param shared keys that stand at the root of the chart, once for all parts; default: `global`.
 * @throws when it is not inside a HelmChart.
 */
export function partValues<S extends z.ZodObject>(
  scope: Construct,
  id: string,
  schema: S,
  props: PartProps<S>,
  shared?: readonly string[],
): Ref<z.output<S>> {
  if (areGiven(props)) {
    return props.values;
  }
  const chart = HelmChart.of(scope);
  const own = /^(default|resource)$/i.test(id) ? [] : [id];
  return chart.addValues([...namedIds(scope, chart), ...own], valuesPart(schema, props), shared);
}

function areGiven<S extends z.ZodObject>(props: PartProps<S>): props is GivenValues<S> {
  return props.values !== undefined;
}
