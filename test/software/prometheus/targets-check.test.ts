import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { findPodTemplates } from '../../objects/pod-template';
import { areBuilt, goProgramPath } from '../../go-programs';
import { HELM_4 } from '../../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { BackgroundProgram } from '../background-program';
import { runContainer, type ContainerRun } from '../run-container';

const CHART = join(__dirname, '..', '..', '..', 'charts-out', 'danube-core');
const PROMETHEUS = goProgramPath('prometheus', 'prometheus');
const PROMTOOL = goProgramPath('prometheus', 'promtool');
const NAME = 'release-prometheus.default.svc.cluster.local';

/** An address of this machine that no other test has, for the ports that the chart names. */
const ADDRESS = `127.${64 + Math.floor(Math.random() * 128)}.72.10`;
const ALL_UP = `all targets of 3 jobs at http://${NAME}:9090 are up\n`;

/** What brokers and etcd members serve for Prometheus, as far as this test needs it. */
class Target {
  private server: Server | undefined;

  constructor(readonly port: number) {}

  start(): Promise<void> {
    this.server = createServer((_, response) => response.end('seen 1\n'));
    return new Promise((resolve) => this.server?.listen(this.port, ADDRESS, resolve));
  }

  stop(): Promise<void> {
    this.server?.closeAllConnections();
    return new Promise((resolve) => {
      this.server?.close(() => {
        resolve();
      });
    });
  }
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs?: readonly unknown[];
}

const describeBuilt = areBuilt([PROMETHEUS, PROMTOOL]) ? describe : describe.skip;

describeBuilt('helm test asks a real Prometheus for its targets', () => {
  const broker = new Target(9040);
  const etcd = new Target(2381);
  let directory: string;
  let objects: readonly DecodedObject[];
  let server: BackgroundProgram;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'targets-check-'));
    const values = { prometheus: { scrapeInterval: '1s' } };
    const { stdout } = await helmTemplate({ helm: HELM_4, chart: CHART, values });
    [objects] = await decodeManifests([stdout]);
    writeFileSync(join(directory, 'hosts'), `${ADDRESS} ${NAME}\n`);
    // What waits between two questions need not be waited for as long.
    mkdirSync(join(directory, 'bin'));
    const sleep = '#!/bin/sh\nexec /bin/sleep 0.3\n';
    writeFileSync(join(directory, 'bin/sleep'), sleep, { mode: 0o755 });
    writeFileSync(join(directory, 'bin/promtool'), `#!/bin/sh\nexec ${PROMTOOL} "$@"\n`, {
      mode: 0o755,
    });
    await Promise.all([broker.start(), etcd.start()]);
    server = new BackgroundProgram({
      file: PROMETHEUS,
      args: [
        `--config.file=${config()}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=${ADDRESS}:9090`,
      ],
      log: join(directory, 'log'),
    });
    await server.waitUntil(async () => (await targets()) === 'up up up', 60);
  }, 90000);

  afterAll(async () => {
    await server.stop();
    await Promise.all([broker.stop(), etcd.stop()]);
    rmSync(directory, { recursive: true });
  });

  /** The rendered jobs. There is no cluster to find pods in, so the targets are written out. */
  function config(): string {
    const map = objects.find(({ metadata }) => metadata.name === 'release-prometheus-config');
    const { 'prometheus.yml': text } = map?.data as Record<string, string>;
    const { global, scrape_configs: jobs } = parse(text) as {
      global: object;
      scrape_configs: readonly ScrapeConfig[];
    };
    const ports = [9090, broker.port, etcd.port];
    const found = jobs.map(({ job_name }, index) => ({
      job_name,
      static_configs: [{ targets: [`${ADDRESS}:${String(ports[index])}`] }],
    }));
    const file = join(directory, 'prometheus.yml');
    writeFileSync(file, stringify({ global, scrape_configs: found }));
    return file;
  }

  async function targets(): Promise<string> {
    const answer = await fetch(`http://${ADDRESS}:9090/api/v1/targets`).catch(() => undefined);
    if (answer?.ok !== true) {
      return '';
    }
    const { data } = (await answer.json()) as { data: { activeTargets: { health: string }[] } };
    return data.activeTargets.map(({ health }) => health).join(' ');
  }

  function helmTest(): Promise<ContainerRun> {
    const [{ spec }] = findPodTemplates(
      objects.filter(({ metadata }) => metadata.name === 'release-test-prometheus'),
    );
    return runContainer(spec.containers[0], {
      hosts: join(directory, 'hosts'),
      programs: join(directory, 'bin'),
    });
  }

  test('all are up', async () => {
    expect(await helmTest()).toEqual({ code: 0, output: ALL_UP });
  });

  test('a broker does not answer: it fails and names the target', async () => {
    await broker.stop();
    await server.waitUntil(async () => (await targets()).includes('down'), 30);
    const { code, output } = await helmTest();
    expect(code).toBe(1);
    expect(output).toMatch(
      /some are down: \{\} => 1 @\[.*\]; jobs that are up \(of 3\): \{\} => 2 @/,
    );
    expect(output).toContain(`up{instance="${ADDRESS}:9040", job="release-danube-broker"} => 0`);
  }, 30000);

  test('it answers again: that is enough within the time that the test waits', async () => {
    await broker.start();
    expect(await helmTest()).toEqual({ code: 0, output: ALL_UP });
  }, 30000);

  test('Prometheus is away: it fails and says that', async () => {
    await server.stop();
    const { code, output } = await helmTest();
    expect([code, output]).toEqual([1, expect.stringContaining('connection refused')]);
  }, 30000);
});
