import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

interface EndpointStatus {
  readonly Status: {
    readonly header: { readonly revision: number };
    readonly dbSize: number;
    readonly dbSizeInUse: number;
  };
}

const VALUES = {
  etcd: { replicaCount: 3, defrag: { enabled: true, minReclaimableBytes: 1048576 } },
};
const FILLED = 'x'.repeat(100000);

(hasEtcd() ? describe : describe.skip)('defragmentation of three real members', () => {
  let etcd: RenderedEtcd;

  beforeAll(async () => {
    etcd = await RenderedEtcd.render(VALUES);
    etcd.members.forEach((ordinal) => {
      etcd.start(ordinal);
    });
    for (const ordinal of etcd.members) {
      await etcd.waitFor(ordinal, 'readinessProbe');
    }
  }, 120000);

  afterAll(async () => {
    await etcd.remove();
  });

  async function status(ordinal: number): Promise<EndpointStatus['Status']> {
    const text = await etcd.etcdctl(ordinal, 'endpoint', 'status', '--write-out=json');
    const [found] = JSON.parse(text) as readonly EndpointStatus[];
    return found.Status;
  }

  /** Members free the pages of old revisions one after the other, with later writes. */
  async function untilFreed(ordinal: number): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      const { dbSize, dbSizeInUse } = await status(ordinal);
      if (dbSizeInUse < dbSize / 4) {
        return;
      }
      await etcd.etcdctl(0, 'put', 'other', 'x');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`member ${String(ordinal)} freed nothing`);
  }

  const sizes = () => Promise.all(etcd.members.map(async (one) => (await status(one)).dbSize));

  test('gives the space of old revisions back and keeps the data', async () => {
    for (let round = 0; round < 60; round += 1) {
      await etcd.etcdctl(0, 'put', 'key', `${String(round)} ${FILLED}`);
    }
    const { header } = await status(0);
    await etcd.etcdctl(0, 'compact', '--physical', String(header.revision));
    for (const ordinal of etcd.members) {
      await untilFreed(ordinal);
    }
    const before = await sizes();
    const first = await etcd.run('-etcd-defrag');
    expect([first.code, first.output]).toEqual([0, expect.stringMatching(/defragmenting/)]);
    expect(first.output.match(/defragmenting/g)).toHaveLength(3);
    const after = await sizes();
    after.forEach((size, index) => {
      expect(size).toBeLessThan(before[index] / 4);
    });
    expect(await etcd.etcdctl(2, 'get', 'key', '--print-value-only')).toBe(`59 ${FILLED}`);

    const second = await etcd.run('-etcd-defrag');
    expect(second.code).toBe(0);
    expect(second.output.match(/left as it is/g)).toHaveLength(3);
  }, 120000);
});
