import { Construct } from 'constructs';
import type { Job } from 'kubernetes-types/batch/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  asString,
  Gate,
  KubernetesObject,
  Release,
  type Expr,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { podsOf, tcp, toDns } from '../pod/network-peers';
import type { ObjectMetadata, ReleaseContext } from '../release-context';
import { ETCD, ETCD_MEMBER_CHECK } from './components';
import type { coreValues } from './core-values';
import { etcdJobPod, jobContainer } from './etcd-job-pod';
import { peerPort, peerScheme } from './etcd-peer-tls';
import { MEMBER_CHECK } from './etcd-member-check-script';

/** In seconds. */
const A_DAY = 86_400;

export interface EtcdMemberCheckProps {
  readonly values: Ref<z.output<typeof coreValues>>;
  readonly release: ReleaseContext;
  /** The DNS domain of the etcd members. */
  readonly membersDomain: Expr<string>;
}

/**
 * A Job that runs before an upgrade (`etcd.memberCheck`) and fails if it would change the number
 * of etcd members. No pod's readiness needs it, and without an etcd, as on a first install by
 * Argo CD, which runs it too, it passes.
 *
 * Its network policies are hooks as well: those of the release come after it, and the ones that
 * are there may not know of it. It needs no token, so the account `default` will do.
 */
export class EtcdMemberCheck extends Construct {
  readonly job: KubernetesObject<Job>;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;
  readonly etcdNetworkPolicy: KubernetesObject<NetworkPolicy>;

  constructor(scope: Construct, id: string, props: EtcdMemberCheckProps) {
    super(scope, id);
    const { values, release, membersDomain } = props;
    const { broker, etcd, networkPolicy } = values;
    const { names, labels } = release;
    const gate = new Gate(this, 'Default', etcd.memberCheck.enabled);
    const closed = new Gate(
      this,
      'networkpolicy',
      and(etcd.memberCheck.enabled, networkPolicy.enabled),
    );
    const { port } = etcd.service;

    this.networkPolicy = new KubernetesObject<NetworkPolicy>(closed, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: hook(
        release.metadata(names.etcdMemberCheck, ETCD_MEMBER_CHECK, {
          object: 'etcdMemberCheckNetworkPolicy',
        }),
        '-5',
      ),
      spec: {
        podSelector: { matchLabels: labels.selecting(ETCD_MEMBER_CHECK) },
        policyTypes: ['Ingress', 'Egress'],
        egress: [toDns(networkPolicy.dns), { to: [podsOf(release, ETCD)], ports: [tcp(port)] }],
      },
    });
    this.etcdNetworkPolicy = new KubernetesObject<NetworkPolicy>(closed, 'etcd', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: hook(
        release.metadata(names.etcdMemberCheckIngress, ETCD, {
          object: 'etcdMemberCheckNetworkPolicyEtcd',
        }),
        '-5',
      ),
      spec: {
        podSelector: { matchLabels: labels.selecting(ETCD) },
        policyTypes: ['Ingress'],
        ingress: [{ from: [podsOf(release, ETCD_MEMBER_CHECK)], ports: [tcp(port)] }],
      },
    });
    this.job = new KubernetesObject<Job>(gate, 'job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: hook(
        release.metadata(names.etcdMemberCheck, ETCD_MEMBER_CHECK, {
          object: 'etcdMemberCheckJob',
        }),
        '0',
      ),
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 240,
        ttlSecondsAfterFinished: A_DAY,
        template: etcdJobPod({
          component: ETCD_MEMBER_CHECK,
          etcd,
          release,
          containers: [
            jobContainer(release, broker.image, ETCD_MEMBER_CHECK, {
              command: ['/bin/bash', '-c', MEMBER_CHECK],
              env: [
                { name: 'ETCD_HOST', value: clusterDnsName(names.etcd, release.clusterDomain) },
                { name: 'ETCD_PORT', value: asString(port) },
                { name: 'PEER_SCHEME', value: peerScheme(etcd) },
                { name: 'PEER_PORT', value: asString(peerPort(etcd)) },
                { name: 'ETCD_NAME', value: names.etcd },
                { name: 'MEMBERS', value: asString(etcd.replicaCount) },
                { name: 'MEMBERS_DOMAIN', value: membersDomain },
                { name: 'INITIAL_CLUSTER_STATE', value: etcd.cluster.initialClusterState },
                { name: 'NAMESPACE', value: Release.namespace },
                { name: 'TRIES', value: '10' },
              ],
              resources: etcd.memberCheck.resources,
            }),
          ],
        }),
      },
    });
  }
}

/** A failed Job stays for its log, a day; Helm prints the log itself from 3.18 on. */
function hook(metadata: ObjectMetadata, weight: string): ObjectMetadata {
  return {
    ...metadata,
    annotations: {
      ...metadata.annotations,
      'helm.sh/hook': 'pre-upgrade,pre-rollback',
      'helm.sh/hook-weight': weight,
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      'helm.sh/hook-output-log-policy': 'hook-failed',
    },
  };
}
