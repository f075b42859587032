import type { NamedSet } from '../../property/leaves';

type Values = Record<string, unknown>;
type Change = (path: string, value: unknown) => void;
type Get = (path: string) => unknown;

function set(name: string, values: Values): NamedSet {
  return { name, set: { values, releaseName: 'danube', namespace: 'messaging' } };
}

/** Sets that between them use every part of the care of etcd and of the brokers' recovery. */
export const ETCD_CARE_SETS: readonly NamedSet[] = [
  set('brokers that recover by hand', {
    broker: { recovery: { enabled: false }, livenessProbe: { failureThreshold: 9 } },
  }),
];

/** One set for each rule that breaks it. */
export const ETCD_CARE_REFUSED: readonly (readonly [string, Values])[] = [
  ['broker.livenessProbe.failureThreshold', { broker: { livenessProbe: { periodSeconds: 5 } } }],
  ['broker.livenessProbe.timeoutSeconds', { broker: { livenessProbe: { timeoutSeconds: 9 } } }],
];

/** Changes random values as little as these rules demand. */
export function keepEtcdCareRules(get: Get, change: Change): void {
  if (get('broker.recovery.enabled') !== false) {
    change('broker.livenessProbe', { periodSeconds: 3, failureThreshold: 2, timeoutSeconds: 10 });
  }
}
