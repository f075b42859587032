import type { Construct } from 'constructs';
import type { HorizontalPodAutoscaler, MetricSpec } from 'kubernetes-types/autoscaling/v2';
import type { z } from 'zod';
import {
  Gate,
  isSet,
  KubernetesObject,
  when,
  type Dynamic,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { brokerValues } from './broker-values';
import { BROKER } from './components';

/**
 * The autoscaler of the brokers: a HorizontalPodAutoscaler of `broker.hpa`. While it is enabled the
 * StatefulSet names no replicas, or each upgrade would undo what the autoscaler did.
 *
 * A broker that joins gets new topics only, and one that leaves gives its topics up 32 seconds
 * after it stopped (facts on Danube, 1.9).
 */
export function addBrokerHpa(
  scope: Construct,
  values: Ref<z.output<typeof brokerValues>>,
  release: ReleaseContext,
): KubernetesObject<HorizontalPodAutoscaler> {
  const { hpa } = values;
  return new KubernetesObject<HorizontalPodAutoscaler>(
    new Gate(scope, 'hpa', hpa.enabled),
    'Default',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: release.metadata(release.names.broker, BROKER, { object: 'brokerHpa' }),
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: release.names.broker,
        },
        minReplicas: hpa.minReplicas,
        maxReplicas: hpa.maxReplicas,
        metrics: [
          utilization('cpu', hpa.targetCPU),
          when<MetricSpec>(isSet(hpa.targetMemory), utilization('memory', hpa.targetMemory)),
        ],
        behavior: hpa.behavior,
      },
    },
  );
}

/** In per cent of what the pods request. */
function utilization(
  name: 'cpu' | 'memory',
  averageUtilization: Expr<number | undefined>,
): Dynamic<MetricSpec> {
  return {
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  };
}
