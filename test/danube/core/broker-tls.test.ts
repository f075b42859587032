import { App } from 'cdk8s';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplate } from '../../objects/pod-template';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

function objectsOf(tls: object, recovers = true) {
  const broker = {
    tls: { enabled: true, ...tls },
    config: { auth: { mode: 'tls' } },
    recovery: { enabled: recovers },
  };
  return decoded(chart, { values: { broker }, releaseName: 'r', namespace: 'shop' });
}

function brokerOf(tls: object, recovers = true) {
  const objects = objectsOf(tls, recovers);
  const workload = objects.find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'r-danube-broker',
  );
  const spec = workload === undefined ? undefined : findPodTemplate(workload)?.spec;
  if (spec === undefined) {
    throw new Error('there are no brokers');
  }
  return { spec, container: spec.containers[0] };
}

function certificatesOf(tls: object) {
  return objectsOf(tls).filter(({ kind }) => kind === 'Certificate');
}

test('cert-manager issues a certificate for every name that clients are sent to', () => {
  const certManager = {
    enabled: true,
    issuerRef: { name: 'danube-ca', kind: 'ClusterIssuer' },
    duration: '240h',
    renewBefore: '80h',
    extraDnsNames: ['*.danube.example.com'],
    privateKey: { algorithm: 'RSA', size: 2048, rotationPolicy: 'Never' },
  };
  const [certificate] = certificatesOf({ certManager });
  expect(certificate).toMatchObject({
    apiVersion: 'cert-manager.io/v1',
    metadata: { name: 'r-danube-broker' },
  });
  expect(certificate.spec).toEqual({
    secretName: 'r-danube-broker-tls',
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'danube-ca' },
    duration: '240h',
    renewBefore: '80h',
    dnsNames: [
      '*.r-danube-broker-headless.shop.svc.cluster.local',
      'r-danube-broker.shop.svc.cluster.local',
      'r-danube-broker.shop.svc',
      'r-danube-broker.shop',
      'r-danube-broker',
      '*.danube.example.com',
    ],
    privateKey: { algorithm: 'RSA', size: 2048, rotationPolicy: 'Never' },
    usages: ['digital signature', 'key encipherment', 'server auth'],
  });
});

test('the brokers mount the Secret that cert-manager writes', () => {
  const secretOf = (tls: object) =>
    brokerOf(tls).spec.volumes?.find(({ name }) => name === 'tls')?.secret;
  const certManager = { enabled: true, issuerRef: { name: 'ca' } };
  expect(secretOf({ certManager })).toEqual({
    secretName: 'r-danube-broker-tls',
    defaultMode: 0o440,
  });
  expect(secretOf({ certManager, secretName: 'own' })?.secretName).toBe('own');
  expect(certificatesOf({ certManager, secretName: 'own' })[0].spec).toMatchObject({
    secretName: 'own',
  });
  expect(secretOf({ secretName: 'own' })?.secretName).toBe('own');
  expect(certificatesOf({ secretName: 'own' })).toEqual([]);
});

test('a broker notes its certificate before it starts, unless that is switched off', () => {
  const { spec, container } = brokerOf({ secretName: 'own' });
  expect(container.command?.at(-1)).toBe('/usr/local/bin/danube-broker');
  expect(container.livenessProbe?.tcpSocket).toBeUndefined();
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'CLIENT_PORT', value: '6650' },
      { name: 'CERTIFICATE_STAGGER', value: '180' },
    ]),
  );
  expect(spec.volumes).toContainEqual({ name: 'started', emptyDir: { sizeLimit: '1Mi' } });

  const off = brokerOf({ secretName: 'own', restartOnChange: { enabled: false } }, false);
  expect(off.container.command).toBeUndefined();
  expect(off.container.livenessProbe?.tcpSocket).toEqual({ port: 'client' });
  expect(off.spec.volumes?.map(({ name }) => name)).not.toContain('started');
});

describe('the scripts', () => {
  const { container } = brokerOf({ secretName: 'own' });
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
  const mounted = join(directory, 'tls');
  const started = join(directory, 'started');
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    mkdirSync(mounted);
    mkdirSync(started);
    // The probe asks from another process, which this one answers only while it waits.
    server = createServer((socket) => socket.destroy());
    port = await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  function run(command: readonly string[], env: object = {}) {
    const [program, ...words] = command.map((word) =>
      word
        .replaceAll('/etc/danube/tls', mounted)
        .replaceAll('/run/danube-started', started)
        .replaceAll('/usr/local/bin/danube-broker', '/bin/echo'),
    );
    const { status, stdout, stderr } = spawnSync(program, words, {
      encoding: 'utf8',
      // Not a socket: bash would read ~/.bashrc, as if for a remote shell.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', ...env },
    });
    return { status, said: stdout + stderr };
  }

  function start() {
    return run([...(container.command ?? []), '--config-file', 'a b']);
  }

  function alive(ordinal: number, env: object = {}) {
    return run(container.livenessProbe?.exec?.command ?? [], {
      POD_NAME: `r-danube-broker-${String(ordinal)}`,
      CLIENT_PORT: String(port),
      CERTIFICATE_STAGGER: '180',
      ...env,
    });
  }

  function write(file: string, text: string, secondsAgo: number) {
    const path = join(mounted, file);
    const then = Date.now() / 1000 - secondsAgo;
    writeFileSync(path, text);
    utimesSync(path, then, then);
  }

  const CHANGED = 'the certificate is not the one that this broker started with\n';

  test('a broker starts with its arguments, and is restarted once when its turn comes', () => {
    write('tls.crt', 'first certificate', 1000);
    write('tls.key', 'first key', 1000);
    expect(start()).toEqual({ status: 0, said: '--config-file a b\n' });
    expect(alive(0)).toEqual({ status: 0, said: '' });

    // Written again with the same content, as kubelet does for any change of the Secret.
    write('tls.crt', 'first certificate', 0);
    expect(alive(0).status).toBe(0);

    write('tls.crt', 'second certificate', 200);
    write('tls.key', 'second key', 200);
    expect(alive(0)).toEqual({ status: 1, said: CHANGED });
    expect(alive(1)).toEqual({ status: 1, said: CHANGED });
    expect(alive(2)).toEqual({ status: 0, said: '' });
    expect(alive(10)).toEqual({ status: 0, said: '' });
    expect(alive(2, { CERTIFICATE_STAGGER: '120' }).status).toBe(0);
    expect(alive(2, { CERTIFICATE_STAGGER: '90' }).status).toBe(1);

    start();
    expect(alive(0)).toEqual({ status: 0, said: '' });
  });

  test('a new key alone counts too', () => {
    write('tls.key', 'third key', 0);
    expect(alive(0)).toEqual({ status: 1, said: CHANGED });
    start();
    expect(alive(0).status).toBe(0);
  });

  test('a broker whose client port is closed is not alive', () => {
    const { status, said } = alive(0, { CLIENT_PORT: '1' });
    expect(status).toBe(1);
    expect(said).toBe('nothing answers at the client port, 1\n');
  });

  test('without a certificate a broker does not start', () => {
    rmSync(join(mounted, 'tls.crt'));
    expect(start().status).not.toBe(0);
    // One that runs is left alone: it could not start again.
    expect(alive(0).status).toBe(0);
  });
});
