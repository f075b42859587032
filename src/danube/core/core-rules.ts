import type { z } from 'zod';
import {
  and,
  contains,
  eq,
  hasPrefix,
  regexMatch,
  not,
  or,
  str,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import { addIpFamilyRules } from '../ip-families';
import { addObjectLabelRule } from '../object-values';
import { addAvailabilityRules } from './availability-rules';
import { addBrokerRecoveryRules } from './broker-recovery-rules';
import { addBrokerTlsRules } from './broker-tls';
import { addPeerTlsRules } from './etcd-peer-tls';
import { addEnvironmentRule } from '../pod/environment-rule';
import { TRAIN_0_7 } from '../release-train';
import { mostBrokers } from './broker-count';
import type { coreValues } from './core-values';
import { addEtcdCareRules } from './etcd-care-rules';

type Values = Ref<z.output<typeof coreValues>>;

/** What has to hold between the values of a core, beyond their schema. */
export function addCoreRules(chart: ChartPart, v: Values): void {
  addObjectLabelRule(chart, v);
  addIpFamilyRules(chart, v);
  addPersistenceRules(chart, v);
  addAvailabilityRules(chart, v);
  addBrokerRecoveryRules(chart, v);
  addEtcdRules(chart, v);
  addEtcdCareRules(chart, v);
  addStorageRules(chart, v);
  addBrokerTlsRules(chart, v.broker);
  addPortRules(chart, v);
  addBrokerVersionRule(chart, v);
  for (const component of ['broker', 'etcd', 'prometheus'] as const) {
    addEnvironmentRule(chart, { component, values: v[component] });
  }
  addServiceAccountRules(chart, v);
}

/** From 0.8 on brokers have no etcd, and end without keys that this chart does not write. */
function addBrokerVersionRule(chart: ChartPart, { broker: { image } }: Values): void {
  const isNewer = '^(latest$|v?(0\\.([89]|[1-9][0-9])|[1-9][0-9]?\\.[0-9]+)(\\.|-|$))';
  chart.require({
    path: 'broker.image.tag',
    holds: or(image.digest, not(regexMatch(isNewer, image.tag))),
    problem: str`brokers of "${image.tag}" need another configuration than this chart writes`,
    fix: `write ${TRAIN_0_7.broker.tag}, or the digest of an image of 0.7`,
  });
}

function implies(condition: Expr, consequence: Expr): Expr<boolean> {
  return or(not(condition), consequence);
}

function addPersistenceRules(chart: ChartPart, { broker, etcd, prometheus }: Values): void {
  const brokers = mostBrokers(broker);
  const volumes = [
    ['broker', broker.persistence],
    ['etcd', etcd.persistence],
    ['prometheus', prometheus.persistence],
  ] as const;
  for (const [component, persistence] of volumes) {
    chart.require({
      path: `${component}.persistence.enabled`,
      holds: or(persistence.enabled, not(persistence.existingClaim)),
      problem: 'it is false, so existingClaim would not be used',
      fix: `set it to true, or leave ${component}.persistence.existingClaim empty`,
    });
  }
  chart.require({
    path: 'etcd.persistence.enabled',
    holds: or(not(etcd.enabled), etcd.persistence.enabled, eq(etcd.replicaCount, 1)),
    problem: str`a member of ${etcd.replicaCount} that lost its data cannot come back`,
    fix: 'set it to true, or etcd.replicaCount to 1',
  });
  chart.require({
    path: 'broker.persistence.enabled',
    holds: or(broker.persistence.enabled, eq(brokers, 1)),
    problem: 'several brokers without volumes lose what they stored when they move',
    fix: 'set it to true, or run one broker: broker.replicaCount=1 without broker.hpa',
  });
  chart.require({
    path: 'broker.persistence.existingClaim',
    holds: or(not(broker.persistence.existingClaim), eq(brokers, 1)),
    problem: 'one claim cannot serve several brokers',
    fix: 'leave it empty, or run one broker: broker.replicaCount=1 without broker.hpa',
  });
  chart.require({
    path: 'etcd.persistence.existingClaim',
    holds: or(not(etcd.enabled), not(etcd.persistence.existingClaim), eq(etcd.replicaCount, 1)),
    problem: str`one claim cannot serve ${etcd.replicaCount} members`,
    fix: 'leave it empty, or set etcd.replicaCount to 1',
  });
}

function addEtcdRules(chart: ChartPart, { etcd }: Values): void {
  addPeerTlsRules(chart, etcd);
  chart.require({
    path: 'etcd.external.host',
    holds: or(etcd.enabled, etcd.external.host),
    problem: 'the brokers need an etcd, and etcd.enabled is false',
    fix: 'name the host of an etcd that is there, or set etcd.enabled to true',
  });
  chart.require({
    path: 'etcd.auth.enabled',
    holds: not(etcd.auth.enabled),
    problem: 'broker 0.7.2 speaks to etcd over plain http and without a user',
    fix: 'set it to false and keep etcd inside the cluster',
  });
  const { mode, retention } = etcd.autoCompaction;
  chart.require({
    path: 'etcd.autoCompaction.retention',
    holds: or(eq(mode, 'revision'), regexMatch('[hms]$', retention)),
    problem: str`"${retention}" has no unit, so etcd would read hours`,
    fix: 'write a time such as 1h or 30m',
  });
  chart.require({
    path: 'etcd.autoCompaction.retention',
    holds: or(eq(mode, 'periodic'), not(regexMatch('[hms]$', retention))),
    problem: str`"${retention}" is a time, and etcd.autoCompaction.mode is revision`,
    fix: 'write a number of revisions such as 1000',
  });
}

function addStorageRules(chart: ChartPart, { broker }: Values): void {
  const { storage } = broker.config;
  const root = storage.cloudRoot;
  const backendIs = (backend: 'fs' | 's3' | 'gcs' | 'azblob') => eq(storage.cloudBackend, backend);
  const path = 'broker.config.storage';
  chart.require({
    path: `${path}.uploaderEnabled`,
    holds: storage.uploaderEnabled,
    problem: 'broker 0.7.2 ignores this switch and always uploads',
    fix: 'leave it true; cloudBackend and cloudRoot say where to',
  });
  chart.require({
    path: `${path}.cloudRoot`,
    holds: implies(backendIs('fs'), hasPrefix('/', root)),
    problem: str`"${root}" is no directory, which cloudBackend fs needs`,
    fix: 'write an absolute path below broker.persistence.mountPath',
  });
  for (const backend of ['s3', 'gcs'] as const) {
    chart.require({
      path: `${path}.cloudRoot`,
      holds: implies(backendIs(backend), hasPrefix(`${backend}://`, root)),
      problem: str`"${root}" is no bucket, which cloudBackend ${backend} needs`,
      fix: `write ${backend}://bucket/prefix`,
    });
  }
  chart.require({
    path: `${path}.cloudRoot`,
    holds: implies(backendIs('azblob'), or(hasPrefix('azblob://', root), not(contains('/', root)))),
    problem: str`"${root}" would be taken as the name of a container`,
    fix: 'write a container, or azblob://container/prefix',
  });
  chart.require({
    path: `${path}.s3.region`,
    holds: implies(backendIs('s3'), storage.s3.region),
    problem: 'the broker panics at start without a region for s3',
    fix: 'write the region of the bucket, or any for an S3 that has none',
  });
  chart.require({
    path: `${path}.azblob.endpoint`,
    holds: implies(backendIs('azblob'), storage.azblob.endpoint),
    problem: 'the broker needs the endpoint of the storage account for azblob',
    fix: 'write https://<account>.blob.core.windows.net',
  });
  addDirectoryRules(chart, broker);
}

/** Two ports of one pod cannot be the same. */
function addPortRules(chart: ChartPart, { broker, etcd }: Values): void {
  const ports: readonly (readonly [string, Expr<number>, string, Expr<number>])[] = [
    ['broker.ports.admin', broker.ports.admin, 'broker.ports.client', broker.ports.client],
    [
      'broker.ports.prometheus',
      broker.ports.prometheus,
      'broker.ports.client',
      broker.ports.client,
    ],
    ['broker.ports.prometheus', broker.ports.prometheus, 'broker.ports.admin', broker.ports.admin],
    ['etcd.service.peerPort', etcd.service.peerPort, 'etcd.service.port', etcd.service.port],
    ['etcd.service.metricsPort', etcd.service.metricsPort, 'etcd.service.port', etcd.service.port],
    [
      'etcd.service.metricsPort',
      etcd.service.metricsPort,
      'etcd.service.peerPort',
      etcd.service.peerPort,
    ],
  ];
  for (const [path, port, otherPath, other] of ports) {
    chart.require({
      path,
      holds: not(eq(port, other)),
      problem: str`${port} is ${otherPath} too`,
      fix: 'write another port',
    });
  }
}

/** One service account is made once. */
function addServiceAccountRules(chart: ChartPart, { broker, etcd, prometheus }: Values): void {
  const accounts = [
    ['broker', broker.serviceAccount],
    ['etcd', etcd.serviceAccount],
    ['prometheus', prometheus.serviceAccount],
  ] as const;
  chart.require({
    path: 'prometheus.serviceAccount.name',
    holds: or(prometheus.serviceAccount.create, prometheus.serviceAccount.name),
    problem: 'the Role for discovery would be bound to the default account of the namespace',
    fix: 'name an account, or set prometheus.serviceAccount.create to true',
  });
  accounts.forEach(([component, account], position) => {
    for (const [otherComponent, other] of accounts.slice(0, position)) {
      const isMadeTwice = and(
        account.create,
        other.create,
        account.name,
        eq(account.name, other.name),
      );
      chart.require({
        path: `${component}.serviceAccount.name`,
        holds: not(isMadeTwice),
        problem: str`"${account.name}" is made for ${otherComponent} already`,
        fix: `write another name, or set ${component}.serviceAccount.create to false`,
      });
    }
  });
}

/** The root file system is read-only, so every directory has to be on a volume. */
function addDirectoryRules(chart: ChartPart, broker: Values['broker']): void {
  const { storage } = broker.config;
  const { mountPath } = broker.persistence;
  const isShared = and(eq(storage.cloudBackend, 'fs'), storage.sharedVolume.existingClaim);
  const isBelow = (directory: Expr<string>, parent: Expr<string>) =>
    hasPrefix(str`${parent}/`, directory);
  const path = 'broker.config.storage';
  chart.require({
    path: `${path}.walDir`,
    holds: or(isBelow(storage.walDir, mountPath), broker.extraVolumeMounts),
    problem: str`"${storage.walDir}" is not on the data volume, and the rest is read-only`,
    fix: str`write a path below ${mountPath}, or mount a volume there with broker.extraVolumeMounts`,
  });
  chart.require({
    path: `${path}.cloudRoot`,
    holds: or(
      not(eq(storage.cloudBackend, 'fs')),
      isBelow(storage.cloudRoot, mountPath),
      storage.sharedVolume.existingClaim,
      broker.extraVolumeMounts,
    ),
    problem: str`"${storage.cloudRoot}" is not on the data volume, and the rest is read-only`,
    fix: str`write a path below ${mountPath}, or name sharedVolume.existingClaim`,
  });
  chart.require({
    path: `${path}.cloudRoot`,
    holds: implies(isShared, not(eq(storage.cloudRoot, mountPath))),
    problem: str`the shared volume and the data volume would both be mounted at ${mountPath}`,
    fix: 'write another path',
  });
  chart.require({
    path: `${path}.walDir`,
    holds: implies(isShared, not(isBelow(storage.walDir, storage.cloudRoot))),
    problem: str`"${storage.walDir}" is on the shared volume, where the brokers would mix their logs`,
    fix: 'write a path on the data volume',
  });
}
