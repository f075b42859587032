import type { Construct } from 'constructs';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { z } from 'zod';
import {
  and,
  choose,
  Gate,
  gt,
  KubernetesObject,
  nonEmpty,
  type Expr,
  type Ref,
} from '../../../helm/index';
import type { ReleaseContext } from '../../release-context';
import type { webhookValues } from './webhook-values';

export interface WebhookAvailabilityProps {
  readonly values: Ref<z.output<typeof webhookValues>>;
  readonly release: ReleaseContext;
  readonly name: Expr<string>;
  readonly component: string;
}

export interface WebhookAvailability {
  readonly hpa: KubernetesObject<HorizontalPodAutoscaler>;
  readonly pdb: KubernetesObject<PodDisruptionBudget>;
}

/** The autoscaler and the disruption budget: webhook sources are equal and keep nothing. */
export function addWebhookAvailability(
  scope: Construct,
  props: WebhookAvailabilityProps,
): WebhookAvailability {
  const { values, release, name, component } = props;
  const { hpa, pdb } = values;
  const scaling = new Gate(scope, 'hpa', hpa.enabled);
  const autoscaler = new KubernetesObject<HorizontalPodAutoscaler>(scaling, 'Default', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: release.metadata(name, component),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: hpa.minReplicas,
      maxReplicas: hpa.maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: hpa.targetCPU },
          },
        },
      ],
      behavior: nonEmpty(hpa.behavior),
    },
  });

  // A budget for a single pod would block every drain of its node.
  const most = choose(hpa.enabled, hpa.maxReplicas, values.replicaCount);
  const budget = new Gate(scope, 'pdb', and(pdb.enabled, gt(most, 1)));
  const disruptions = new KubernetesObject<PodDisruptionBudget>(budget, 'Default', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: release.metadata(name, component),
    spec: {
      maxUnavailable: pdb.maxUnavailable,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: release.labels.selecting(component) },
    },
  });
  return { hpa: autoscaler, pdb: disruptions };
}
