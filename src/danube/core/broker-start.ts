import type { EnvVar } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  and,
  asString,
  eq,
  gt,
  not,
  when,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { discoversAddress, DISCOVERED_FILE } from './address-discovery';
import type { AdvertisedAddress } from './advertised-address';
import type { brokerValues } from './broker-values';

type Values = Ref<z.output<typeof brokerValues>>;

/**
 * Kubernetes puts variables into arguments, but cannot calculate with the ordinal in a pod's name;
 * the label with the ordinal exists since Kubernetes 1.28 only. `exec` leaves no shell behind, so
 * that SIGTERM reaches the broker as it does without the script.
 */
const START = `\
set -eu
ordinal=\${POD_NAME##*-}
bracketed() {
  case $1 in
    *:*) printf '[%s]' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}
address=$DANUBE_ADVERTISED_ADDRESS
fill() {
  address=\${address//"{$1}"/"$2"}
}
fill podName "$POD_NAME"
fill ordinal "$ordinal"
if [ -n "\${DANUBE_NODE_IP:-}" ]; then
  fill nodeIP "$(bracketed "$DANUBE_NODE_IP")"
  fill nodeName "$DANUBE_NODE_NAME"
fi
if [ -n "\${DANUBE_NODE_PORT_BASE:-}" ]; then
  fill nodePort "$((DANUBE_NODE_PORT_BASE + ordinal))"
fi
if [ -n "\${DANUBE_DISCOVERED_FILE:-}" ]; then
  discovered=$(cat "$DANUBE_DISCOVERED_FILE")
  fill nodePort "$discovered"
  fill loadBalancer "$(bracketed "$discovered")"
fi
echo "this broker advertises $address"
exec /usr/local/bin/danube-broker --advertised-addr "$address" "$@"
`;

/**
 * How the broker is started: by `first`, where that is asked for, and then by the script where it
 * is needed. Without either the image's own entrypoint will do; after `first` that is `program`.
 */
export function startCommand(
  { needsScript }: AdvertisedAddress,
  asksForFirst: Expr<boolean>,
  first: readonly string[],
  program: string,
): readonly ListItem<string>[] {
  const script = ['/bin/bash', '-c', START, 'danube-broker'];
  return [
    ...first.map((word) => when<string>(asksForFirst, word)),
    ...script.map((word) => when<string>(needsScript, word)),
    when<string>(and(asksForFirst, not(needsScript)), program),
  ];
}

/** The arguments that say the address, where no script does. */
export function addressArguments(address: AdvertisedAddress): readonly ListItem<string>[] {
  const isWhole = not(address.needsScript);
  return [when<string>(isWhole, '--advertised-addr'), when<string>(isWhole, address.argument)];
}

/** What the script reads. */
export function startEnvironment(
  { externalAccess }: Values,
  { needsScript, pattern }: AdvertisedAddress,
): readonly ListItem<EnvVar>[] {
  const isNodePort = eq(externalAccess.type, 'NodePort');
  const { nodePortBase } = externalAccess;
  return [
    when<EnvVar>(needsScript, { name: 'DANUBE_ADVERTISED_ADDRESS', value: pattern }),
    when<EnvVar>(isNodePort, {
      name: 'DANUBE_NODE_IP',
      valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } },
    }),
    when<EnvVar>(isNodePort, {
      name: 'DANUBE_NODE_NAME',
      valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
    }),
    when<EnvVar>(and(isNodePort, gt(nodePortBase, 0)), {
      name: 'DANUBE_NODE_PORT_BASE',
      value: asString(nodePortBase),
    }),
    when<EnvVar>(discoversAddress(externalAccess), {
      name: 'DANUBE_DISCOVERED_FILE',
      value: DISCOVERED_FILE,
    }),
  ];
}
