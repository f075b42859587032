import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { imageDigest, mirroredImage } from '../../../src/helm';

const MANIFEST = '{"schemaVersion":2}';
const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`;

let server: Server;
let host: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});

afterEach(() => {
  server.close();
});

test('the digest is that of the manifest which the registry has for the tag', async () => {
  const seen: (string | undefined)[] = [];
  answer = ({ url, headers }, response) => {
    seen.push(url, headers.accept);
    response.end(MANIFEST);
  };
  expect(await imageDigest(`${host}/a/b:v1`)).toBe(DIGEST);
  expect(seen[0]).toBe('/v2/a/b/manifests/v1');
  expect(seen[1]).toContain('application/vnd.oci.image.index.v1+json');
});

test('a registry that wants a token for everybody gets one', async () => {
  const seen: (string | undefined)[] = [];
  answer = ({ url, headers }, response) => {
    if (url?.startsWith('/token') === true) {
      seen.push(url);
      response.end('{"token":"abc"}');
    } else if (headers.authorization === 'Bearer abc') {
      response.end(MANIFEST);
    } else {
      const scope = 'service="reg",scope="repository:a:pull"';
      const challenge = `Bearer realm="http://${host}/token",${scope}`;
      response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
    }
  };
  expect(await imageDigest(`${host}/a:v1`)).toBe(DIGEST);
  expect(seen).toEqual(['/token?service=reg&scope=repository%3Aa%3Apull']);
});

test.each([
  [404, {}, 'does not exist'],
  [500, {}, 'the registry answers 500'],
  [401, { 'WWW-Authenticate': 'Basic realm="x"' }, 'the registry wants a login'],
  [401, {}, 'the registry answers 401'],
])('a refusal with %d %j is an error', async (status, headers, message) => {
  answer = (_request, response) => {
    response.writeHead(status, headers).end();
  };
  await expect(imageDigest(`${host}/a:v1`)).rejects.toThrow(message);
});

test('a registry that is not there is an error with the name of the image', async () => {
  server.close();
  await expect(imageDigest('127.0.0.1:1/a:v1')).rejects.toThrow(/^127\.0\.0\.1:1\/a:v1: /);
});

test.each([
  ['ghcr.io/danube/broker:v1', 'mirror.local/danube/broker:v1'],
  ['prom/prometheus:v1', 'mirror.local/prom/prometheus:v1'],
  ['localhost/x:v1', 'mirror.local/x:v1'],
  ['localhost:5000/x/y:v1', 'mirror.local/x/y:v1'],
])('%s is mirrored as %s', (image, mirrored) => {
  expect(mirroredImage(image, 'mirror.local')).toBe(mirrored);
  expect(mirroredImage(image, 'mirror.local/')).toBe(mirrored);
});
