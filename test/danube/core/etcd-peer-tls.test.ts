import { App } from 'cdk8s';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplate } from '../../objects/pod-template';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

function objectsOf(peerTLS: object, replicaCount = 3) {
  const values = { etcd: { replicaCount, peerTLS } };
  return decoded(chart, { values, releaseName: 'r', namespace: 'shop' });
}

function podOf(peerTLS: object, replicaCount?: number) {
  const workload = objectsOf(peerTLS, replicaCount).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'r-etcd',
  );
  const spec = workload === undefined ? undefined : findPodTemplate(workload)?.spec;
  if (spec === undefined) {
    throw new Error('there is no etcd');
  }
  return spec;
}

test('cert-manager issues one certificate that names every member, for both ends', () => {
  const certManager = { enabled: true, issuerRef: { name: 'ca' } };
  const [certificate] = objectsOf({ mode: 'only', certManager }).filter(
    ({ kind }) => kind === 'Certificate',
  );
  expect(certificate.metadata.name).toBe('r-etcd-peer');
  expect(certificate.spec).toEqual({
    secretName: 'r-etcd-peer-tls',
    issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'ca' },
    duration: '2160h',
    renewBefore: '720h',
    dnsNames: [0, 1, 2, 3, 4].map(
      (ordinal) => `r-etcd-${String(ordinal)}.r-etcd-headless.shop.svc.cluster.local`,
    ),
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    usages: ['digital signature', 'key encipherment', 'server auth', 'client auth'],
  });
  expect(podOf({ mode: 'only', certManager }).volumes).toContainEqual({
    name: 'peer-tls',
    secret: { secretName: 'r-etcd-peer-tls', defaultMode: 0o440 },
  });
});

test('on the way to TLS members listen for both, and new ones are known by TLS', () => {
  const spec = podOf({ mode: 'both', secretName: 'peers' });
  const [{ args, ports }] = spec.containers;
  expect(args).toContain('--listen-peer-urls=http://0.0.0.0:2380,https://0.0.0.0:2382');
  expect(args).toContain(
    '--initial-advertise-peer-urls=https://$(POD_NAME).r-etcd-headless.shop.svc.cluster.local:2382',
  );
  expect(ports?.map(({ name }) => name)).toEqual(['client', 'peer', 'peer-tls', 'metrics']);
});

test('the notes say how the members go over to TLS, while they listen for both', () => {
  const notesOf = (mode: 'both' | 'only') =>
    chart.renderNotes({
      values: { etcd: { replicaCount: 3, peerTLS: { mode, secretName: 'peers' } } },
      releaseName: 'r',
      namespace: 'shop',
    });
  expect(notesOf('both')).toContain(
    'member update "$id" --peer-urls="https://$pod.r-etcd-headless.shop.svc.cluster.local:2382"',
  );
  expect(notesOf('only')).not.toContain('member update');
});

test('a single member has nobody to ask', () => {
  expect(podOf({}, 1).initContainers).toBeUndefined();
});

describe('the check before a member starts', () => {
  /** Runs it against an etcd that knows r-etcd-2 by these addresses. */
  async function check(mode: string, known: readonly string[], isThere = true) {
    const [container] = podOf({ mode, secretName: 'peers' }).initContainers ?? [];
    const members = [
      { ID: '1', name: 'r-etcd-1', peerURLs: ['http://other:1'], clientURLs: [] },
      { ID: '2', name: 'r-etcd-2', peerURLs: known, clientURLs: ['http://r-etcd-2:2379'] },
    ];
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`);
      response.end(JSON.stringify({ header: { revision: '1' }, members }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const given: Record<string, string> = {};
    for (const { name, value } of container.env ?? []) {
      given[name] = value ?? '';
    }
    const [program, ...words] = container.command ?? [];
    const script = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/bin:/bin',
        ...given,
        POD_NAME: 'r-etcd-2',
        ETCD_HOST: '127.0.0.1',
        ETCD_PORT: isThere ? String(port) : '1',
      },
    });
    let said = '';
    script.stdout.on('data', (data: Buffer) => {
      said += data.toString();
    });
    const status = await new Promise((resolve) => script.once('close', resolve));
    server.close();
    return { status, said, asked };
  }

  const PLAIN = 'http://r-etcd-2.r-etcd-headless.shop.svc.cluster.local:2380';
  const TLS = 'https://r-etcd-2.r-etcd-headless.shop.svc.cluster.local:2382';

  test.each([
    ['off', [PLAIN], 0],
    ['both', [PLAIN], 0],
    ['both', [TLS], 0],
    ['only', [TLS], 0],
    ['only', [PLAIN], 1],
    ['off', [TLS], 1],
    ['only', [TLS, PLAIN], 1],
    ['both', ['http://r-etcd-2.r-etcd-headless.shop.svc.cluster.local:2999'], 1],
  ])('with mode %s and a member known as %s it ends with %s', async (mode, known, expected) => {
    const { status, said, asked } = await check(mode, known);
    expect(asked).toEqual(['POST /v3/cluster/member/list']);
    expect(status).toBe(expected);
    expect(said).toContain(
      expected === 0 ? 'the other members know r-etcd-2 as' : 'and it would listen on',
    );
  });

  test('a first start, when nobody answers, goes on', async () => {
    const { status, said } = await check('only', [], false);
    expect(said).toBe('no member answers that knows r-etcd-2\n');
    expect(status).toBe(0);
  });
});
