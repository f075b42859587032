import type { z } from 'zod';
import {
  choose,
  regexReplaceAll,
  str,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import type { DanubeCore } from '../core/danube-core';
import { releaseWiring } from '../location/core-part';
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
  /** URL of the admin port: of the host of an explicit URL, or of the core. */
  readonly adminUrl: Expr<string>;
  /** DNS name behind which all brokers of the core are; empty with an explicit URL. */
  readonly brokerHosts: Expr<string>;
}

/** What takes the place of the values below `core`, for a core of the same chart. */
export function connectorWiring(core: DanubeCore): Readonly<Record<string, Expr>> {
  const { ports, tls } = core.values.broker;
  return { ...releaseWiring(core), clientPort: ports.client, tls: tls.enabled };
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
  const { broker, brokerHeadless } = found.names;
  const explicitHost = regexReplaceAll(':[0-9]+$', explicitUrl, '');
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
    adminUrl: chart.template(
      'adminUrl',
      choose(
        explicitUrl,
        str`${explicitHost}:${core.adminPort}`,
        found.urlOf(broker, core.adminPort),
      ),
      { description: 'The admin port of the brokers.' },
    ),
    brokerHosts: choose(explicitUrl, '', found.hostOf(brokerHeadless)),
  };
}
