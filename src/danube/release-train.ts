/** An image as a repository and a tag. */
export interface ImagePin {
  readonly repository: string;
  readonly tag: string;
}

/** A connector that exists in several versions, which differ in their configuration. */
export interface ConnectorPin extends ImagePin {
  /** What the image of `tag` understands. */
  readonly configVersion: '0.2' | '0.3';
  /** The newest tag of each. */
  readonly tags: Readonly<Record<'0.2' | '0.3', string>>;
}

export interface ConnectorPins {
  readonly qdrant: ConnectorPin;
  readonly deltalake: ConnectorPin;
  readonly surrealdb: ConnectorPin;
  readonly webhook: ConnectorPin;
  readonly mqtt: ConnectorPin;
}

/** Versions of the parts of Danube that work together. */
export interface ReleaseTrain {
  readonly name: string;
  readonly broker: ImagePin;
  readonly cli: ImagePin;
  readonly admin: ImagePin;
  readonly adminUI: ImagePin;
  readonly etcd: ImagePin;
  readonly prometheus: ImagePin;
  readonly connectors: ConnectorPins;
}

const GHCR = 'ghcr.io/danube-messaging';

/** Clients of connectors 0.3 cannot talk to brokers 0.7 (facts on connectors, 1.2). */
function connector(name: string, tag: string): ConnectorPin {
  const tags = { '0.2': tag, '0.3': 'v0.3.0' };
  return { repository: `${GHCR}/danube-${name}`, tag, configVersion: '0.2', tags };
}

/**
 * The train that the charts deploy by default: the last one with etcd as its metadata store. Later
 * brokers (0.8 to 0.15) use embedded Raft and cannot restart reliably, so they are not offered.
 */
export const TRAIN_0_7: ReleaseTrain = {
  name: '0.7',
  cli: { repository: `${GHCR}/danube-cli`, tag: 'v0.7.2' },
  broker: { repository: `${GHCR}/danube-broker`, tag: 'v0.7.2' },
  admin: { repository: `${GHCR}/danube-admin`, tag: 'v0.7.2' },
  adminUI: { repository: `${GHCR}/danube-admin-ui`, tag: 'v0.3.0' },
  etcd: { repository: 'quay.io/coreos/etcd', tag: 'v3.5.9' },
  prometheus: { repository: 'prom/prometheus', tag: 'v2.53.0' },
  connectors: {
    qdrant: connector('sink-qdrant', 'v0.2.1'),
    deltalake: connector('sink-deltalake', 'v0.2.1'),
    surrealdb: connector('sink-surrealdb', 'v0.2.1'),
    webhook: connector('source-webhook', 'v0.2.0'),
    mqtt: connector('source-mqtt', 'v0.2.0'),
  },
};
