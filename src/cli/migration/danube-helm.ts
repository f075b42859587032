import { same, tagLike, without, type MigrationRule } from './migrated-values';

const CLUSTER_IP = 'Services in the cluster are of type ClusterIP';
const NO_PROXY =
  'brokers 0.7 cannot be reached through one address for all: see broker.externalAccess';
const TAG = 'only v0.7.2 is carried over, for which the chart is made';

function image(path: string, tags: RegExp, otherwise: string): readonly MigrationRule[] {
  return [
    ...same(`${path}.repository`, `${path}.pullPolicy`),
    { from: `${path}.tag`, to: `${path}.tag`, value: tagLike(tags), otherwise },
  ];
}

/** The values of danube-core 0.2.0 and 0.3.0 of danube_helm. */
export const DANUBE_HELM_CORE: readonly MigrationRule[] = [
  ...same('nameOverride', 'fullnameOverride', 'global.clusterName', 'broker.replicaCount'),
  ...image('broker.image', /^v0\.7\.2$/, TAG),
  ...same('broker.ports.client', 'broker.ports.admin', 'broker.ports.prometheus'),
  ...without('brokers 0.7 know no Raft', 'broker.ports.raft'),
  ...without(`${CLUSTER_IP}; see broker.externalAccess`, 'broker.service.type'),
  ...same('broker.externalAccess.type'),
  ...without('broker.externalAccess.type says it', 'broker.externalAccess.enabled'),
  ...without(
    'its placeholders are others: write {podName}, {ordinal}, {nodePort} and so on',
    'broker.externalAccess.advertisedAddrTemplate',
  ),
  ...without('it is part of the address', 'broker.externalAccess.advertisedPort'),
  {
    from: 'broker.externalAccess.nodePort',
    to: 'broker.externalAccess.nodePortBase',
    value: (port) => port ?? undefined,
    because: 'it is the port of broker 0; each other broker has the next one',
    otherwise: 'there was none',
  },
  ...without(NO_PROXY, 'broker.externalAccess.connectUrl'),
  ...same('broker.env', 'broker.resources', 'broker.persistence', 'broker.hpa'),
  ...same('broker.tls.enabled'),
  {
    from: 'broker.tls.secretName',
    to: 'broker.tls.secretName',
    because: 'the Secret needs the keys tls.crt and tls.key',
  },
  ...without('the chart decides where it is mounted', 'broker.tls.mountPath'),
  ...without(
    'the file becomes values: give it with --config',
    ...['broker.config.existingConfigMap', 'broker.config.fileName'],
  ),
  ...same('etcd.replicaCount', 'etcd.image', 'etcd.service', 'etcd.cluster'),
  ...same('etcd.persistence', 'etcd.resources', 'etcd.auth.enabled'),
  ...same('prometheus.enabled', 'prometheus.image', 'prometheus.serviceAccount'),
  ...without('Prometheus always has the Role that it needs', 'prometheus.rbac.create'),
  ...same('prometheus.service', 'prometheus.scrapeInterval', 'prometheus.resources'),
  ...same('prometheus.serviceMonitor'),
];

/** The values of danube-ui of danube_helm, whose counterpart is danube-admin. */
export const DANUBE_HELM_UI: readonly MigrationRule[] = [
  ...same('nameOverride', 'fullnameOverride'),
  ...image('admin.image', /^v0\.7\.2$/, TAG),
  ...without(CLUSTER_IP, 'admin.service.type'),
  ...same('admin.service.port'),
  ...without(
    'brokers and Prometheus are found by core.releaseName: set it',
    ...['admin.config.brokerEndpoint', 'admin.config.prometheusUrl'],
  ),
  ...same('admin.config.requestTimeoutMs', 'admin.config.cacheTtlMs', 'admin.resources'),
  ...without('pages and API have one address', 'admin.config.corsAllowOrigin'),
  { from: 'ui.enabled', to: 'adminUI.enabled' },
  ...image('ui.image', /^v\d/, 'a version is carried over, latest is not').map((rule) => ({
    ...rule,
    to: rule.from.replace(/^ui/, 'adminUI'),
  })),
  ...without(`${CLUSTER_IP}; see adminUI.ingress`, 'ui.service.type', 'ui.service.nodePort'),
  { from: 'ui.service.port', to: 'adminUI.service.port' },
  { from: 'ui.resources', to: 'adminUI.resources' },
];

/** The values of danube-envoy of danube_helm, which has no counterpart. */
export const DANUBE_HELM_ENVOY: readonly MigrationRule[] = without(
  NO_PROXY,
  ...['nameOverride', 'fullnameOverride', 'replicaCount', 'existingConfigMap', 'image', 'service'],
  ...['brokerHeadlessAddress', 'brokerPort', 'resources'],
);
