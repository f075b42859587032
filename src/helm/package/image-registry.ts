import { createHash } from 'node:crypto';

/** Where an image is, in the terms of a registry's API. */
interface ImageLocation {
  readonly api: string;
  readonly name: string;
  readonly tag: string;
}

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A registry's host at the start of an image: it has a dot or a colon, or is localhost. */
const REGISTRY_HOST = /^([^/]*[.:][^/]*|localhost)\//;

function locate(image: string): ImageLocation {
  const host = REGISTRY_HOST.exec(image)?.[1];
  const rest = host === undefined ? image : image.slice(host.length + 1);
  const [, path = '', tag = 'latest'] = /^([^:@]+)[:@](.+)$/.exec(rest) ?? ['', rest];
  if (host === undefined || host === 'docker.io') {
    const name = path.includes('/') ? path : `library/${path}`;
    return { api: 'https://registry-1.docker.io/v2', name, tag };
  }
  const protocol = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? 'http' : 'https';
  return { api: `${protocol}://${host}/v2`, name: path, tag };
}

/** A token for everybody, from the place that the registry's refusal names. */
async function anonymousToken(challenge: string): Promise<string> {
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value] as const),
  );
  const { realm, ...query } = parameters;
  if (!/^Bearer /i.test(challenge) || !('realm' in parameters)) {
    throw new Error('the registry wants a login');
  }
  const response = await fetch(`${realm}?${new URLSearchParams(query).toString()}`);
  const { token, access_token: accessToken } = (await response.json()) as {
    readonly token?: string;
    readonly access_token?: string;
  };
  return token ?? accessToken ?? '';
}

async function fetchManifest({ api, name, tag }: ImageLocation): Promise<Response> {
  const url = `${api}/${name}/manifests/${tag}`;
  const headers = { Accept: MANIFESTS };
  const response = await fetch(url, { headers });
  const challenge = response.headers.get('www-authenticate');
  if (response.status !== 401 || challenge === null) {
    return response;
  }
  const token = await anonymousToken(challenge);
  return fetch(url, { headers: { ...headers, Authorization: `Bearer ${token}` } });
}

/**
 * The digest of an image as its registry has it now (`sha256:...`), asked without a login.
 *
 * @throws when the image does not exist or the registry does not answer.
 */
export async function imageDigest(image: string): Promise<string> {
  let response: Response;
  try {
    response = await fetchManifest(locate(image));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${image}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause: error,
    });
  }
  if (response.status === 404) {
    throw new Error(`${image} does not exist`);
  }
  if (!response.ok) {
    throw new Error(`${image}: the registry answers ${response.status}`);
  }
  const manifest = new Uint8Array(await response.arrayBuffer());
  return `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
}

/** An image in another registry: its host is replaced, as `global.imageRegistry` does. */
export function mirroredImage(image: string, registry: string): string {
  return `${registry.replace(/\/$/, '')}/${image.replace(REGISTRY_HOST, '')}`;
}
