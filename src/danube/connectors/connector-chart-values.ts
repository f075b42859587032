import { z } from 'zod';
import { bootstrapValues } from '../bootstrap/bootstrap-values';
import { globalValues, releaseValues } from '../release-values';
import { connectorCoreValues } from './connector-core-values';
import type { ConnectorValues } from './connector-values';

const { imageRegistry, imagePullSecrets } = globalValues();

/** The values of a chart with one connector, besides those of the connector: a shape. */
export function connectorChartValues() {
  return {
    global: z
      .looseObject({ imageRegistry, imagePullSecrets })
      .prefault({})
      .meta({ section: 'Everywhere', description: 'Shared with subcharts and parent charts.' }),
    ...releaseValues(),
    core: connectorCoreValues,
    bootstrap: bootstrapValues,
  };
}

/** The values of a chart with one connector. */
export type ConnectorChartValues<V extends ConnectorValues = ConnectorValues> = z.output<
  z.ZodObject<ReturnType<typeof connectorChartValues>>
> & { connector: V };
