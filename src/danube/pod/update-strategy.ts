import type { StatefulSetUpdateStrategy } from 'kubernetes-types/apps/v1';
import { z } from 'zod';
import { eq, when, type Dynamic, type Ref } from '../../helm/index';

/** How a change reaches the pods of a StatefulSet. */
export const updateStrategyValues = z
  .object({
    type: z
      .enum(['RollingUpdate', 'OnDelete'])
      .default('RollingUpdate')
      .describe('RollingUpdate: one pod after the other; OnDelete: when you delete a pod.'),
    partition: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Only pods whose number is at least this one change, to try a change on a few.'),
  })
  .prefault({})
  .describe('How a change reaches the pods.');

/** The update strategy of a StatefulSet; only RollingUpdate knows a partition. */
export function updateStrategy(
  values: Ref<z.output<typeof updateStrategyValues>>,
): Dynamic<StatefulSetUpdateStrategy> {
  return {
    type: values.type,
    rollingUpdate: when(eq(values.type, 'RollingUpdate'), { partition: values.partition }),
  };
}
