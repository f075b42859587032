import type { z } from 'zod';
import { choose, type Expr, type ChartPart, type Ref } from '../../helm/index';
import { coreRelease } from '../location/core-release';
import type { ReleaseContext } from '../release-context';
import type { connectorCoreValues } from './connector-core-values';

/** Where the brokers are that a connector talks to. */
export interface BrokerLocation {
  readonly namespace: Expr<string>;
  /** DNS name of the Service of the brokers of the core. */
  readonly host: Expr<string>;
  readonly clientPort: Expr<number>;
  readonly adminPort: Expr<number>;
  /** URL of the client port: as given, or that of the core. */
  readonly serviceUrl: Expr<string>;
  /** URL of the admin port of the core. */
  readonly adminUrl: Expr<string>;
}

/**
 * Defines the templates of the brokers' addresses, found by the release name of the core. An
 * explicit service URL wins.
 */
export function brokerLocation(
  chart: ChartPart,
  core: Ref<z.output<typeof connectorCoreValues>>,
  explicitUrl: Expr<string>,
  release: ReleaseContext,
): BrokerLocation {
  const found = coreRelease(chart, 'corePrefix', core, release);
  const { broker } = found.names;
  return {
    namespace: found.namespace,
    host: found.hostOf(broker),
    clientPort: core.clientPort,
    adminPort: core.adminPort,
    serviceUrl: chart.template(
      'serviceUrl',
      choose(explicitUrl, explicitUrl, found.urlOf(broker, core.clientPort)),
      { description: 'The client port of the brokers.' },
    ),
    adminUrl: found.urlOf(broker, core.adminPort),
  };
}
