import * as fs from 'node:fs';
import { parse, stringify } from 'yaml';
import { goProgramPath } from '../go-programs';
import { HELM_4 } from '../real-helm/binaries';
import { BackgroundProgram, freePort } from '../software/background-program';
import { withMounts } from '../software/run-container';
import type { Cluster, Json } from './cluster';
import { ReleaseJourney } from './release-journey';

export const PROMETHEUS = goProgramPath('prometheus', 'prometheus');

const NAMESPACE = 'discovery';
const ACCOUNT = '/run/secrets/kubernetes.io/serviceaccount';

/** Nothing listens there. The addresses of the pods are nobody's: nothing is sent to them. */
const NOWHERE = 'http://127.0.0.1:1';

interface Target {
  readonly labels: { readonly job: string; readonly instance: string; readonly pod?: string };
}

/**
 * The targets that the Prometheus of a release finds: a real one, with the rendered configuration
 * and the token of its service account, so that its Role has to be right.
 */
export async function discoveredTargets(cluster: Cluster): Promise<string[]> {
  await cluster.createNamespace(NAMESPACE);
  const release = new ReleaseJourney(cluster, HELM_4, 'danube-core', 'danube', NAMESPACE);
  await release.install({});
  const port = await freePort();
  const server = await startPrometheus(cluster, port);
  try {
    let targets: Target[] = [];
    await server.waitUntil(async () => {
      targets = await targetsOf(`http://127.0.0.1:${port}`);
      return targets.length > 4;
    }, 60);
    return targets.map(({ labels }) => `${labels.job} ${labels.pod ?? labels.instance}`).sort();
  } finally {
    await server.stop();
    await release.remove();
  }
}

async function startPrometheus(cluster: Cluster, port: number): Promise<BackgroundProgram> {
  const directory = cluster.path('prometheus');
  fs.mkdirSync(directory);
  const [map] = await cluster.get(['configmap/danube-prometheus-config', '--namespace', NAMESPACE]);
  for (const [name, content] of Object.entries(map.data as Record<string, string>)) {
    fs.writeFileSync(`${directory}/${name}`, content);
  }
  const config = `${directory}/prometheus.yml`;
  fs.writeFileSync(config, scrapingNothing(fs.readFileSync(config, 'utf8')));
  await writeAccount(cluster, directory);
  const server = [
    PROMETHEUS,
    `--config.file=${config}`,
    `--storage.tsdb.path=${directory}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const [file, ...before] = withMounts(
    `mount -t tmpfs none /run && mkdir -p ${ACCOUNT} && cp '${directory}/account/'* ${ACCOUNT}`,
  );
  const { hostname, port: apiPort } = new URL(cluster.server);
  return new BackgroundProgram({
    file,
    args: [...before, ...server],
    env: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: apiPort },
    log: `${directory}/log`,
  });
}

/** What the kubelet would mount. */
async function writeAccount(cluster: Cluster, directory: string): Promise<void> {
  const args = ['create', 'token', 'danube-prometheus', '--namespace', NAMESPACE];
  const { stdout } = await cluster.kubectl(args);
  fs.mkdirSync(`${directory}/account`);
  fs.writeFileSync(`${directory}/account/token`, stdout.trim());
  fs.writeFileSync(`${directory}/account/namespace`, NAMESPACE);
  fs.copyFileSync(cluster.certificate, `${directory}/account/ca.crt`);
}

function scrapingNothing(config: string): string {
  const { scrape_configs: jobs, ...rest } = parse(config) as Json & { scrape_configs: Json[] };
  return stringify({
    ...rest,
    scrape_configs: jobs.map((job) => ({ ...job, proxy_url: NOWHERE })),
  });
}

async function targetsOf(url: string): Promise<Target[]> {
  try {
    const response = await fetch(`${url}/api/v1/targets?state=active`);
    const { data } = (await response.json()) as { data: { activeTargets: Target[] } };
    return data.activeTargets;
  } catch {
    return [];
  }
}
