import { without, tagLike, type MigrationRule } from './migrated-values';

const NAMES = 'names follow the release';
const CLUSTER_IP = 'Services in the cluster are of type ClusterIP; see broker.externalAccess';
const PER_BROKER =
  'each broker needs an address of its own: set broker.externalAccess.type=Ingress and ' +
  'advertisedAddrTemplate, such as broker-{ordinal}.example.com:443';

/** The values of the chart danube_with_etcd, which went before danube_helm. */
export const DANUBE_WITH_ETCD: readonly MigrationRule[] = [
  ...without('the chart did not read it', 'replicaCount', 'etcd.enabled'),
  ...without(PER_BROKER, 'ingress.enabled'),
  { from: 'ingress.className', to: 'ingress.className' },
  ...without('the certificate is named in ingress.tls, once for all brokers', 'ingress.tls'),
  ...without(NAMES, 'etcd.name', 'broker.name'),
  { from: 'etcd.replicaCount', to: 'etcd.replicaCount' },
  ...without(
    'the chart is made for quay.io/coreos/etcd v3.5.9, whose settings differ',
    ...['etcd.image.repository', 'etcd.image.tag'],
  ),
  { from: 'etcd.image.pullPolicy', to: 'etcd.image.pullPolicy' },
  ...without(CLUSTER_IP, 'etcd.service.type', 'broker.service.type'),
  { from: 'etcd.service.port', to: 'etcd.service.port' },
  ...without(
    'the admin port knows no users, so it is not published; see mcpAccess',
    'broker.adminHost',
  ),
  {
    from: 'broker.instances',
    to: 'broker.replicaCount',
    value: (list) => (Array.isArray(list) && list.length > 0 ? list.length : undefined),
    because: `their number; ${PER_BROKER}`,
  },
  { from: 'broker.image.repository', to: 'broker.image.repository' },
  {
    from: 'broker.image.tag',
    to: 'broker.image.tag',
    value: tagLike(/^v0\.7\.2$/),
    otherwise: 'only v0.7.2 is carried over, for which the chart is made',
  },
  { from: 'broker.image.pullPolicy', to: 'broker.image.pullPolicy' },
  { from: 'broker.service.brokerPort', to: 'broker.ports.client' },
  { from: 'broker.service.adminPort', to: 'broker.ports.admin' },
  { from: 'broker.service.promPort', to: 'broker.ports.prometheus' },
  ...without(PER_BROKER, 'broker.service.advertisedPort'),
  { from: 'broker.resources', to: 'broker.resources' },
  { from: 'broker.env.RUST_LOG', to: 'broker.env.RUST_LOG' },
];

/** Where the values hold a whole danube_broker.yml. */
export const CONFIG_FILE = 'brokerConfig.configFile';
