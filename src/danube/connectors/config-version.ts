import { z } from 'zod';
import { and, eq, not, or, regexMatch, type Expr } from '../../helm/index';
import type { ConnectorPin } from '../release-train';

/**
 * The vocabulary of a connector's configuration: 0.2 is that of connect-core 0.4, 0.3 that of
 * connect-core 0.5 (facts on connectors, 1.3).
 */
export const CONFIG_VERSIONS = ['0.2', '0.3'] as const;
export type ConfigVersion = (typeof CONFIG_VERSIONS)[number];

/** The value `configVersion` of a connector that exists in several versions. */
export function configVersionValue(pin: ConnectorPin) {
  return z
    .enum(CONFIG_VERSIONS)
    .default(pin.configVersion)
    .describe(
      `What the image understands: 0.2 for tags v0.2.x (${pin.tags['0.2']}), 0.3 for v0.3.x ` +
        `(${pin.tags['0.3']}) and newer. The values are the same; the chart writes what the ` +
        'version calls them.',
    );
}

/** Whether a tag names a version other than the configuration's; `latest` is a 0.3. */
export function contradicts(tag: Expr<string>, version: Expr<ConfigVersion>): Expr<boolean> {
  const isNewer = regexMatch('^(latest|v?0\\.[3-9]|v?0\\.[1-9][0-9]|v?[1-9])', tag);
  const isOlder = regexMatch('^v?0\\.[0-2](\\.|-|$)', tag);
  return or(and(eq(version, '0.2'), isNewer), and(not(eq(version, '0.2')), isOlder));
}
