/** An image as a repository and a tag. */
export interface ImagePin {
  readonly repository: string;
  readonly tag: string;
}

/** Versions of the parts of Danube that work together. */
export interface ReleaseTrain {
  readonly name: string;
  readonly broker: ImagePin;
  readonly admin: ImagePin;
  readonly adminUI: ImagePin;
  readonly etcd: ImagePin;
  readonly prometheus: ImagePin;
}

const GHCR = 'ghcr.io/danube-messaging';

/**
 * The train that the charts deploy by default: the last one with etcd as its metadata store. Later
 * brokers (0.8 to 0.15) use embedded Raft and cannot restart reliably, so they are not offered.
 */
export const TRAIN_0_7: ReleaseTrain = {
  name: '0.7',
  broker: { repository: `${GHCR}/danube-broker`, tag: 'v0.7.2' },
  admin: { repository: `${GHCR}/danube-admin`, tag: 'v0.7.2' },
  adminUI: { repository: `${GHCR}/danube-admin-ui`, tag: 'v0.3.0' },
  etcd: { repository: 'quay.io/coreos/etcd', tag: 'v3.5.9' },
  prometheus: { repository: 'prom/prometheus', tag: 'v2.53.0' },
};
