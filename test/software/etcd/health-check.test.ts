import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

(hasEtcd() ? describe : describe.skip)('helm test asks three real members', () => {
  let etcd: RenderedEtcd;

  beforeAll(async () => {
    etcd = await RenderedEtcd.render({ etcd: { replicaCount: 3 } });
    etcd.members.forEach((ordinal) => {
      etcd.start(ordinal);
    });
    for (const ordinal of etcd.members) {
      await etcd.waitFor(ordinal, 'readinessProbe');
    }
  }, 120000);

  afterAll(() => etcd.remove());

  test('all are healthy', async () => {
    const { code, output } = await etcd.run('-test-etcd');
    expect([code, output]).toEqual([0, expect.stringContaining('etcd-2.')]);
    expect(output.match(/is healthy: successfully committed proposal/g)).toHaveLength(3);
  });

  test('one is away: it fails and names that one', async () => {
    await etcd.stop(1);
    const { code, output } = await etcd.run('-test-etcd');
    expect([code, output]).toEqual([1, expect.stringMatching(/etcd-1\..* is unhealthy: /)]);
    expect(output.match(/is healthy/g)).toHaveLength(2);
    expect(output).toContain('Error: unhealthy cluster');
  });

  test('none is there: it fails and says so', async () => {
    await etcd.stopAll();
    const { code, output } = await etcd.run('-test-etcd');
    expect([code, output]).toEqual([1, expect.stringContaining('failed to fetch endpoints')]);
  });
});
