import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

const describeBuilt = hasEtcd() ? describe : describe.skip;

describeBuilt('three members of etcd as danube-core renders them', () => {
  let etcd: RenderedEtcd;

  beforeAll(async () => {
    etcd = await RenderedEtcd.render({ etcd: { replicaCount: 3 } });
  });

  afterAll(() => etcd.remove());

  test('the first one is alive but takes no clients', async () => {
    etcd.start(0);
    await etcd.waitFor(0, 'startupProbe');
    expect(await etcd.probe(0, 'livenessProbe')).toBe(true);
    expect(await etcd.probe(0, 'readinessProbe')).toBe(false);
  });

  test('together they form a quorum', async () => {
    etcd.start(1);
    etcd.start(2);
    await Promise.all(etcd.members.map((member) => etcd.waitFor(member, 'readinessProbe')));
    expect(await etcd.etcdctl(0, 'put', 'a', 'first')).toBe('OK');
    expect(await etcd.etcdctl(2, 'get', 'a', '--print-value-only')).toBe('first');
  });

  test('two of them go on when one is lost', async () => {
    await etcd.stop(2, 'SIGKILL');
    // When it led the others, they first choose another leader.
    await Promise.all([0, 1].map((member) => etcd.waitFor(member, 'readinessProbe')));
    expect(await etcd.etcdctl(0, 'put', 'b', 'second')).toBe('OK');
    expect(await etcd.etcdctl(1, 'get', 'b', '--print-value-only')).toBe('second');
  });

  test('the lost one comes back on its data and catches up', async () => {
    etcd.start(2);
    await etcd.waitFor(2, 'readinessProbe');
    expect(await etcd.etcdctl(2, 'get', 'a', '--print-value-only')).toBe('first');
    expect(await etcd.etcdctl(2, 'get', 'b', '--print-value-only')).toBe('second');
  });

  test('without a quorum the last one is alive and not ready', async () => {
    await Promise.all([etcd.stop(1), etcd.stop(2)]);
    await eventually(async () => !(await etcd.probe(0, 'readinessProbe')));
    expect(await etcd.probe(0, 'livenessProbe')).toBe(true);
  });

  test('stopped and started again they are the same cluster with its data', async () => {
    await etcd.stopAll();
    etcd.members.forEach((member) => {
      etcd.start(member);
    });
    await Promise.all(etcd.members.map((member) => etcd.waitFor(member, 'readinessProbe')));
    const members = await etcd.etcdctl(1, 'member', 'list');
    expect(members.split('\n')).toHaveLength(3);
    expect(await etcd.etcdctl(1, 'get', 'b', '--print-value-only')).toBe('second');
  });
});

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await check()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('it did not come about in 30 s');
}
