import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { decoded } from '../../danube/core/decoded';
import { findPodTemplates } from '../../objects/pod-template';
import { ETCD_PROGRAMS, hasEtcd } from './programs';

const GUIDE = readFileSync(join(__dirname, '../../../docs/etcd-restore.md'), 'utf8');
const CLIENT = 'http://127.83.7.10:2379';
const PEER = 'http://127.83.7.10:2380';

/** A block of commands in the guide, by the word after `sh`. */
function commands(name: string): string {
  const [, block = ''] = new RegExp(`\`\`\`sh ${name}\n([^\`]*)\`\`\``).exec(GUIDE) ?? [];
  expect(block).not.toBe('');
  return block.replaceAll(/^ {3}/gm, '');
}

/** The commands of the containers of the snapshot pods, in their order. */
function snapshotCommands(): readonly (readonly string[])[] {
  const chart = new DanubeCoreChart(new App(), 'danube-core');
  const values = { etcd: { snapshots: { enabled: true } } };
  const pods = findPodTemplates([...decoded(chart, { values, releaseName: 'danube' })]);
  const inits = pods.flatMap(({ spec }) => spec.initContainers ?? []);
  return inits
    .filter(({ name }) => ['save', 'check'].includes(name))
    .map(({ command = [], args = [] }) => [...command, ...args]);
}

(hasEtcd() ? describe : describe.skip)('a snapshot of a real etcd', () => {
  let directory: string;
  let etcd: ChildProcess;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'restore-'));
    mkdirSync(join(directory, 'snapshots'));
    await start();
  });

  afterAll(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  const data = () => join(directory, 'data');
  const etcdctl = (...args: string[]) =>
    execFileSync(join(ETCD_PROGRAMS, 'etcdctl'), [`--endpoints=${CLIENT}`, ...args], {
      encoding: 'utf8',
    }).trim();

  async function start(): Promise<void> {
    etcd = spawn(
      join(ETCD_PROGRAMS, 'etcd'),
      [
        '--name=danube-etcd-0',
        `--data-dir=${data()}`,
        `--listen-client-urls=${CLIENT}`,
        `--advertise-client-urls=${CLIENT}`,
        `--listen-peer-urls=${PEER}`,
        `--initial-advertise-peer-urls=${PEER}`,
        `--initial-cluster=danube-etcd-0=${PEER}`,
        '--initial-cluster-token=danube',
      ],
      { stdio: 'ignore' },
    );
    for (let tries = 0; tries < 60; tries += 1) {
      const answer = await fetch(`${CLIENT}/health`).catch(() => undefined);
      if (answer?.ok === true) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('etcd did not get healthy in 30 s');
  }

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      etcd.once('exit', () => {
        resolve();
      });
      etcd.kill();
    });
  }

  /** A command of the chart or the guide, with the paths and addresses of this machine. */
  function here(command: string): string {
    return command
      .replaceAll('/usr/local/bin/', `${ETCD_PROGRAMS}/`)
      .replaceAll('danube-etcd.default.svc.cluster.local:2379', CLIENT)
      .replaceAll(/http:\/\/danube-etcd-0[a-z0-9.-]*:2380/g, PEER)
      .replaceAll('/var/lib/etcd', directory)
      .replaceAll('/snapshots', join(directory, 'snapshots'));
  }

  function run(block: string, env: Record<string, string> = {}): string {
    const path = `${ETCD_PROGRAMS}:/usr/bin:/bin`;
    return execFileSync('/bin/bash', ['-ec', here(block)], {
      env: { PATH: path, ETCDCTL_ENDPOINTS: CLIENT, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  test('is taken and checked by the containers of the CronJob', () => {
    etcdctl('put', '/topics/default/t1', '0');
    const [save, check] = snapshotCommands();
    execFileSync(here(save[0]), save.slice(1).map(here), { stdio: 'ignore' });
    const said = execFileSync(here(check[0]), check.slice(1).map(here), { encoding: 'utf8' });
    expect(JSON.parse(said)).toMatchObject({ totalKey: expect.any(Number) as number });
  });

  test('a damaged one is found', () => {
    const damaged = join(directory, 'snapshots', 'damaged.db');
    writeFileSync(damaged, readFileSync(join(directory, 'snapshots/incoming.db')).subarray(4096));
    const [, check] = snapshotCommands();
    const words = check.slice(1).map((word) => here(word).replace('incoming.db', 'damaged.db'));
    expect(() => execFileSync(here(check[0]), words, { stdio: 'ignore' })).toThrow();
  });

  test('is put back by the commands of the guide, and what came after it is gone', async () => {
    etcdctl('put', '/topics/default/t2', '0');
    await stop();
    run(commands('make-room'));
    expect(existsSync(data())).toBe(false);
    run(commands('restore'), { SNAPSHOT: 'incoming.db' });
    await start();
    expect(etcdctl('get', '--prefix', '/topics/', '--keys-only')).toBe('/topics/default/t1');
  });

  test('a topic of a broker that is gone is given back', () => {
    etcdctl('put', '/cluster/brokers/7/default/t1', 'null');
    run(commands('give-back'), { BROKER: '7', NAMESPACE: 'default', TOPIC: 't1' });
    expect(etcdctl('get', '--prefix', '/cluster', '--keys-only')).toBe(
      '/cluster/unassigned/default/t1',
    );
  });
});
