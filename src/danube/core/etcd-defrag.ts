import { Construct } from 'constructs';
import type { CronJob } from 'kubernetes-types/batch/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import { and, asString, Gate, KubernetesObject } from '../../helm/index';
import { podsOf, tcp, toDns } from '../pod/network-peers';
import { ETCD, ETCD_DEFRAG } from './components';
import { ASK_ETCD, ETCD_IS_HEALTHY } from './etcd-gateway';
import { etcdJobPod, jobContainer } from './etcd-job-pod';
import type { EtcdMemberCheckProps } from './etcd-member-check';

/** Stops before the first member that is not healthy, so that a quorum always stays. */
const DEFRAGMENT = `\
${ASK_ETCD}
${ETCD_IS_HEALTHY}
number() {
  [[ $2 =~ \\"$1\\":\\"([0-9]+)\\" ]] && echo "\${BASH_REMATCH[1]}"
}

require_all_healthy() {
  local member try
  for member in "\${members[@]}"; do
    for ((try = 1; try <= TRIES; try++)); do
      ETCD_HOST=$member etcd_is_healthy && continue 2
      sleep 2
    done
    echo "$member is not healthy: $1"
    exit 1
  done
}

members=() followers=() leader=()
for ((i = 0; i < MEMBERS; i++)); do members+=("$ETCD_NAME-$i.$MEMBERS_DOMAIN"); done
require_all_healthy "nothing was done"
for member in "\${members[@]}"; do
  status=$(ETCD_HOST=$member ask_etcd /v3/maintenance/status '{}')
  if [[ $(number member_id "$status") == $(number leader "$status") ]]; then
    leader=("$member")
  else
    followers+=("$member")
  fi
done
for member in "\${followers[@]}" "\${leader[@]}"; do
  status=$(ETCD_HOST=$member ask_etcd /v3/maintenance/status '{}')
  size=$(number dbSize "$status")
  free=$((size - $(number dbSizeInUse "$status")))
  if ((free < MIN_RECLAIMABLE_BYTES)); then
    echo "$member: $free of $size bytes are free, left as it is"
    continue
  fi
  echo "$member: $free of $size bytes are free, defragmenting"
  answer=$(ETCD_TIMEOUT=600 ETCD_HOST=$member ask_etcd /v3/maintenance/defragment '{}')
  if [[ $answer != 'HTTP/1.'?' 200'* ]]; then
    echo "$member: it failed: $answer"
    exit 1
  fi
  require_all_healthy "stopped after $member"
done
`;

/** A CronJob that defragments the members of etcd one after the other (`etcd.defrag`). */
export class EtcdDefrag extends Construct {
  readonly cronJob: KubernetesObject<CronJob>;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;

  constructor(scope: Construct, id: string, props: EtcdMemberCheckProps) {
    super(scope, id);
    const { values, release, membersDomain } = props;
    const { broker, etcd, networkPolicy } = values;
    const { defrag } = etcd;
    const name = release.names.etcdDefrag;
    const closed = new Gate(this, 'networkpolicy', and(defrag.enabled, networkPolicy.enabled));
    this.networkPolicy = new KubernetesObject<NetworkPolicy>(closed, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: release.metadata(name, ETCD_DEFRAG, { object: 'etcdDefragNetworkPolicy' }),
      spec: {
        podSelector: { matchLabels: release.labels.selecting(ETCD_DEFRAG) },
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          toDns(networkPolicy.dns),
          { to: [podsOf(release, ETCD)], ports: [tcp(etcd.service.port)] },
        ],
      },
    });
    this.cronJob = new KubernetesObject<CronJob>(
      new Gate(this, 'Default', defrag.enabled),
      'cronjob',
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: release.metadata(name, ETCD_DEFRAG, { object: 'etcdDefragCronJob' }),
        spec: {
          schedule: defrag.schedule,
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          jobTemplate: {
            spec: {
              backoffLimit: 0,
              activeDeadlineSeconds: 3600,
              template: etcdJobPod({
                component: ETCD_DEFRAG,
                etcd,
                release,
                containers: [
                  jobContainer(release, broker.image, ETCD_DEFRAG, {
                    command: ['/bin/bash', '-c', DEFRAGMENT],
                    env: [
                      { name: 'ETCD_PORT', value: asString(etcd.service.port) },
                      { name: 'ETCD_NAME', value: release.names.etcd },
                      { name: 'MEMBERS', value: asString(etcd.replicaCount) },
                      { name: 'MEMBERS_DOMAIN', value: membersDomain },
                      { name: 'TRIES', value: '30' },
                      {
                        name: 'MIN_RECLAIMABLE_BYTES',
                        value: asString(defrag.minReclaimableBytes),
                      },
                    ],
                    resources: defrag.resources,
                  }),
                ],
              }),
            },
          },
        },
      },
    );
  }
}
