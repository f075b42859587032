import { Construct } from 'constructs';
import type { CronJob } from 'kubernetes-types/batch/v1';
import type { EnvVar, PersistentVolumeClaim, Volume } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyEgressRule } from 'kubernetes-types/networking/v1';
import {
  and,
  asString,
  eq,
  Gate,
  KubernetesObject,
  nonEmpty,
  not,
  orElse,
  str,
  when,
  type Dynamic,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { podsOf, portOfUrl, portsOf, tcp, toDns, toMetadataServers } from '../pod/network-peers';
import type { MetadataDetails } from '../release-context';
import { claimSpec } from '../pod/persistence';
import { ETCD, ETCD_SNAPSHOT } from './components';
import { etcdJobPod, jobContainer } from './etcd-job-pod';
import type { EtcdMemberCheckProps } from './etcd-member-check';
import { INCOMING, KEEP_IN_S3, KEEP_ON_CLAIM, SNAPSHOTS } from './etcd-snapshot-script';

/**
 * A CronJob that takes snapshots of etcd (`etcd.snapshots`): etcdctl saves one, etcdutl checks
 * that it is whole, and only then it gets its name and the oldest go. The etcd image has no shell,
 * so each step is a container.
 */
export class EtcdSnapshot extends Construct {
  readonly persistentVolumeClaim: KubernetesObject<PersistentVolumeClaim>;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;
  readonly cronJob: KubernetesObject<CronJob>;

  constructor(scope: Construct, id: string, props: EtcdMemberCheckProps) {
    super(scope, id);
    const { values, release } = props;
    const { broker, etcd, networkPolicy } = values;
    const { snapshots } = etcd;
    const { persistence, s3, resources } = snapshots;
    const { names } = release;
    const isOnClaim = eq(snapshots.destination, 'claim');
    const makesClaim = and(snapshots.enabled, isOnClaim, not(persistence.existingClaim));
    const metadata = (details: MetadataDetails) =>
      release.metadata(names.etcdSnapshot, ETCD_SNAPSHOT, details);
    const claim = metadata({
      object: 'etcdSnapshotPersistentVolumeClaim',
      annotations: persistence.annotations,
    });

    this.persistentVolumeClaim = new KubernetesObject<PersistentVolumeClaim>(
      new Gate(this, 'persistentvolumeclaim', makesClaim),
      'Default',
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          ...claim,
          annotations: { ...claim.annotations, 'helm.sh/resource-policy': 'keep' },
        },
        spec: claimSpec(persistence, release.storageClass),
      },
    );

    const closed = new Gate(this, 'networkpolicy', and(snapshots.enabled, networkPolicy.enabled));
    this.networkPolicy = new KubernetesObject<NetworkPolicy>(closed, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata({ object: 'etcdSnapshotNetworkPolicy' }),
      spec: {
        podSelector: { matchLabels: release.labels.selecting(ETCD_SNAPSHOT) },
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          toDns(networkPolicy.dns),
          { to: [podsOf(release, ETCD)], ports: [tcp(etcd.service.port)] },
          when<NetworkPolicyEgressRule>(not(isOnClaim), {
            to: nonEmpty(networkPolicy.objectStores.peers),
            ports: [
              portsOf('TCP', networkPolicy.objectStores.ports),
              portOfUrl(not(isOnClaim), s3.endpoint),
            ],
          }),
          toMetadataServers(and(not(isOnClaim), not(s3.existingSecret))),
        ],
      },
    });

    const mounts = [{ name: 'snapshots', mountPath: SNAPSHOTS }];
    const endpoint = str`${clusterDnsName(names.etcd, release.clusterDomain)}:${etcd.service.port}`;
    const retain: Dynamic<EnvVar>[] = [
      { name: 'SNAPSHOTS', value: SNAPSHOTS },
      { name: 'RETAIN', value: asString(snapshots.retain) },
    ];
    this.cronJob = new KubernetesObject<CronJob>(
      new Gate(this, 'Default', snapshots.enabled),
      'cronjob',
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: metadata({ object: 'etcdSnapshotCronJob' }),
        spec: {
          schedule: snapshots.schedule,
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          jobTemplate: {
            spec: {
              backoffLimit: 2,
              activeDeadlineSeconds: 1800,
              template: etcdJobPod({
                component: ETCD_SNAPSHOT,
                etcd,
                release,
                serviceAccountName: snapshots.serviceAccountName,
                initContainers: [
                  jobContainer(release, etcd.image, 'save', {
                    command: ['/usr/local/bin/etcdctl'],
                    args: [str`--endpoints=${endpoint}`, 'snapshot', 'save', INCOMING],
                    resources,
                    volumeMounts: mounts,
                  }),
                  jobContainer(release, etcd.image, 'check', {
                    command: ['/usr/local/bin/etcdutl'],
                    args: ['snapshot', 'status', INCOMING, '--write-out=json'],
                    resources,
                    volumeMounts: mounts,
                  }),
                ],
                containers: [
                  when(
                    isOnClaim,
                    jobContainer(release, broker.image, 'keep', {
                      command: ['/bin/bash', '-c', KEEP_ON_CLAIM],
                      env: retain,
                      resources,
                      volumeMounts: mounts,
                    }),
                    jobContainer(release, s3.image, 'keep', {
                      command: ['/bin/sh', '-c', KEEP_IN_S3],
                      env: [
                        ...retain,
                        { name: 'BUCKET', value: s3.bucket },
                        { name: 'PREFIX', value: s3.prefix },
                        { name: 'AWS_REGION', value: s3.region },
                        when<EnvVar>(s3.endpoint, { name: 'AWS_ENDPOINT_URL', value: s3.endpoint }),
                        // The client writes below it.
                        { name: 'HOME', value: SNAPSHOTS },
                      ],
                      envFrom: [
                        when(s3.existingSecret, { secretRef: { name: s3.existingSecret } }),
                      ],
                      resources,
                      volumeMounts: mounts,
                    }),
                  ),
                ],
                volumes: [
                  when<Volume>(
                    isOnClaim,
                    {
                      name: 'snapshots',
                      persistentVolumeClaim: {
                        claimName: orElse(persistence.existingClaim, names.etcdSnapshot),
                      },
                    },
                    { name: 'snapshots', emptyDir: {} },
                  ),
                ],
              }),
            },
          },
        },
      },
    );
  }
}
