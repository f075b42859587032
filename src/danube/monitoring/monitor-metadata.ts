import {
  merge,
  nonEmpty,
  spread,
  type DynamicFields,
  type Expr,
  type ManifestNode,
} from '../../helm/index';
import type { MetadataDetails, ReleaseContext } from '../release-context';

/** The values that say where an object for other tools is made, and how they find it. */
export interface FoundByLabels {
  readonly labels: Expr<Readonly<Record<string, string>>>;
  readonly namespace: Expr<string>;
}

export interface MonitorMetadata {
  readonly name: Expr<string>;
  readonly namespace: ManifestNode<string | undefined>;
  readonly labels: DynamicFields<Record<string, string>>;
  readonly annotations: DynamicFields<Record<string, string>>;
}

/** Metadata of an object that another tool finds by its labels, perhaps in its own namespace. */
export function monitorMetadata(
  release: ReleaseContext,
  values: FoundByLabels,
  name: Expr<string>,
  component: string,
  details: MetadataDetails = {},
): MonitorMetadata {
  const ownLabels = [release.labelsOf(details.object)].filter((map) => map !== undefined);
  const metadata = release.metadata(name, component, details);
  return {
    ...metadata,
    namespace: nonEmpty(values.namespace),
    labels: { ...spread(merge(...ownLabels, values.labels)), ...release.labels.of(component) },
  };
}
