import { orElse, Release, str, type Expr, type ChartPart } from '../../helm/index';
import { clusterDnsName, CoreNames } from '../naming';
import type { ReleaseContext } from '../release-context';

/** The values that say which release of danube-core is meant (`coreReleaseValues`). */
export interface CoreReleaseValues {
  readonly releaseName: Expr<string>;
  readonly namespace: Expr<string>;
}

/** A release of danube-core, and the addresses of its Services. */
export interface CoreRelease {
  readonly names: CoreNames;
  readonly namespace: Expr<string>;
  /** `http://`, the DNS name of a Service and a port. */
  readonly urlOf: (service: Expr<string>, port: Expr<number>) => Expr<string>;
  /** The DNS name of a Service. */
  readonly hostOf: (service: Expr<string>) => Expr<string>;
}

/** Finds a core by its release name: defines the template of what its names start with. */
export function coreRelease(
  chart: ChartPart,
  template: string,
  core: CoreReleaseValues,
  { prefixOf, clusterDomain }: ReleaseContext,
): CoreRelease {
  const prefix = chart.template(template, prefixOf(orElse(core.releaseName, Release.name)), {
    description: 'What the names of the objects of danube-core start with.',
    content: 'name',
  });
  const namespace = orElse(core.namespace, Release.namespace);
  const hostOf = (service: Expr<string>) => clusterDnsName(service, clusterDomain, namespace);
  return {
    names: new CoreNames(prefix),
    namespace,
    hostOf,
    urlOf: (service, port) => str`http://${hostOf(service)}:${port}`,
  };
}
