/** Names of the components, as labels and containers have them. */
export const BROKER = 'broker';
export const ETCD = 'etcd';
export const PROMETHEUS = 'prometheus';
export const TEST = 'test';
export const ETCD_MEMBER_CHECK = 'etcd-member-check';
export const ETCD_SNAPSHOT = 'etcd-snapshot';
export const ETCD_DEFRAG = 'etcd-defrag';
