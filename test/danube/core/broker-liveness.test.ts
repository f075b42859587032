import { App } from 'cdk8s';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplates } from '../../objects/pod-template';
import { decoded } from './decoded';
import { FakeEtcd } from './fake-etcd';
import { inOwnProcesses, runScript, type ScriptRun } from './run-script';

const chart = new DanubeCoreChart(new App(), 'danube-core');
const ADDRESS = 'r-danube-broker-1.r-danube-broker-headless.default.svc.cluster.local:6650';
const RANGE = '/v3/kv/range';
const TIME_TO_LIVE = '/v3/lease/timetolive';
const isolated = inOwnProcesses();

function brokerContainer(values: Record<string, unknown>) {
  const pods = findPodTemplates([...decoded(chart, { values, releaseName: 'r' })]);
  const containers = pods.flatMap(({ spec }) => spec.containers);
  return containers.find(({ name }) => name === 'broker');
}

const script = brokerContainer({})?.livenessProbe?.exec?.command?.at(-1) ?? '';

/** Holds a connection to etcd, and makes a new one when it is told to. */
const broker = `
  exec >&- 2>&-
  connect() { exec 3<>"/dev/tcp/$ETCD_HOST/$ETCD_PORT"; }
  trap 'exec 3>&-; connect' USR1
  connect
  while :; do sleep 0.1; done`;

interface Registration {
  readonly address: string;
  readonly lease: string;
}

function registration({ address, lease }: Registration): object {
  const text = JSON.stringify({ admin_addr: 'http://0.0.0.0:50051', advertised_addr: address });
  return {
    key: Buffer.from('/cluster/register/1').toString('base64'),
    create_revision: '4',
    mod_revision: '4',
    version: '1',
    value: Buffer.from(text).toString('base64'),
    lease,
  };
}

describe('the liveness probe of a broker, run with a stand-in for etcd', () => {
  let etcd: FakeEtcd;
  let client: Server;
  let env: Record<string, string>;

  beforeEach(async () => {
    etcd = new FakeEtcd();
    client = createServer((socket) => socket.destroy());
    const clientPort = await new Promise<number>((resolve) => {
      client.listen(0, '127.0.0.1', () => {
        const address = client.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    env = {
      CLIENT_PORT: String(clientPort),
      ETCD_HOST: '127.0.0.1',
      ETCD_PORT: String(await etcd.listen()),
      RECOVERY_DIRECTORY: mkdtempSync(join(tmpdir(), 'recovery-')),
    };
  });

  afterEach(async () => {
    client.close();
    await etcd.close();
    rmSync(env.RECOVERY_DIRECTORY, { recursive: true, force: true });
  });

  /** What etcd knows: registrations, the newest first, and the seconds that their leases have. */
  function etcdKnows(registrations: readonly Registration[], seconds: object = {}): void {
    const left = new Map<unknown, number>(Object.entries(seconds));
    const header = { cluster_id: '1', member_id: '2', revision: '16', raft_term: '2' };
    etcd.answers.set(RANGE, () => ({ header, kvs: registrations.map(registration), count: '1' }));
    etcd.answers.set(TIME_TO_LIVE, ({ ID }) => ({
      header,
      ID,
      TTL: String(left.get(ID) ?? -1),
      grantedTTL: '32',
    }));
  }

  /**
   * Runs the probe beside a process that was started as a broker is and is connected to etcd. Its
   * last run counts; between two of them the process is told to do something.
   */
  function probe(between: 'connect again' | 'start again' | '' = ''): Promise<ScriptRun> {
    const again = { 'connect again': 'kill -USR1 $!', 'start again': 'kill $!; start', '': '' };
    const beside = `
      start() {
        (exec -a /usr/local/bin/danube-broker bash -c "$BROKER" --advertised-addr ${ADDRESS}) &
        sleep 0.3
      }
      start
      ${between === '' ? '' : 'bash -c "$SCRIPT"'}
      ${again[between]}
      sleep 0.3
      bash -c "$SCRIPT"
      status=$?
      kill $!
      exit $status`;
    return runScript(beside, { ...env, SCRIPT: script, BROKER: broker }, isolated);
  }

  test('passes while the registration is renewed', async () => {
    etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: 22 });
    expect(await probe()).toEqual({ status: 0, said: '' });
    expect(etcd.calls[0]).toEqual([
      RANGE,
      {
        key: Buffer.from('/cluster/register/').toString('base64'),
        range_end: Buffer.from('/cluster/register0').toString('base64'),
        sort_order: 'DESCEND',
        sort_target: 'CREATE',
      },
    ]);
  });

  test('fails when the registration is gone, whoever else is registered', async () => {
    etcdKnows([{ address: ADDRESS.replace('-1.', '-11.'), lease: '8' }], { 8: 30 });
    expect(await probe()).toEqual({
      status: 1,
      said: `etcd is healthy, but ${ADDRESS} is not registered any more\n`,
    });
  });

  test.each([17, 1, -1])('fails when it runs out unrenewed: %i seconds', async (seconds) => {
    etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: seconds });
    expect(await probe()).toEqual({
      status: 1,
      said: `etcd is healthy, but ${ADDRESS} is not registered any more\n`,
    });
  });

  test('looks at the newest registration only, not at that of the process before', async () => {
    const both = [
      { address: ADDRESS, lease: '9' },
      { address: ADDRESS, lease: '7' },
    ];
    etcdKnows(both, { 9: 30, 7: 3 });
    expect(await probe()).toMatchObject({ status: 0 });
    etcdKnows(both, { 9: 3, 7: 30 });
    expect(await probe()).toMatchObject({ status: 1 });
  });

  test('fails when the connection is not the one that the broker started with', async () => {
    etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: 30 });
    expect(await probe('connect again')).toEqual({
      status: 1,
      said: `etcd is healthy, but ${ADDRESS} lost the connection that it listened on\n`,
    });
  });

  test('passes again for a broker that was restarted', async () => {
    etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: 30 });
    expect(await probe('start again')).toEqual({ status: 0, said: '' });
  });

  test('leaves the broker alone while etcd has no quorum', async () => {
    etcdKnows([]);
    etcd.isHealthy = false;
    expect(await probe('connect again')).toEqual({ status: 0, said: '' });
    expect(etcd.calls).toEqual([]);
  });

  test('leaves the broker alone while etcd is away', async () => {
    await etcd.close();
    expect(await probe()).toEqual({ status: 0, said: '' });
  });

  test.each([RANGE, TIME_TO_LIVE])(
    'leaves the broker alone without an answer: %s',
    async (path) => {
      etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: 1 });
      etcd.answers.delete(path);
      expect(await probe()).toMatchObject({ status: 0 });
      etcd.answers.set(path, () => 'hang');
      const start = Date.now();
      expect(await probe()).toMatchObject({ status: 0 });
      // The probe's own time-out would count as a failure.
      expect(Date.now() - start).toBeLessThan(10_000);
    },
  );

  test('fails when the client port is closed, without asking etcd', async () => {
    client.close();
    etcdKnows([{ address: ADDRESS, lease: '7' }], { 7: 22 });
    const { status, said } = await probe();
    expect([status, said]).toEqual([1, `nothing answers at the client port, ${env.CLIENT_PORT}\n`]);
    expect(etcd.calls).toEqual([]);
  });

  test('asks etcd nothing when recovery is off', async () => {
    etcdKnows([]);
    rmSync(env.RECOVERY_DIRECTORY, { recursive: true });
    env = { ...env, RECOVERY_DIRECTORY: '' };
    expect(await probe()).toMatchObject({ status: 0 });
    expect(etcd.calls).toEqual([]);
  });
});

test('the probe asks the etcd that the broker uses', () => {
  const external = { etcd: { enabled: false, external: { host: 'etcd.example.com', port: 2390 } } };
  const variables = brokerContainer(external)?.env?.map(({ name, value }) => [name, value]);
  expect(Object.fromEntries(variables ?? [])).toMatchObject({
    CLIENT_PORT: '6650',
    ETCD_HOST: 'etcd.example.com',
    ETCD_PORT: '2390',
    RECOVERY_DIRECTORY: '/run/danube',
  });
});

test('without recovery the probe only connects', () => {
  const container = brokerContainer({ broker: { recovery: { enabled: false } } });
  expect(container?.livenessProbe).toMatchObject({ tcpSocket: { port: 'client' } });
  expect(container?.livenessProbe).not.toHaveProperty('exec');
  expect(container?.env?.map(({ name }) => name)).not.toContain('RECOVERY_DIRECTORY');
  expect(container?.volumeMounts?.map(({ name }) => name)).not.toContain('recovery');
});
