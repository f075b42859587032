import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** One version of Helm, as `scripts/fetch-helm.mjs` put it on this machine. */
export interface HelmBinary {
  readonly version: string;
  readonly path: string;
}

interface BinarySource {
  readonly helm: string;
}

const SOURCES_FILE = path.join(__dirname, '..', '..', 'scripts', 'helm-binaries.json');
const sources = JSON.parse(fs.readFileSync(SOURCES_FILE, 'utf8')) as BinarySource[];
const cache = cacheDirectory();

/** The oldest Helm that ordinary tests run. */
export const HELM_3_12: HelmBinary = helmOfMinor('3.12');
/** The newest Helm 3 that ordinary tests run. */
export const HELM_3_17: HelmBinary = helmOfMinor('3.17');
export const HELM_4: HelmBinary = helmOfMinor('4.1');

/** The versions that every test run covers. */
export const helmVersions: readonly HelmBinary[] = [HELM_3_12, HELM_3_17, HELM_4];

/** Every version, oldest first; those beyond `helmVersions` take `fetch-helm.mjs --matrix`. */
export const matrixVersions: readonly HelmBinary[] = sources
  .map((source) => helmBinary(source.helm))
  .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));

export const kubectlPath: string = path.join(cache, 'kubectl');

function helmOfMinor(minor: string): HelmBinary {
  const source = sources.find(({ helm }) => helm.startsWith(`${minor}.`));
  if (source === undefined) {
    throw new Error(`scripts/helm-binaries.json lists no Helm ${minor}`);
  }
  return helmBinary(source.helm);
}

function helmBinary(version: string): HelmBinary {
  return { version, path: path.join(cache, `helm-${version}`, 'helm') };
}

/** The server that scripts/build-helm-servers.mjs makes of a version, where it was built. */
export function helmServerPath({ version }: HelmBinary): string {
  return path.join(cache, `helm-server-${version}`, 'helm-server');
}

/** scripts/cache-directory.mjs has the same rule for what fills the cache. */
export function cacheDirectory(): string {
  if (process.env.CDK8S_DANUBE_CACHE) {
    return path.resolve(process.env.CDK8S_DANUBE_CACHE);
  }
  const caches = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(caches, 'cdk8s-danube');
}
