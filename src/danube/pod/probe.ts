import type { Probe } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import type { Dynamic, DynamicFields, Ref } from '../../helm/index';

/** How often and how patiently a probe asks. */
export interface ProbeTiming {
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

const seconds = (least: number) => z.int().min(least).max(86400);

/** The values of a probe's timing. What it asks is the chart's business. */
export function probeValues(what: string, defaults: ProbeTiming) {
  return z
    .object({
      initialDelaySeconds: seconds(0)
        .default(defaults.initialDelaySeconds)
        .describe('Seconds before the first try.'),
      periodSeconds: seconds(1).default(defaults.periodSeconds).describe('Seconds between tries.'),
      timeoutSeconds: seconds(1)
        .default(defaults.timeoutSeconds)
        .describe('Seconds until a try counts as failed.'),
      failureThreshold: z
        .int()
        .min(1)
        .max(10000)
        .default(defaults.failureThreshold)
        .describe('Failed tries in a row until the probe fails.'),
    })
    .prefault({})
    .describe(what);
}

type Handler = Pick<Probe, 'httpGet' | 'tcpSocket' | 'exec'>;

/** A probe with what it asks and the timing of its values. */
export function probe(handler: DynamicFields<Handler>, timing: Ref<ProbeTiming>): Dynamic<Probe> {
  return {
    ...handler,
    initialDelaySeconds: timing.initialDelaySeconds,
    periodSeconds: timing.periodSeconds,
    timeoutSeconds: timing.timeoutSeconds,
    failureThreshold: timing.failureThreshold,
  };
}
