import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerRun } from '../run-container';
import { ObjectStore } from './object-store';
import { hasEtcd } from './programs';
import { RenderedEtcd } from './rendered-etcd';

const GUIDE = readFileSync(join(__dirname, '../../../docs/etcd-restore.md'), 'utf8');
const KEY = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret' };
const NAME = /^backups\/danube\/(etcd-20[2-9][0-9-]+T[0-9-]+Z\.db)$/;
const OLD = ['2019-01-01', '2019-01-02'].map((day) => `backups/danube/etcd-${day}T00-00-00Z.db`);

/**
 * The client of the image in `etcd.snapshots.s3.image`; GitHub's machines have it. It has to be
 * 1.29 or 2.13 at least, which read AWS_ENDPOINT_URL.
 */
function hasAws(): boolean {
  const env = { PATH: process.env.PATH };
  const isThere = spawnSync('aws', ['--version'], { env }).status === 0;
  if (!isThere && process.env.CI === 'true') {
    throw new Error('aws, the AWS command line, is missing');
  }
  if (!isThere) {
    process.stdout.write('skipped without aws, the AWS command line\n');
  }
  return isThere;
}

(hasEtcd() && hasAws() ? describe : describe.skip)('snapshots in an object store', () => {
  let store: ObjectStore;
  let etcd: RenderedEtcd;
  let folder: string;

  beforeAll(async () => {
    store = await ObjectStore.listen('danube', KEY.AWS_ACCESS_KEY_ID);
    const s3 = {
      bucket: 'danube',
      prefix: 'backups/danube',
      region: 'eu-central-1',
      endpoint: `http://minio.storage.svc:${String(store.port)}`,
      existingSecret: 'store-keys',
    };
    const snapshots = { enabled: true, destination: 's3', retain: 2, s3 };
    etcd = await RenderedEtcd.render({ etcd: { snapshots } }, { 'minio.storage.svc': '127.0.0.1' });
    folder = etcd.file('snapshots');
    mkdirSync(folder);
    etcd.start(0);
    await etcd.waitFor(0, 'readinessProbe');
    [...OLD, 'backups/danube/notes.txt', 'backups/other/etcd-2019-01-01T00-00-00Z.db'].forEach(
      (key) => store.objects.set(key, Buffer.from(key)),
    );
  }, 60000);

  afterAll(async () => {
    await etcd.remove();
    await store.close();
  });

  const run = (secrets: Record<string, string>): Promise<ContainerRun> =>
    etcd.run('-etcd-snapshot', { here: { '/snapshots': folder }, secrets });

  test('nothing is kept or removed with a key that the store does not know', async () => {
    const before = [...store.objects.keys()];
    const { code, output } = await run({ ...KEY, AWS_ACCESS_KEY_ID: 'OTHER' });
    expect(code).not.toBe(0);
    expect(output).toContain('AccessDenied');
    expect(output).not.toMatch(/kept|removed/);
    expect([...store.objects.keys()]).toEqual(before);
  }, 60000);

  test('the newest are kept, and what is not a snapshot of this release stays', async () => {
    await etcd.etcdctl(0, 'put', 'key', 'before');
    store.requests.length = 0;
    const { code, output } = await run(KEY);
    const kept = [...store.objects.keys()].filter((key) => NAME.test(key));
    expect([code, output]).toEqual([0, expect.stringContaining(`kept s3://danube/${kept[0]}`)]);
    expect(output).toContain(`removed s3://danube/${OLD[0]}`);
    expect([...store.objects.keys()].sort()).toEqual([
      OLD[1],
      kept[0],
      'backups/danube/notes.txt',
      'backups/other/etcd-2019-01-01T00-00-00Z.db',
    ]);
    expect(store.requests).toEqual([`PUT ${kept[0]} 200`, 'GET  200', `DELETE ${OLD[0]} 204`]);
  }, 60000);

  test('one of them is put back as the guide says', async () => {
    await etcd.etcdctl(0, 'put', 'key', 'after');
    await etcd.stopAll();
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const [, fetching = ''] = /```sh fetch\n([^`]*)```/.exec(GUIDE) ?? [];
    const [key] = [...store.objects.keys()].filter((each) => NAME.test(each));
    const [, snapshot] = NAME.exec(key) ?? [];
    const { code, output } = await etcd.type(fetching, {
      here: { '/snapshots': folder },
      secrets: {
        ...KEY,
        AWS_ENDPOINT_URL: `http://minio.storage.svc:${String(store.port)}`,
        BUCKET: 'danube',
        PREFIX: 'backups/danube',
        SNAPSHOT: snapshot,
      },
    });
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
    etcd.restore(0, join(folder, snapshot));
    etcd.start(0);
    await etcd.waitFor(0, 'readinessProbe');
    expect(await etcd.etcdctl(0, 'get', 'key', '--print-value-only')).toBe('before');
  }, 60000);
});
