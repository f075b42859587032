import type { Construct } from 'constructs';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { z } from 'zod';
import { Gate, KubernetesObject, nonEmpty, type Expr, type Ref } from '../../../helm/index';
import type { ReleaseContext } from '../../release-context';
import type { webhookValues } from './webhook-values';

export interface WebhookHpaProps {
  readonly values: Ref<z.output<typeof webhookValues>>;
  readonly release: ReleaseContext;
  readonly name: Expr<string>;
  readonly component: string;
}

/** The autoscaler: webhook sources are equal and keep nothing. */
export function addWebhookHpa(
  scope: Construct,
  props: WebhookHpaProps,
): KubernetesObject<HorizontalPodAutoscaler> {
  const { values, release, name, component } = props;
  const { hpa } = values;
  const scaling = new Gate(scope, 'hpa', hpa.enabled);
  return new KubernetesObject<HorizontalPodAutoscaler>(scaling, 'Default', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: release.metadata(name, component, { object: 'connectorHpa' }),
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
}
