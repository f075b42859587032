/** Names of the components, as labels and containers have them. */
export const BROKER = 'broker';
export const ETCD = 'etcd';
export const PROMETHEUS = 'prometheus';
export const TEST = 'test';
