import type { z } from 'zod';
import { and, eq, orElse, Release, str, when, type Expr, type Ref } from '../../helm/index';
import { clusterDnsName, type CoreNames } from '../naming';
import type { etcdValues } from './etcd-values';

/** What to type when members listen for plaintext and TLS, so that they go over to TLS. */
export function peerTlsNotes(
  { enabled, cluster, peerTLS, replicaCount }: Ref<z.output<typeof etcdValues>>,
  names: CoreNames,
  clusterDomain: Expr<string>,
) {
  const { etcd } = names;
  const members = clusterDnsName(names.etcdHeadless, orElse(cluster.domain, clusterDomain));
  const exec = str`kubectl -n ${Release.namespace} exec ${etcd}-0 -c etcd -- etcdctl`;
  return [
    when(and(enabled, eq(peerTLS.mode, 'both')), [
      '',
      'Know: the etcd members still use the addresses that they know each other by. When all of',
      'them have restarted, tell them those with TLS, one after the other:',
      str`  kubectl -n ${Release.namespace} rollout status statefulset/${etcd}`,
      str`  for ordinal in $(seq 0 $((${replicaCount} - 1))); do`,
      str`    pod=${etcd}-$ordinal`,
      str`    id=$(${exec} member list | grep ", $pod, " | cut -d , -f 1)`,
      str`    ${exec} member update "$id" --peer-urls="https://$pod.${members}:${peerTLS.port}"`,
      '  done',
      'Then set etcd.peerTLS.mode=only. Going straight from off to only would end the quorum.',
    ]),
  ];
}
