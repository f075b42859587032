import type { EnvVar, Probe, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  asString,
  not,
  or,
  when,
  type DynamicFields,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { CERTIFICATE_CHECK, checksCertificate } from './broker-certificate-check';
import { REGISTRATION_CHECK } from './broker-registration-check';
import type { brokerValues } from './broker-values';
import type { MetadataStore } from './metadata-store';

type Values = Ref<z.output<typeof brokerValues>>;

const RECOVERY_DIRECTORY = '/run/danube';

/** Seconds that the script takes when each of its questions is answered as late as it may be. */
export const LONGEST_LIVENESS_SECONDS = 10;

/**
 * The script of the brokers' liveness probe. Each check is a bash function that says what is wrong
 * and fails. Its variables are set only where it is switched on.
 */
const SCRIPT = `\
port_open() {
  timeout 2 bash -c ': <"/dev/tcp/127.0.0.1/$CLIENT_PORT"' 2>/dev/null && return
  echo "nothing answers at the client port, $CLIENT_PORT"
  return 1
}

${REGISTRATION_CHECK}
${CERTIFICATE_CHECK}
port_open || exit 1
[[ -z $RECOVERY_DIRECTORY ]] || serves_the_cluster || exit 1
[[ -z $CERTIFICATE_STAGGER ]] || certificate_current || exit 1
`;

/** Whether the liveness probe asks more than whether the client port is open. */
function runsScript({ recovery, tls }: Values): Expr<boolean> {
  return or(recovery.enabled, checksCertificate(tls));
}

/** What the liveness probe of a broker does. */
export function brokerLiveness(values: Values): DynamicFields<Pick<Probe, 'exec' | 'tcpSocket'>> {
  const script = runsScript(values);
  return {
    exec: when(script, { command: ['/bin/bash', '-c', SCRIPT] }),
    tcpSocket: when(not(script), { port: 'client' }),
  };
}

/** The variables that its script reads. */
export function livenessEnvironment(
  values: Values,
  { host, port }: MetadataStore,
): readonly ListItem<EnvVar>[] {
  const { recovery, tls, ports } = values;
  return [
    { name: 'CLIENT_PORT', value: asString(ports.client) },
    { name: 'ETCD_HOST', value: host },
    { name: 'ETCD_PORT', value: asString(port) },
    when<EnvVar>(recovery.enabled, { name: 'RECOVERY_DIRECTORY', value: RECOVERY_DIRECTORY }),
    when<EnvVar>(checksCertificate(tls), {
      name: 'CERTIFICATE_STAGGER',
      value: asString(tls.restartOnChange.staggerSeconds),
    }),
  ];
}

/** Where the script keeps what it has to know at its next run. */
export function livenessVolumeMount({ recovery }: Values): ListItem<VolumeMount> {
  return when<VolumeMount>(recovery.enabled, { name: 'recovery', mountPath: RECOVERY_DIRECTORY });
}

export function livenessVolume({ recovery }: Values): ListItem<Volume> {
  return when<Volume>(recovery.enabled, {
    name: 'recovery',
    emptyDir: { medium: 'Memory', sizeLimit: '1Mi' },
  });
}
