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
      values: {
        image: { tag: '1.2' },
        ingress: { enabled: true, tls: true, hosts: [{ host: 'h', paths: ['/a', '/b'] }] },
        readOnly: true,
        config: { verbose: true, listeners, comment: 'c', timeout: 0, text: 't', env: { y: '1' } },
      },
    },
  },
  {
    name: 'mixed',
    set: {
      values: {
        ingress: { enabled: true, hosts: [{ host: 'h', paths: [] }] },
        config: { verbose: true, words: [], env: { y: '1', z: '2' } },
      },
    },
  },
  { name: 'TLS without more output', set: { values: { ingress: { tls: true } } } },
];
