import type { z } from 'zod';
import { ge, le, mul, not, or, str, type ChartPart, type Ref } from '../../helm/index';
import { LONGEST_LIVENESS_SECONDS } from './broker-liveness';
import type { coreValues } from './core-values';

/**
 * The registrations of all brokers last 32 seconds from when etcd is back. Before they run out
 * there has to be a leader that hears it: the old one holds the lead for 14 seconds after it
 * stopped, and brokers look for a leader every 10 (facts on Danube, 1.8).
 */
const LONGEST_RECOVERY_SECONDS = 6;

/** A liveness probe has to fail soon after an etcd outage, and not because etcd answers late. */
export function addBrokerRecoveryRules(
  chart: ChartPart,
  { broker }: Ref<z.output<typeof coreValues>>,
): void {
  const { recovery, livenessProbe } = broker;
  const { periodSeconds, failureThreshold, timeoutSeconds } = livenessProbe;
  const seconds = mul(periodSeconds, failureThreshold);
  chart.require({
    path: 'broker.livenessProbe.failureThreshold',
    holds: or(not(recovery.enabled), le(seconds, LONGEST_RECOVERY_SECONDS)),
    problem: 'broker.recovery would take too long to keep the topics',
    fix:
      `let periodSeconds times failureThreshold be at most ${LONGEST_RECOVERY_SECONDS}, ` +
      'or set broker.recovery.enabled to false',
  });
  chart.require({
    path: 'broker.livenessProbe.timeoutSeconds',
    holds: or(not(recovery.enabled), ge(timeoutSeconds, LONGEST_LIVENESS_SECONDS)),
    problem: str`${timeoutSeconds} is too short: broker.recovery may wait for etcd that long`,
    fix: `write at least ${LONGEST_LIVENESS_SECONDS}, or set broker.recovery.enabled to false`,
  });
}
