import { z } from 'zod';
import { bootstrapValues } from '../bootstrap/bootstrap-values';
import { ipFamilyValues } from '../ip-families';
import { objectValues } from '../object-values';
import { globalValues, releaseValues } from '../release-values';
import { connectorCoreValues } from './connector-core-values';
import { CONNECTOR_OBJECTS } from './connector-objects';
import type { ConnectorValues } from './connector-values';

const { imageRegistry, imagePullSecrets } = globalValues();

const global = z
  .looseObject({ imageRegistry, imagePullSecrets })
  .prefault({})
  .meta({ section: 'Everywhere', description: 'Shared with subcharts and parent charts.' });

/** Metrics are served on 0.0.0.0 (facts on connectors, 2.5). */
const FAMILIES = ipFamilyValues({
  description:
    'IP families of the Service, the first one before the second. The metrics are served on IPv4 ' +
    'only.',
  examples: [['IPv4', 'IPv6'], ['IPv4']],
});

/**
 * The values of a chart with one connector, besides those of the connector: a shape.
 *
 * @param objects names of objects besides those of every connector, after their templates.
 */
export function connectorChartValues<const Own extends string = never>(...objects: readonly Own[]) {
  return {
    global,
    ...releaseValues(),
    ...objectValues<(typeof CONNECTOR_OBJECTS)[number] | Own>([...CONNECTOR_OBJECTS, ...objects]),
    ...FAMILIES,
    core: connectorCoreValues,
    bootstrap: bootstrapValues,
  };
}

/** The values of a chart with one connector. */
export type ConnectorChartValues<V extends ConnectorValues = ConnectorValues> = z.output<
  z.ZodObject<ReturnType<typeof connectorChartValues>>
> & { connector: V };
