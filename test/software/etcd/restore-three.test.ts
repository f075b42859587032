import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

(hasEtcd() ? describe : describe.skip)('a snapshot of three real members', () => {
  let etcd: RenderedEtcd;

  beforeAll(async () => {
    etcd = await RenderedEtcd.render({ etcd: { replicaCount: 3 } });
    await startAll();
  }, 120000);

  afterAll(async () => {
    await etcd.remove();
  });

  async function startAll(): Promise<void> {
    etcd.members.forEach((ordinal) => {
      etcd.start(ordinal);
    });
    for (const ordinal of etcd.members) {
      await etcd.waitFor(ordinal, 'readinessProbe');
    }
  }

  const valueAt = (ordinal: number) => etcd.etcdctl(ordinal, 'get', 'key', '--print-value-only');

  test('is put back on all of them, with the arguments that the chart renders', async () => {
    await etcd.etcdctl(0, 'put', 'key', 'before');
    const snapshot = etcd.file('snapshot.db');
    await etcd.etcdctl(1, 'snapshot', 'save', snapshot);
    await etcd.etcdctl(0, 'put', 'key', 'after');
    await etcd.stopAll();
    etcd.members.forEach((ordinal) => {
      etcd.restore(ordinal, snapshot);
    });
    await startAll();
    for (const ordinal of etcd.members) {
      expect(await valueAt(ordinal)).toBe('before');
    }
    expect((await etcd.etcdctl(0, 'member', 'list')).match(/started/g)).toHaveLength(3);
    await etcd.etcdctl(2, 'put', 'key', 'later');
    expect(await valueAt(0)).toBe('later');
  }, 120000);
});
