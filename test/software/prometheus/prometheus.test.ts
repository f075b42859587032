import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { NAMED_SETS } from '../../danube/core/core-sets';
import { areBuilt, goProgramPath } from '../../go-programs';
import { HELM_4 } from '../../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { runProcess } from '../../real-helm/run-process';
import { BackgroundProgram, freePort } from '../background-program';

const CHART = join(__dirname, '..', '..', '..', 'charts-out', 'danube-core');
const PROMETHEUS = goProgramPath('prometheus', 'prometheus');
const PROMTOOL = goProgramPath('prometheus', 'promtool');

const describeBuilt = areBuilt([PROMETHEUS, PROMTOOL]) ? describe : describe.skip;

describeBuilt('Prometheus 2.53 with what danube-core renders', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test.each(NAMED_SETS)('promtool takes configuration and rules: $name', async ({ set }) => {
    const { ok, stdout } = await helmTemplate({ helm: HELM_4, chart: CHART, ...set });
    expect(ok).toBe(true);
    const [objects] = await decodeManifests([stdout]);
    const files = filesOf(objects);
    if (files === undefined) {
      expect(set.values).toMatchObject({ prometheus: { enabled: false } });
      return;
    }
    const config = write(files);
    const checked = await runProcess(PROMTOOL, ['check', 'config', config], {});
    expect(`${checked.stdout}${checked.stderr}`).not.toMatch(/FAILED|warn/i);
    expect(checked.ok).toBe(true);
  });

  test('a server starts with its arguments and evaluates the rules', async () => {
    const { stdout } = await helmTemplate({ helm: HELM_4, chart: CHART });
    const [objects] = await decodeManifests([stdout]);
    const config = write(quicklyAndWithoutScrapes(filesOf(objects) ?? {}));
    const port = await freePort();
    const args = serverArguments(objects).map((argument) =>
      argument
        .replace(/^--config\.file=.*/, `--config.file=${config}`)
        .replace(/^--storage\.tsdb\.path=.*/, `--storage.tsdb.path=${join(directory, 'data')}`),
    );
    const listen = `--web.listen-address=127.0.0.1:${port}`;
    const log = join(directory, 'log');
    const server = new BackgroundProgram({ file: PROMETHEUS, args: [...args, listen], log });
    const url = `http://127.0.0.1:${port}`;
    try {
      await server.waitUntil(() => answers(`${url}/-/ready`), 60);
      await server.waitUntil(() => areEvaluated(url), 60);
      const rules = await rulesOf(url);
      expect(rules.length).toBeGreaterThan(30);
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    } finally {
      await server.stop();
    }
    expect(readFileSync(log, 'utf8')).toMatch(/Server is ready to receive web requests/);
  });

  function write(files: Record<string, string>): string {
    const folder = mkdtempSync(join(directory, 'config-'));
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), content);
    }
    return join(folder, 'prometheus.yml');
  }
});

function filesOf(objects: readonly DecodedObject[]): Record<string, string> | undefined {
  const isConfig = ({ kind, metadata }: DecodedObject) =>
    kind === 'ConfigMap' && metadata.name.endsWith('-prometheus-config');
  return objects.find(isConfig)?.data as Record<string, string> | undefined;
}

/**
 * There is no cluster here, and nothing that the server could ask for its series. Rules are
 * evaluated first after some part of their interval.
 */
function quicklyAndWithoutScrapes(files: Record<string, string>): Record<string, string> {
  const config = parse(files['prometheus.yml']) as { readonly global: object };
  const global = { ...config.global, evaluation_interval: '1s' };
  return { ...files, 'prometheus.yml': stringify({ ...config, global, scrape_configs: [] }) };
}

function serverArguments(objects: readonly DecodedObject[]): readonly string[] {
  const isServer = ({ kind, metadata }: DecodedObject) =>
    kind === 'Deployment' && metadata.name.endsWith('-prometheus');
  const { template } = objects.find(isServer)?.spec as {
    template: { spec: { containers: { args: readonly string[] }[] } };
  };
  return template.spec.containers[0].args;
}

interface Rule {
  readonly name: string;
  readonly health: 'unknown' | 'ok' | 'err';
}

async function areEvaluated(url: string): Promise<boolean> {
  return (await rulesOf(url)).every(({ health }) => health !== 'unknown');
}

async function rulesOf(url: string): Promise<Rule[]> {
  const response = await fetch(`${url}/api/v1/rules`);
  const { data } = (await response.json()) as { data: { groups: { rules: Rule[] }[] } };
  return data.groups.flatMap(({ rules }) => rules);
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
