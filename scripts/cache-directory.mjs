import * as os from 'node:os';
import * as path from 'node:path';

/** Where fetched and built programs are kept; test/real-helm/binaries.ts finds it by this rule. */
export function cacheDirectory() {
  if (process.env.CDK8S_DANUBE_CACHE) {
    return path.resolve(process.env.CDK8S_DANUBE_CACHE);
  }
  const caches = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(caches, 'cdk8s-danube');
}
