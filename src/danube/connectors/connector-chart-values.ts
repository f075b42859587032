import { z } from 'zod';
import { literal, type ChartPart, type Ref } from '../../helm/index';
import { bootstrapValues } from '../bootstrap/bootstrap-values';
import { ReleaseContext } from '../release-context';
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

/** What the objects of a connector have in common. */
export function connectorRelease(
  chart: ChartPart,
  values: Ref<ConnectorChartValues>,
): ReleaseContext {
  const { imageRegistry, imagePullSecrets } = values.global;
  return new ReleaseContext(chart, {
    nameOverride: values.nameOverride,
    fullnameOverride: values.fullnameOverride,
    commonLabels: values.commonLabels,
    commonAnnotations: values.commonAnnotations,
    clusterDomain: values.clusterDomain,
    platformAssignedIds: values.platformAssignedIds,
    // There are no volumes that need a storage class.
    global: { imageRegistry, imagePullSecrets, storageClass: literal('') },
  });
}
