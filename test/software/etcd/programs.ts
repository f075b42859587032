import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../real-helm/binaries';

/** Where `scripts/build-etcd.mjs` put the programs of etcd 3.5.9. */
export const ETCD_PROGRAMS = join(cacheDirectory(), 'etcd-3.5.9');

/** Whether they are built; on a CI machine they must be. */
export function hasEtcd(): boolean {
  const isThere = existsSync(join(ETCD_PROGRAMS, 'sources.sha256'));
  if (!isThere && process.env.CI === 'true') {
    throw new Error('etcd is missing: node scripts/build-etcd.mjs');
  }
  if (!isThere) {
    process.stdout.write('skipped without etcd: node scripts/build-etcd.mjs\n');
  }
  return isThere;
}
