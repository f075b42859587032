import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { comment, type DynamicFields } from '../../helm/index';

interface Stop {
  /** What the program is, for the documentation. */
  readonly program: string;
  /** Seconds that a stop may take, by default, before the container is killed. */
  readonly graceSeconds: number;
  /** What the program does before it ends. */
  readonly does: string;
  /** Where this is known from. */
  readonly source: string;
}

/** The program handles the signal that Kubernetes sends. */
interface HandlesTheSignal extends Stop {
  readonly by: 'signal';
  /** SIGTERM, unless the image names another one (STOPSIGNAL). */
  readonly signal: 'SIGTERM' | 'SIGQUIT';
}

/**
 * The program handles no signal. As PID 1 it would never get SIGTERM and be killed after the whole
 * grace period. In a shared process namespace the pause container is PID 1, and SIGTERM ends it.
 */
interface HandlesNoSignal extends Stop {
  readonly by: 'sharedProcessNamespace';
  readonly signal: 'SIGTERM';
}

/** The program handles SIGINT alone, which a preStop hook sends. It has to be PID 1. */
interface HandlesInterrupts extends Stop {
  readonly by: 'preStop';
  readonly signal: 'SIGINT';
}

/** How the program of an image is made to stop. */
export type StopSequence = HandlesTheSignal | HandlesNoSignal | HandlesInterrupts;

/** The stop sequence of every image that runs in a pod; docs/stop-sequence.md shows this table. */
export const STOP_SEQUENCES = {
  broker: {
    program: 'danube-broker',
    by: 'sharedProcessNamespace',
    signal: 'SIGTERM',
    graceSeconds: 30,
    does: 'ends at once; up to 5 seconds of messages are only in memory',
    source: 'facts on Danube, 1.9; run',
  },
  admin: {
    program: 'danube-admin serve',
    by: 'sharedProcessNamespace',
    signal: 'SIGTERM',
    graceSeconds: 10,
    does: 'ends at once; it stores nothing',
    source: 'facts on Danube, 3',
  },
  adminUI: {
    program: 'nginx of danube-admin-ui',
    by: 'signal',
    signal: 'SIGQUIT',
    graceSeconds: 30,
    does: 'answers the open requests first',
    source: 'facts on Danube, 4',
  },
  etcd: {
    program: 'etcd',
    by: 'signal',
    signal: 'SIGTERM',
    graceSeconds: 30,
    does: 'hands the lead over and closes its files',
    source: 'run',
  },
  prometheus: {
    program: 'prometheus',
    by: 'signal',
    signal: 'SIGTERM',
    graceSeconds: 60,
    does: 'closes its files',
    source: 'run',
  },
  bootstrap: {
    program: 'the bootstrap Job',
    by: 'signal',
    signal: 'SIGTERM',
    graceSeconds: 30,
    does: 'ends after the command that runs; another run goes on from there',
    source: 'run',
  },
  connector: {
    program: 'a connector',
    by: 'preStop',
    signal: 'SIGINT',
    graceSeconds: 60,
    does: 'a source publishes what it took in; a sink leaves its last batch to be delivered again',
    source: 'facts on connectors, 2.7',
  },
} as const satisfies Record<string, StopSequence>;

/** What a stop sequence needs of the pod. */
export function podStop({
  by,
}: StopSequence): DynamicFields<Pick<PodSpec, 'shareProcessNamespace'>> {
  if (by !== 'sharedProcessNamespace') {
    return {};
  }
  return {
    ...comment('As PID 1 the program would ignore SIGTERM; in a shared namespace it ends at once.'),
    shareProcessNamespace: true,
  };
}

/** What a stop sequence needs of the container whose program it stops. */
export function containerStop({ by }: StopSequence): DynamicFields<Pick<Container, 'lifecycle'>> {
  if (by !== 'preStop') {
    return {};
  }
  return {
    ...comment('The program stops on SIGINT only; SIGTERM does nothing to it as PID 1.'),
    lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'kill -INT 1'] } } },
  };
}
