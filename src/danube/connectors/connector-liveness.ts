import type { Probe, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  each,
  asString,
  comment,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import { probe } from '../pod/probe';
import type { connectorLivenessValues } from './connector-liveness-values';

export interface ConnectorLivenessProps {
  /** References to values of the shape `connectorLivenessValues`. */
  readonly values: Ref<z.output<z.ZodObject<ReturnType<typeof connectorLivenessValues>>>>;
  /** The URL of the brokers that the connector is given: `http://host:port`. */
  readonly serviceUrl: Expr<string>;
  /** A port that the connector must listen on, such as that of a webhook. */
  readonly listeningPort?: Expr<number>;
  /** Where the container has `files`: at which it mounts the ConfigMap with them. */
  readonly directory: string;
}

/** What a connector needs for the check. */
export interface ConnectorLiveness {
  /**
   * The script, for the data of a ConfigMap. It is there even if nobody asks: pods of before a
   * change of `watched` run it until they are replaced.
   */
  readonly files: DynamicFields<Record<string, string>>;
  readonly startupProbe: ManifestNode<Probe | undefined>;
  readonly livenessProbe: ManifestNode<Probe | undefined>;
  readonly volumes: readonly ListItem<Volume>[];
  readonly volumeMounts: readonly ListItem<VolumeMount>[];
}

const SCRIPT_FILE = 'connections.sh';

const MEMORY_DIRECTORY = '/run/danube-connector';

export const CONNECTION_CHECK = `\
#!/bin/sh
# Compares the connections that PID 1 has to brokers with those that earlier runs saw. They are kept
# with the start time of the process, so a restarted container starts anew.
# $1: URL of the brokers; $2: port to listen on, or empty; others: more ports of brokers
memory=${MEMORY_DIRECTORY}/connections
started=$(sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20)
authority=\${1#*://}
authority=\${authority%%/*}
listening=$2
shift 2
# Sockets of the connector, not of sidecars; if they cannot be listed, those of its user.
sockets=$(ls -l /proc/1/fd 2>/dev/null | sed -n 's/.*socket:\\[\\([0-9]*\\)\\]$/\\1/p' | tr '\\n' ' ')
table=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk \\
  -v uid="$(id -u)" -v sockets="$sockets" -v ports="\${authority##*:} $*" -v own="$listening" '
  BEGIN {
    count = split(ports, port)
    for (i = 1; i <= count; i++) broker[sprintf("%04X", port[i])]
    count = split(sockets, socket)
    for (i = 1; i <= count; i++) mine[socket[i]]
    own = sprintf("%04X", own)
  }
  count > 0 && !($10 in mine) || $8 != uid { next }
  $4 == "01" && substr($3, length($3) - 3) in broker { print "broker", $10 }
  $4 == "0A" && substr($2, length($2) - 3) == own { print "listens" }')
now=$(echo "$table" | sed -n 's/^broker //p')
seen=$(sed -n "s/^$started //p" "$memory" 2>/dev/null)
for connection in $seen; do
  echo "$now" | grep -qx "$connection" && continue
  echo "a connection to a Danube broker ended, and with it consumers and producers of this connector"
  exit 1
done
if [ -z "$now" ]; then
  echo "not connected to a Danube broker at $authority"
  exit 1
fi
echo "$started" $now >"$memory.new" && mv "$memory.new" "$memory"
if [ -n "$listening" ] && ! echo "$table" | grep -qx listens; then
  echo "nothing listens on port $listening"
  exit 1
fi
`;

/**
 * Probes that restart a connector which lost a broker. The Danube clients of connectors 0.2 and 0.3
 * end their receive loops, or send to a producer that is no more, when a broker was away for
 * seconds; the process stays up and its metrics port answers (facts on connectors, 2.6).
 *
 * Every loss shows in the kernel's table of connections: the sink has none, the source a new one.
 * So the check needs neither metrics, which 0.2 has not, nor the network.
 *
 * It reads `brokerConnections`, `startupProbe` and `livenessProbe`, with times in seconds. The
 * caller puts `files` into a ConfigMap that the container has mounted at `directory`.
 */
export function connectorLiveness(props: ConnectorLivenessProps): ConnectorLiveness {
  const { values, serviceUrl, listeningPort, directory } = props;
  const { watched, ports } = values.brokerConnections;
  const command: readonly ListItem<string>[] = [
    '/bin/sh',
    `${directory}/${SCRIPT_FILE}`,
    serviceUrl,
    listeningPort === undefined ? '' : asString(listeningPort),
    each(ports, (port): Dynamic<string> => asString(port)),
  ];
  const exec = {
    ...comment('URL of the brokers, port to listen on or empty, other ports of brokers.'),
    command,
  };
  return {
    files: { [SCRIPT_FILE]: CONNECTION_CHECK },
    startupProbe: when<Probe>(watched, probe({ exec }, values.startupProbe)),
    livenessProbe: when<Probe>(watched, probe({ exec }, values.livenessProbe)),
    volumes: [
      when<Volume>(watched, {
        name: 'connections',
        emptyDir: { medium: 'Memory', sizeLimit: '1Mi' },
      }),
    ],
    volumeMounts: [
      when<VolumeMount>(watched, { name: 'connections', mountPath: MEMORY_DIRECTORY }),
    ],
  };
}
