import { eq, isSet, not, or, when, type Expr, type Ref } from '../../helm/index';
import type { ConfigVersion } from './config-version';
import type { ConnectorRules } from './connector-rules';

/** What a sink calls the time of a batch in 0.2. */
type TimeKey = 'batch_timeout_ms' | 'flush_interval_ms';

/** The values of a sink that in 0.2 has the sizes of batches in its own table. */
interface BatchedSink {
  configVersion: ConfigVersion;
  config: { processing: { batch_size: number; batch_timeout_ms: number } };
}

/** A route that in 0.2 may have sizes of its own. */
type BatchedRoute = { from: string; batch_size?: number } & { [K in TimeKey]?: number };

/** What the sink's own table says of batches: nothing from 0.3 on (facts on connectors, 1.3). */
export function olderBatches(
  { configVersion, config }: Ref<BatchedSink>,
  timeKey: TimeKey,
): Readonly<Record<string, unknown>> {
  const isOlder = eq(configVersion, '0.2');
  return {
    batch_size: when(isOlder, config.processing.batch_size),
    [timeKey]: when(isOlder, config.processing.batch_timeout_ms),
  };
}

/** From 0.3 on the sizes of batches are the same for all routes, which stand at `path`. */
export function requireBatchesOfOlderOnly(
  rules: ConnectorRules,
  configVersion: Expr<ConfigVersion>,
  path: string,
  list: Expr<readonly BatchedRoute[]>,
  timeKey: TimeKey,
): void {
  rules.requireItems<BatchedRoute>('batchesOfRoutes', {
    path,
    list,
    holds: (route) =>
      or(eq(configVersion, '0.2'), not(or(isSet(route.batch_size), isSet(route[timeKey])))),
    named: (route) => route.from,
    problem: `has batch_size or ${timeKey}, which configVersion 0.3 has for all routes only`,
    fix: 'write config.processing.batch_size and batch_timeout_ms',
  });
}
