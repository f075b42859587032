import { Construct } from 'constructs';
import type { Certificate } from '../../../imports/cert-manager.io';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Service, ServiceAccount } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { z } from 'zod';
import {
  asString,
  joinEach,
  KubernetesObject,
  orElse,
  Release,
  splice,
  str,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { claimRetention } from '../pod/claim-retention';
import { claimTemplates, dataVolume } from '../pod/persistence';
import { podTemplate } from '../pod/pod-template';
import { probe } from '../pod/probe';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { updateStrategy } from '../pod/update-strategy';
import type { ReleaseContext } from '../release-context';
import { ETCD } from './components';
import { addEtcdPdb } from './etcd-pdb';
import {
  addPeerCertificate,
  checkPeers,
  peerArguments,
  peerContainerPorts,
  peerPort,
  peerScheme,
  peerServicePorts,
  peerTlsMount,
  peerTlsSecret,
  peerTlsVolume,
} from './etcd-peer-tls';
import type { etcdValues } from './etcd-values';

export interface EtcdProps {
  /** References to values of the shape `etcdValues`. */
  readonly values: Ref<z.output<typeof etcdValues>>;
  readonly release: ReleaseContext;
}

const DATA_DIRECTORY = '/var/lib/etcd';

/**
 * The metadata store of the brokers: a StatefulSet of 1, 3 or 5 etcd members, a headless Service
 * for the members and a client Service.
 *
 * The members find each other by the ordinals of their pods. They start at the same time and are
 * in DNS before they are ready, or the first one would wait for the others for ever (facts on
 * Danube, 9.6).
 */
export class Etcd extends Construct {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly podDisruptionBudget: KubernetesObject<PodDisruptionBudget>;
  readonly peerCertificate: KubernetesObject<Certificate>;
  readonly headlessService: KubernetesObject<Service>;
  readonly service: KubernetesObject<Service>;
  readonly statefulSet: KubernetesObject<StatefulSet>;
  /** The DNS domain of the members: `<pod name>.<this>`. */
  readonly membersDomain: Expr<string>;

  constructor(scope: Construct, id: string, { values, release }: EtcdProps) {
    super(scope, id);
    const { names, labels } = release;
    const domain = orElse(values.cluster.domain, release.clusterDomain);
    this.membersDomain = release.chart.template(
      'etcdMembersDomain',
      clusterDnsName(names.etcdHeadless, domain),
      {
        description: 'The DNS domain of the etcd members: <pod name>.<this>.',
        variable: '$etcdMembersDomain',
      },
    );
    const accountName = release.serviceAccountName(values.serviceAccount, names.etcd);
    const account = values.serviceAccount;
    this.serviceAccount = addServiceAccount(
      this,
      account,
      release,
      ETCD,
      accountName,
      'etcdServiceAccount',
    );
    this.podDisruptionBudget = addEtcdPdb(this, values, release);
    const peerSecret = peerTlsSecret(values, release);
    this.peerCertificate = addPeerCertificate(
      this,
      values,
      release,
      this.membersDomain,
      peerSecret,
    );

    this.headlessService = new KubernetesObject<Service>(
      this,
      'service-headless',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: release.metadata(names.etcdHeadless, ETCD, { object: 'etcdServiceHeadless' }),
        spec: {
          ...release.serviceFamilies,
          clusterIP: 'None',
          publishNotReadyAddresses: true,
          selector: labels.selecting(ETCD),
          ports: [
            { name: 'client', port: values.service.port, targetPort: 'client' },
            ...peerServicePorts(values),
            { name: 'metrics', port: values.service.metricsPort, targetPort: 'metrics' },
          ],
        },
      },
      { comment: 'Addresses of the members, also of those that are not ready yet.' },
    );

    this.service = new KubernetesObject<Service>(
      this,
      'service',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: release.metadata(names.etcd, ETCD, {
          object: 'etcdService',
          annotations: values.service.annotations,
        }),
        spec: {
          ...release.serviceFamilies,
          selector: labels.selecting(ETCD),
          ports: [{ name: 'client', port: values.service.port, targetPort: 'client' }],
        },
      },
      { comment: 'What the brokers connect to.' },
    );

    this.statefulSet = new KubernetesObject<StatefulSet>(this, 'statefulset', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: release.metadata(names.etcd, ETCD, { object: 'etcdStatefulSet' }),
      spec: {
        replicas: values.replicaCount,
        serviceName: names.etcdHeadless,
        podManagementPolicy: 'Parallel',
        updateStrategy: updateStrategy(values.updateStrategy),
        selector: { matchLabels: labels.selecting(ETCD) },
        template: podTemplate({
          component: ETCD,
          values,
          release,
          serviceAccountName: accountName,
          stop: STOP_SEQUENCES.etcd,
          spread: values,
          initContainers: [
            checkPeers(values, release, clusterDnsName(names.etcd, release.clusterDomain)),
          ],
          container: {
            name: ETCD,
            command: ['/usr/local/bin/etcd'],
            args: this.args({ values, release }, this.membersDomain),
            env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            ports: [
              { name: 'client', containerPort: values.service.port },
              ...peerContainerPorts(values),
              { name: 'metrics', containerPort: values.service.metricsPort },
            ],
            startupProbe: probe({ httpGet: health('serializable=true') }, values.startupProbe),
            livenessProbe: probe({ httpGet: health('serializable=true') }, values.livenessProbe),
            readinessProbe: probe({ httpGet: health('serializable=false') }, values.readinessProbe),
            volumeMounts: [{ name: 'data', mountPath: DATA_DIRECTORY }, peerTlsMount(values)],
          },
          volumes: [dataVolume(values.persistence), peerTlsVolume(values, peerSecret)],
        }),
        persistentVolumeClaimRetentionPolicy: claimRetention(values.persistence),
        volumeClaimTemplates: claimTemplates(
          values.persistence,
          release.storageClass,
          labels.selecting(ETCD),
        ),
      },
    });
  }

  /** The image has no shell, so everything is said by arguments. */
  private args({ values, release }: EtcdProps, members: Expr<string>): readonly ListItem<string>[] {
    const { port, metricsPort } = values.service;
    const scheme = peerScheme(values);
    const toPeers = peerPort(values);
    const { etcd } = release.names;
    const initialCluster = release.chart.template(
      'etcdInitialCluster',
      joinEach(
        values.replicaCount,
        ',',
        (ordinal) => str`${etcd}-${ordinal}=${scheme}://${etcd}-${ordinal}.${members}:${toPeers}`,
      ),
      { description: 'The members and their addresses: name=url,name=url.', content: 'quotable' },
    );
    return [
      '--name=$(POD_NAME)',
      // A directory below the volume's root, which may hold lost+found.
      `--data-dir=${DATA_DIRECTORY}/data`,
      str`--listen-client-urls=http://${release.anyAddress}:${port}`,
      ...peerArguments(values, release),
      str`--listen-metrics-urls=http://${release.anyAddress}:${metricsPort}`,
      str`--advertise-client-urls=http://$(POD_NAME).${members}:${port}`,
      str`--initial-advertise-peer-urls=${scheme}://$(POD_NAME).${members}:${toPeers}`,
      str`--initial-cluster=${initialCluster}`,
      str`--initial-cluster-state=${values.cluster.initialClusterState}`,
      str`--initial-cluster-token=${Release.name}`,
      str`--auto-compaction-mode=${values.autoCompaction.mode}`,
      str`--auto-compaction-retention=${values.autoCompaction.retention}`,
      str`--quota-backend-bytes=${asString(values.quotaBackendBytes)}`,
      splice(values.extraArgs),
    ];
  }
}

/**
 * etcd 3.5.9 has neither /livez nor /readyz. A serializable check reads the member's own data and
 * so passes without a quorum; a full volume (NOSPACE) is no reason to restart.
 */
function health(query: string): { path: string; port: string } {
  return { path: `/health?exclude=NOSPACE&${query}`, port: 'metrics' };
}
