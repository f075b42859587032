import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Ref } from '../../helm/index';
import { corePartValues, type CorePartProps } from '../location/core-part';
import { connectorWiring } from './broker-location';

/**
 * What a connector of a type is made from: `values`, if the chart has them already, or `core`,
 * `defaults` and `fixed`, and its values are added to the chart below its id.
 */
export type ConnectorPartProps<S extends z.ZodObject> = CorePartProps<S>;

/** References to the values of a connector that is about to be made. */
export function connectorPart<S extends z.ZodObject>(
  scope: Construct,
  id: string,
  schema: S,
  props: ConnectorPartProps<S>,
): Ref<z.output<S>> {
  return corePartValues(scope, id, schema, props, connectorWiring);
}
