import { App } from 'cdk8s';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { at } from '../../danube/core/core-sets';
import { decoded } from '../../danube/core/decoded';
import { isInstalled } from '../installed';
import { CHROMIUM, openPage } from './chromium';
import { NGINX, RealNginx } from './real-nginx';
import { StandInApi } from './stand-in-api';
import { SCRIPT, STYLE, writePages } from './stand-in-pages';

const hasNginx = isInstalled(NGINX, 'nginx-light');
const hasBrowser = isInstalled(CHROMIUM, 'chromium');
const TOPIC = '/topics/%2Fdefault%2Forders';
const TOPIC_CALLS = [`/ui/v1${TOPIC}/series?from=1&to=2&step=15s`, `/ui/v1${TOPIC}`];

function renderedConfig(): string {
  const chart = new DanubeAdminChart(new App(), 'danube-admin');
  const found = decoded(chart, { values: {} }).map((object) => at(object, 'data'));
  const texts = found.map((data) => Object.entries(data ?? {})).flat();
  return String(new Map<string, unknown>(texts).get('nginx.conf'));
}

(hasNginx ? describe : describe.skip)('the web interface behind a real nginx', () => {
  let directory: string;
  let api: StandInApi;
  let nginx: RealNginx;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'danube-ui-'));
    chmodSync(directory, 0o755);
    writePages(join(directory, 'pages'));
    api = new StandInApi();
    nginx = await RealNginx.start({
      config: renderedConfig(),
      directory: join(directory, 'tmp'),
      pages: join(directory, 'pages'),
      apiPort: await api.listen(),
    });
  });

  beforeEach(() => {
    api.calls.length = 0;
  });

  afterAll(async () => {
    expect(await nginx.stop()).toBe(0);
    await api.close();
    rmSync(directory, { recursive: true });
  });

  const at8081 = (path: string) => `http://127.0.0.1:${String(nginx.port)}${path}`;
  const get = (path: string, headers = {}) => fetch(at8081(path), { headers });
  const urls = () => api.calls.map(({ url }) => url);

  test('nginx -t finds nothing', () => {
    const said = nginx.check();
    expect(said).toMatch(/test is successful/);
    expect(said).not.toMatch(/warn|emerg|error/);
  });

  test('no baked address is left, also where the answer is compressed', async () => {
    for (const encoding of ['identity', 'gzip']) {
      const answer = await get(SCRIPT, { 'accept-encoding': encoding });
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
      expect(answer.headers.get('content-type')).toBe('application/javascript');
      const code = await answer.text();
      expect(code).toContain('baseURL:""');
      expect(code).toContain('seriesBase=""');
      expect(code).not.toContain('localhost');
    }
  });

  test('assets are kept for ever, pages and answers are not', async () => {
    const caching = async (path: string) => (await get(path)).headers.get('cache-control');
    expect(await caching(SCRIPT)).toBe('public, max-age=31536000, immutable');
    expect(await caching(STYLE)).toBe('public, max-age=31536000, immutable');
    expect(await caching('/')).toBe('no-cache');
    expect(await caching('/cluster')).toBe('no-cache');
    expect(await caching('/ui/v1/cluster')).toBe('no-store');
  });

  test('an asset that is missing is no page, and its absence is not kept', async () => {
    const { status, headers } = await get('/assets/index-0ld.js');
    expect(status).toBe(404);
    expect(headers.get('cache-control')).toBe(null);
  });

  test.each(['/', TOPIC, SCRIPT, '/ui/v1/health', '/assets/missing.js', '/healthz'])(
    'security headers: %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('server')).toBe('nginx');
    },
  );

  test('the health path answers without the API', async () => {
    expect(await (await get('/healthz')).text()).toBe('ok\n');
    expect(api.calls).toEqual([]);
  });

  test('calls pass unchanged, without the password, and only for pages of ours', async () => {
    const path = `/ui/v1${TOPIC}?a=%20b`;
    const { headers } = await get(path, { authorization: 'Basic YTpi', origin: 'http://evil' });
    expect(api.calls).toEqual([{ url: path, authorization: undefined }]);
    expect(headers.get('access-control-allow-origin')).toBe(null);
  });

  (hasBrowser ? describe : describe.skip)('in a real browser', () => {
    test('through a port-forward on any port, the pages reach the API', async () => {
      const page = await openPage({ url: at8081('/') });
      expect(page).toContain('cluster: answer 1, visits: 1');
      expect(urls()).toEqual(['/ui/v1/cluster']);
    });

    test('under the host of an Ingress, both calls of a deep link reach the API', async () => {
      const hosts = { 'ui.example.com': `127.0.0.1:${String(nginx.port)}` };
      const page = await openPage({ url: `http://ui.example.com${TOPIC}`, hosts });
      expect(page).toContain('topic: answer 2, series: answer 1, visits: 1');
      expect(urls()).toEqual(TOPIC_CALLS);
    });

    test('a page that the router opened can be reloaded', async () => {
      const page = await openPage({ url: at8081('/#walk') });
      expect(page).toContain('topic: answer 5, series: answer 4, visits: 2');
      expect(urls()).toEqual(['/ui/v1/cluster', ...TOPIC_CALLS, ...TOPIC_CALLS]);
    });
  });
});
