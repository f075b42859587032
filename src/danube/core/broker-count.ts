import type { z } from 'zod';
import { choose, type Expr, type Ref } from '../../helm/index';
import type { brokerValues } from './broker-values';

type Values = Ref<z.output<typeof brokerValues>>;

/** How many brokers there can be: all that an autoscaler may start, or `broker.replicaCount`. */
export function mostBrokers({ hpa, replicaCount }: Values): Expr<number> {
  return choose(hpa.enabled, hpa.maxReplicas, replicaCount);
}

/** How many brokers there are at least: all that an autoscaler keeps, or `broker.replicaCount`. */
export function fewestBrokers({ hpa, replicaCount }: Values): Expr<number> {
  return choose(hpa.enabled, hpa.minReplicas, replicaCount);
}
