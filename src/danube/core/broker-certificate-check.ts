import type { Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import { and, when, type Expr, type ListItem, type Ref } from '../../helm/index';
import { TLS_DIRECTORY } from './broker-tls';
import type { brokerTlsValues } from './broker-tls-values';

type Tls = Ref<z.output<typeof brokerTlsValues>>;

const STATE_DIRECTORY = '/run/danube-started';

/** The checksum of the certificate that the broker started with. */
const STARTED_WITH = `${STATE_DIRECTORY}/certificate`;

/** Whether the liveness probe looks at the certificate. */
export function checksCertificate({ enabled, restartOnChange }: Tls): Expr<boolean> {
  return and(enabled, restartOnChange.enabled);
}

/**
 * What goes before the command of a broker, to note its certificate. A certificate that changes
 * before the broker reads it costs one more restart, and is never missed.
 */
export const NOTING_CERTIFICATE = [
  '/bin/bash',
  '-c',
  `\
set -o pipefail
cat ${TLS_DIRECTORY}/tls.{crt,key} | sha256sum >${STARTED_WITH} && exec "$@"
`,
  'noting-certificate',
] as const;

/**
 * Bash function `certificate_current`: fails, and says why, when the mounted certificate is not the
 * one that the broker started with and the turn of this broker has come.
 *
 * The kubelet of each node writes the files anew, at most 90 seconds apart. From then on each
 * broker waits its ordinal times `CERTIFICATE_STAGGER` seconds. A broker that restarts loses its
 * topics for 31 seconds, and the next one must not restart before they moved (docs/verified.md).
 */
export const CERTIFICATE_CHECK = `\
certificate_current() {
  local mounted changed due
  mounted=$(set -o pipefail && cat ${TLS_DIRECTORY}/tls.{crt,key} | sha256sum) || return 0
  [[ $mounted != $(cat ${STARTED_WITH}) ]] || return 0
  changed=$(stat -L -c %Y ${TLS_DIRECTORY}/tls.crt)
  due=$((changed + \${POD_NAME##*-} * CERTIFICATE_STAGGER))
  (($(date +%s) >= due)) || return 0
  echo "the certificate is not the one that this broker started with"
  return 1
}
`;

/** Where the note is kept: it outlives the container, which overwrites it when it starts again. */
export function certificateNoteVolume(tls: Tls): ListItem<Volume> {
  return when<Volume>(checksCertificate(tls), {
    name: 'started',
    emptyDir: { sizeLimit: '1Mi' },
  });
}

export function certificateNoteMount(tls: Tls): ListItem<VolumeMount> {
  return when<VolumeMount>(checksCertificate(tls), {
    name: 'started',
    mountPath: STATE_DIRECTORY,
  });
}
