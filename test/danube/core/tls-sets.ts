type Values = Record<string, unknown>;
type Get = (path: string) => unknown;
type Change = (path: string, value: unknown) => void;

const issued = { enabled: true, issuerRef: { name: 'danube-ca' } };

/** Values of brokers that speak TLS with the certificate that the rest describes. */
function brokerTls(tls: Values): Values {
  return { broker: { tls: { enabled: true, ...tls }, config: { auth: { mode: 'tls' } } } };
}

/** Values of three members that speak TLS with the certificate that the rest describes. */
function peerTls(tls: Values, service: Values = {}): Values {
  return { etcd: { replicaCount: 3, peerTLS: { mode: 'only', ...tls }, service } };
}

/** Sets that use every part of the certificates. */
export const TLS_SETS: readonly (readonly [string, Values])[] = [
  ['tls', brokerTls({ secretName: 'broker-tls' })],
  ['tls of cert-manager', brokerTls({ certManager: issued })],
  [
    'tls of cert-manager into a Secret by name',
    brokerTls({
      secretName: 'broker-tls',
      certManager: {
        ...issued,
        issuerRef: { name: 'ca', kind: 'ClusterIssuer' },
        extraDnsNames: ['*.danube.example.com'],
        ipAddresses: ['203.0.113.7'],
        privateKey: { algorithm: 'RSA', size: 4096, rotationPolicy: 'Never' },
      },
    }),
  ],
  [
    'tls without restarts',
    brokerTls({ secretName: 'broker-tls', restartOnChange: { enabled: false } }),
  ],
  ['tls between members', peerTls({ secretName: 'peers' })],
  ['members on the way to tls', peerTls({ mode: 'both', certManager: issued })],
  [
    'tls between members of cert-manager',
    peerTls({
      certManager: { ...issued, extraDnsNames: ['etcd.test'], ipAddresses: ['203.0.113.7'] },
    }),
  ],
];

/** One set for each rule of the certificates that breaks it. */
export const REFUSED_TLS_VALUES: readonly (readonly [string, Values])[] = [
  ['broker.tls.enabled', { broker: { config: { auth: { mode: 'tls' } } } }],
  ['broker.config.auth.mode', { broker: { tls: { enabled: true, secretName: 'a' } } }],
  ['broker.tls.secretName', brokerTls({})],
  ['broker.tls.certManager.enabled', { broker: { tls: { certManager: issued } } }],
  ['broker.tls.certManager.issuerRef.name', brokerTls({ certManager: { enabled: true } })],
  [
    'broker.tls.certManager.privateKey.size',
    brokerTls({ certManager: { ...issued, privateKey: { size: 2048 } } }),
  ],
  [
    'broker.tls.certManager.privateKey.size',
    brokerTls({ certManager: { ...issued, privateKey: { algorithm: 'RSA' } } }),
  ],
  ['etcd.peerTLS.secretName', peerTls({})],
  ['etcd.peerTLS.certManager.enabled', peerTls({ mode: 'off', certManager: issued })],
  ['etcd.peerTLS.certManager.issuerRef.name', peerTls({ certManager: { enabled: true } })],
  [
    'etcd.peerTLS.certManager.privateKey.size',
    peerTls({ certManager: { ...issued, privateKey: { size: 3072 } } }),
  ],
  [
    'etcd.peerTLS.certManager.privateKey.size',
    peerTls({ certManager: { ...issued, privateKey: { algorithm: 'RSA', size: 384 } } }),
  ],
  ['etcd.peerTLS.port', peerTls({ secretName: 'a', port: 2379 })],
  ['etcd.peerTLS.port', peerTls({ secretName: 'a', port: 2380 })],
  ['etcd.peerTLS.port', peerTls({ secretName: 'a', port: 2381 })],
  ['broker.tls.verifyClient', { broker: { tls: { verifyClient: true } } }],
];

/** Changes random values of certificates as little as the rules demand. */
export function keepingTlsRules(get: Get, change: Change): void {
  const speaksTls = get('broker.config.auth.mode') === 'tls';
  change('broker.tls.enabled', speaksTls);
  change('broker.tls.verifyClient', false);
  if (!speaksTls) {
    change('broker.tls.certManager.enabled', false);
  } else if (!get('broker.tls.secretName') && get('broker.tls.certManager.enabled') !== true) {
    change('broker.tls.secretName', 'broker-tls');
  }
  keepingCertificateRules('broker.tls.certManager', get, change);
  const speaksPeerTls = ['both', 'only'].includes(String(get('etcd.peerTLS.mode')));
  if (!speaksPeerTls) {
    change('etcd.peerTLS.certManager.enabled', false);
  } else if (!get('etcd.peerTLS.secretName') && get('etcd.peerTLS.certManager.enabled') !== true) {
    change('etcd.peerTLS.secretName', 'peers');
  }
  change('etcd.peerTLS.port', 29999);
  keepingCertificateRules('etcd.peerTLS.certManager', get, change);
}

function keepingCertificateRules(path: string, get: Get, change: Change): void {
  if (!get(`${path}.issuerRef.name`)) {
    change(`${path}.issuerRef.name`, 'ca');
  }
  const isRsa = get(`${path}.privateKey.algorithm`) === 'RSA';
  change(`${path}.privateKey.size`, isRsa ? 3072 : 384);
}
