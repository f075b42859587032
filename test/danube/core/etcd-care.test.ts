import { App } from 'cdk8s';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplates } from '../../objects/pod-template';
import { decoded } from './decoded';
import { FakeEtcd } from './fake-etcd';
import { runScript, type ScriptRun } from './run-script';

const chart = new DanubeCoreChart(new App(), 'danube-core');
const values = { etcd: { snapshots: { enabled: true }, defrag: { enabled: true } } };
const pods = findPodTemplates([...decoded(chart, { values, releaseName: 'r' })]);

function scriptOf(container: string): string {
  const all = pods.flatMap(({ spec }) => spec.containers);
  return all.find(({ name }) => name === container)?.command?.at(-1) ?? '';
}

interface Member {
  readonly pod: string;
  readonly id: string;
  readonly isStarted?: boolean;
}

describe('the check of members, run with a stand-in for etcd', () => {
  let etcd: FakeEtcd;
  let port: number;

  beforeEach(async () => {
    etcd = new FakeEtcd();
    port = await etcd.listen();
  });

  afterEach(() => etcd.close());

  function check(living: readonly Member[], members: number, state = 'new'): Promise<ScriptRun> {
    etcd.answers.set('/v3/cluster/member/list', () => ({
      header: { cluster_id: '1', member_id: '2' },
      members: living.map(({ pod, id, isStarted = true }) => ({
        ID: id,
        ...(isStarted ? { name: pod } : {}),
        peerURLs: [`http://${pod}.r-etcd-headless.x:2380`],
        ...(isStarted ? { clientURLs: [`http://${pod}.r-etcd-headless.x:2379`] } : {}),
      })),
    }));
    return run(members, state);
  }

  function run(members: number, state: string, host = '127.0.0.1'): Promise<ScriptRun> {
    return runScript(scriptOf('etcd-member-check'), {
      ETCD_HOST: host,
      ETCD_PORT: String(port),
      PEER_SCHEME: 'http',
      PEER_PORT: '2380',
      ETCD_NAME: 'r-etcd',
      MEMBERS: String(members),
      MEMBERS_DOMAIN: 'r-etcd-headless.x',
      INITIAL_CLUSTER_STATE: state,
      NAMESPACE: 'team',
      TRIES: '1',
    });
  }

  const first = { pod: 'r-etcd-0', id: '12916133085404000825' };
  const second = { pod: 'r-etcd-1', id: '7' };
  const third = { pod: 'r-etcd-2', id: '8' };

  test('passes when the number stays', async () => {
    expect(await check([first], 1)).toMatchObject({ status: 0 });
    expect(await check([third, first, second], 3)).toMatchObject({ status: 0 });
  });

  test('refuses more members and says how they are added, one at a time', async () => {
    const { status, said } = await check([first], 3);
    expect(status).toBe(1);
    expect(said).toContain('wants r-etcd-0 r-etcd-1 r-etcd-2. Nothing was changed.');
    expect(said).toContain(
      `  kubectl -n team exec r-etcd-0 -- etcdctl --endpoints=127.0.0.1:${String(port)} member add ` +
        'r-etcd-1 --learner --peer-urls=http://r-etcd-1.r-etcd-headless.x:2380\n',
    );
    expect(said).toContain('--set etcd.replicaCount=2 --set etcd.cluster.initialClusterState');
    expect(said).toContain('and then the same for r-etcd-2.');
  });

  test('lets a member that was added start, but only to join', async () => {
    const living = [first, { ...second, isStarted: false }];
    expect(await check(living, 2, 'existing')).toMatchObject({ status: 0 });
    const { status, said } = await check(living, 2, 'new');
    expect(status).toBe(1);
    expect(said).toContain('r-etcd-1 would form a second, empty cluster');
  });

  test('refuses fewer members and says how they are removed', async () => {
    const { status, said } = await check([second, third, first], 1);
    expect(status).toBe(1);
    expect(said).toContain('member remove 7 # r-etcd-1\n');
    expect(said).toContain('member remove 8 # r-etcd-2\n');
    expect(said).toContain('kubectl -n team delete pvc data-r-etcd-2\n');
  });

  test('writes ids as etcdctl wants them', async () => {
    const { said } = await check(
      [
        { ...first, pod: 'r-etcd-3' },
        { ...second, pod: 'r-etcd-0' },
      ],
      1,
    );
    expect(said).toContain(`member remove ${BigInt(first.id).toString(16)} # r-etcd-3`);
  });

  test('refuses other names', async () => {
    const { status, said } = await check([{ ...first, pod: 'old-etcd-0' }], 1);
    expect(status).toBe(1);
    expect(said).toContain('The names of living members cannot change');
  });

  test('passes where there is no etcd yet', async () => {
    const { status, said } = await run(3, 'new', 'no-such-host.invalid');
    expect([status, said]).toEqual([
      0,
      'there is no etcd at no-such-host.invalid yet, so nothing to check\n',
    ]);
  });

  test('refuses when etcd does not answer, and says how to go on', async () => {
    const { status, said } = await run(3, 'new');
    expect(status).toBe(1);
    expect(said).toContain('--set etcd.memberCheck.enabled=false');
  });
});

describe('keeping snapshots on a claim', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'snapshots-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test('the newest stay, and nothing else is touched', async () => {
    const old = ['01', '02', '03'].map((day) => `etcd-2020-01-${day}T00-00-00Z.db`);
    [...old, 'incoming.db', 'etcd-notes.txt'].forEach((name) => {
      writeFileSync(join(directory, name), name);
    });
    const { status, said } = await runScript(scriptOf('keep'), {
      SNAPSHOTS: directory,
      RETAIN: '2',
    });
    expect(status).toBe(0);
    expect(said).toContain(`removed ${old[0]}`);
    const left = readdirSync(directory).sort();
    expect(left).toEqual([
      old[2],
      expect.stringMatching(/^etcd-20[2-9][0-9-]+T[0-9-]+Z\.db$/),
      'etcd-notes.txt',
    ]);
  });

  test('without a new snapshot none goes', async () => {
    writeFileSync(join(directory, 'etcd-2020-01-01T00-00-00Z.db'), '');
    const run = await runScript(scriptOf('keep'), { SNAPSHOTS: directory, RETAIN: '1' });
    expect(run.status).not.toBe(0);
    expect(readdirSync(directory)).toHaveLength(1);
  });
});
