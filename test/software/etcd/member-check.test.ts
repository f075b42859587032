import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

const CHECK = '-etcd-member-check';
const TRIES = 8;

const members = (replicaCount: number, state = 'new') => ({
  etcd: { replicaCount, cluster: { initialClusterState: state } },
});

/** The commands that a check printed. */
function commands(output: string): string[] {
  return [...output.matchAll(/^ {2}(\S.*)$/gm)].map(([, command]) => command);
}

(hasEtcd() ? describe : describe.skip)('the check of members before an upgrade', () => {
  let etcd: RenderedEtcd;

  beforeAll(async () => {
    etcd = await RenderedEtcd.render(members(1));
    etcd.start(0);
    await etcd.waitFor(0, 'readinessProbe');
    await etcd.etcdctl(0, 'put', 'key', 'first');
  }, 60000);

  afterAll(() => etcd.remove());

  /** Starts members anew with what the chart renders now, as a rolling update does. */
  async function restart(ordinals: readonly number[]): Promise<void> {
    for (const ordinal of ordinals) {
      await etcd.stop(ordinal);
      etcd.start(ordinal);
      await etcd.waitFor(ordinal, 'readinessProbe');
    }
  }

  /** Does what the line says, as often as it takes, and gives what was said. */
  async function obey(command: string): Promise<string> {
    let said = '';
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { code, output } = await etcd.type(command);
      said = output;
      if (code === 0) {
        return output;
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    throw new Error(`${command}\n${said}`);
  }

  const valueAt = (ordinal: number) => etcd.etcdctl(ordinal, 'get', 'key', '--print-value-only');

  test('passes when the number stays', async () => {
    const { code, output } = await etcd.run(CHECK);
    expect([code, output]).toEqual([0, 'etcd has the members that it will have: release-etcd-0\n']);
  });

  test.each([2, 3])(
    'its commands make it %i members',
    async (count) => {
      const refused = await etcd.run(CHECK, { values: members(3) });
      expect(refused.code).toBe(1);
      const [makeRoom, add, upgrade, promote] = commands(refused.output);
      await obey(makeRoom);
      const [, id] = /Member +([0-9a-f]+) added/.exec(await obey(add)) ?? [];
      expect(upgrade).toBe(
        `helm upgrade ... --set etcd.replicaCount=${String(count)} ` +
          '--set etcd.cluster.initialClusterState=existing',
      );
      const next = members(count, 'existing');
      const allowed = await etcd.run(CHECK, { values: next });
      expect([allowed.code, allowed.output]).toEqual([0, expect.stringContaining('will have')]);
      await etcd.change(next);
      // The new one learns and is ready then, and the others restart after it.
      await restart([...etcd.members].reverse());
      await obey(promote.replace('<the id that member add printed>', id));
      expect(await etcd.etcdctl(0, 'member', 'list')).not.toMatch(/unstarted|true/);
      expect(await valueAt(count - 1)).toBe('first');
    },
    30000,
  );

  test('three of them bear the loss of one', async () => {
    expect((await etcd.run(CHECK)).code).toBe(0);
    await etcd.stop(0);
    await etcd.waitFor(1, 'readinessProbe');
    await etcd.etcdctl(2, 'put', 'key', 'second');
    expect(await valueAt(1)).toBe('second');
    etcd.start(0);
    await etcd.waitFor(0, 'readinessProbe');
  }, 60000);

  test('its commands make three members one, which keeps the data', async () => {
    const refused = await etcd.run(CHECK, { values: members(1) });
    expect(refused.code).toBe(1);
    const [removeOne, removeOther, ...makeRoom] = commands(refused.output);
    await obey(removeOne);
    await obey(removeOther);
    expect((await etcd.run(CHECK, { values: members(1) })).code).toBe(0);
    await etcd.stopAll();
    await etcd.change(members(1));
    await restart([0]);
    for (const command of makeRoom) {
      await obey(command);
    }
    expect((await etcd.etcdctl(0, 'member', 'list')).split('\n')).toHaveLength(1);
    expect(await valueAt(0)).toBe('second');
    await etcd.etcdctl(0, 'put', 'key', 'third');
  }, 60000);
});
