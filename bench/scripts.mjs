// The scripts of our charts and their dashboard, for the charts that are written by hand: templates
// are compared, and not shell.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App } = require('cdk8s');
const { OWN_CHARTS } = require('../lib/cli/own-charts.js');

/** Values with which our chart has all of the scripts, where its example is not enough. */
const VALUES = {
  'danube-core': [
    {
      broker: {
        externalAccess: { type: 'NodePort', discovery: { enabled: true } },
        tls: { enabled: true, secretName: 'tls' },
        config: { auth: { mode: 'tls' } },
      },
      etcd: {
        replicaCount: 3,
        snapshots: { enabled: true },
        defrag: { enabled: true },
      },
      grafanaDashboard: { enabled: true },
      networkPolicy: { externalClients: ['10.0.0.0/8'] },
    },
    { etcd: { snapshots: { enabled: true, destination: 's3', s3: { bucket: 'snapshots' } } } },
  ],
};

/** Files by name, with some words that only their text has. */
const FILES = {
  'danube-admin': { 'wait-for-broker.sh': 'BROKER_ENDPOINT' },
  'danube-connector-qdrant': {
    'connections.sh': 'port to listen on',
    'wait-for-topics.sh': 'export RUST_BACKTRACE',
  },
  'danube-core': {
    'discover-address.sh': 'case $DISCOVER in',
    'wait-for-etcd.sh': 'until healthy',
    'note-certificate.sh': '>/run/danube-started/certificate',
    'advertise.sh': 'address=$DANUBE_ADVERTISED_ADDRESS',
    'broker-liveness.sh': 'serves_the_cluster',
    'check-peers.sh': '$LISTENS_ON',
    'etcd-member-check.sh': '$INITIAL_CLUSTER_STATE',
    'etcd-defrag.sh': '/v3/maintenance/defragment',
    'keep-on-claim.sh': 'mv incoming.db',
    'keep-in-s3.sh': 'aws s3 cp',
    'test-messages.sh': 'danube-cli produce',
    'test-prometheus.sh': 'promtool query',
    'danube.json': '"panels"',
  },
};

/** The texts of several lines in an object. */
function textsIn(value) {
  if (typeof value === 'string') {
    return value.trim().includes('\n') ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Texts by the names of their files. @throws when our chart has no such text any more. */
export function scriptsOf(name) {
  const { make, example = {} } = OWN_CHARTS.find((chart) => chart.name === name);
  const chart = make(new App());
  const texts = (VALUES[name] ?? [example]).flatMap((values) =>
    textsIn(chart.manifests({ values })),
  );
  return Object.fromEntries(
    Object.entries(FILES[name]).map(([file, words]) => {
      const found = texts.find((text) => text.includes(words));
      if (found === undefined) {
        throw new Error(`${name} has no text with '${words}' for ${file}`);
      }
      return [file, found];
    }),
  );
}
