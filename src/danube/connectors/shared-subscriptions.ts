import { eq, le, or, type Expr } from '../../helm/index';
import type { ConnectorRules } from './connector-rules';
import type { Routes, SinkRoute } from './sink-connector';

/** A route that says how its subscription hands out messages. */
export interface SubscribingRoute extends SinkRoute {
  subscription_type: 'Exclusive' | 'Shared' | 'FailOver';
}

/** Of other subscriptions than Shared only one of several pods gets messages. */
export function requireSharedSubscriptions(
  rules: ConnectorRules,
  { list, path }: Routes<SubscribingRoute>,
  replicaCount: Expr<number>,
): void {
  rules.requireItems<SubscribingRoute>('routesOfOnePod', {
    path,
    list,
    holds: (route) => or(le(replicaCount, 1), eq(route.subscription_type, 'Shared')),
    named: (route) => route.from,
    problem: 'has a subscription that only one of several pods would get messages of',
    fix: 'write subscription_type Shared, or connector.replicaCount 1',
  });
}
