import type { NamedSet } from './leaves';

const listeners = [
  { name: 'a', port: 1, secure: true, note: 'n', weight: 0, tags: ['x', 'y'] },
  { name: 'b', port: 2 },
];

/** Values of the sample chart that between them take every branch. */
export const sampleSets: readonly NamedSet[] = [
  { name: 'defaults', set: { values: {} } },
  {
    name: 'everything on',
    set: {
      releaseName: '1e3',
      namespace: 'messaging',
      values: {
        replicaCount: 3,
        image: { repository: 'nginx', tag: 'n1.2' },
        podLabels: { tier: 'theirs', zone: 'a' },
        ingress: { enabled: true, tls: true, hosts: [{ host: 'h', paths: ['/a', '/b'] }] },
        readOnly: true,
        runAsUser: 0,
        limit: { soft: 0 },
        config: {
          text: 'aé "q" <b>& e: e 漢\\',
          big: 2_000_000,
          ratio: 250_000_000,
          verbose: true,
          level: 'no',
          listeners,
          words: ['yes', 'a'],
          env: { z: '0', y: 'é', '🎉': 'true', '！': '1e3' },
          properties: { one: '1', two: '2' },
          extra: { deep: [{ on: null, no: 'yes' }] },
          timeout: 0,
          comment: 'c',
        },
      },
    },
  },
  {
    name: 'mixed',
    set: {
      releaseName: `${'x'.repeat(38)}-y`,
      values: {
        ingress: { enabled: true, hosts: [{ host: 'h', paths: [] }] },
        config: { verbose: true, words: [], big: 0, env: { y: '1', z: '2' }, comment: '' },
      },
    },
  },
  {
    name: 'TLS without more output',
    set: { values: { ingress: { tls: true }, config: { env: { y: 'theirs' } } } },
  },
];
