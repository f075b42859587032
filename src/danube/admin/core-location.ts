import type { z } from 'zod';
import { choose, regexMatch, str, type Expr, type ChartPart, type Ref } from '../../helm/index';
import type { DanubeCore } from '../core/danube-core';
import { releaseWiring } from '../location/core-part';
import { coreRelease } from '../location/core-release';
import type { CoreNames } from '../naming';
import type { ReleaseContext } from '../release-context';
import type { danubeAdminValues } from './danube-admin-values';

/** Where the core is that is administered. */
export interface CoreLocation {
  readonly names: CoreNames;
  readonly namespace: Expr<string>;
  /** URL of the admin port of the brokers. */
  readonly brokerEndpoint: Expr<string>;
  /** URL of the Prometheus server that scrapes them. */
  readonly prometheusUrl: Expr<string>;
}

/** What takes the place of the values below `core`, for a core of the same chart. */
export function adminWiring(core: DanubeCore): Readonly<Record<string, Expr>> {
  return { ...releaseWiring(core), prometheusPort: core.values.prometheus.service.port };
}

/** Defines the templates of the addresses of the core, from its release name or as given. */
export function coreLocation(
  chart: ChartPart,
  { core, admin }: Ref<z.output<typeof danubeAdminValues>>,
  release: ReleaseContext,
): CoreLocation {
  const { names, namespace, urlOf } = coreRelease(chart, 'corePrefix', core, release);
  const { brokerEndpoint, prometheusUrl } = admin.config;
  return {
    names,
    namespace,
    brokerEndpoint: chart.template(
      'brokerEndpoint',
      choose(
        brokerEndpoint,
        choose(
          regexMatch('^https?://', brokerEndpoint),
          brokerEndpoint,
          str`http://${brokerEndpoint}`,
        ),
        urlOf(names.broker, core.adminPort),
      ),
      { description: 'The admin port of the brokers.' },
    ),
    prometheusUrl: chart.template(
      'prometheusUrl',
      choose(prometheusUrl, prometheusUrl, urlOf(names.prometheus, core.prometheusPort)),
      { description: 'The Prometheus server that scrapes the brokers.' },
    ),
  };
}
