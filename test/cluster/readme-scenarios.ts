import * as fs from 'node:fs';
import * as path from 'node:path';
import { clusterProof, readmeCommands, type ReadmeCommand } from '../examples/readme-commands';
import { kubectlPath, type HelmBinary } from '../real-helm/binaries';
import { isolatedEnv } from '../real-helm/isolated-env';
import type { Cluster, Json, LiveObject } from './cluster';
import { runCommand, type CommandOutput } from './command';

const ROOT = path.join(__dirname, '..', '..');
const README = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** The nodes are played: there is nobody to ask for logs, and nobody to forward to. */
const NO_NODE = 'no preferred addresses found; known addresses: []';

/** Options of danube-admin that take an address, and the port of a Service that each needs. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  '--broker-endpoint': 'admin',
  '--prometheus-url': 'http',
};

/** The README's quick start, scenarios, stack and migration, each typed into a shell. */
export function testReadmeScenarios(getCluster: () => Promise<Cluster>, helm: HelmBinary): void {
  const commands = readmeCommands(README);
  const headings = [...new Set(commands.map(({ heading }) => heading))];
  test.concurrent.each(headings)('README, %s', async (heading) => {
    const name = heading.replace(/:.*/, '').replace(/ /g, '-').toLowerCase();
    const scenario = await Scenario.prepare(await getCluster(), helm, `readme-${name}`);
    for (const command of commands.filter((each) => each.heading === heading)) {
      await scenario.type(command);
    }
    await scenario.expectSecretsTaken();
  });
}

interface Forward {
  readonly service: string;
  readonly local: string;
  readonly port: string;
}

/** A shell in a clone of the repository, and what was done in it so far. */
class Scenario {
  static async prepare(cluster: Cluster, helm: HelmBinary, namespace: string): Promise<Scenario> {
    await cluster.createNamespace(namespace);
    const scenario = new Scenario(cluster, cluster.path(namespace), namespace);
    scenario.makeClone(helm);
    return scenario;
  }

  private readonly forwards: Forward[] = [];

  private constructor(
    private readonly cluster: Cluster,
    private readonly directory: string,
    private readonly namespace: string,
  ) {}

  async type(command: ReadmeCommand): Promise<void> {
    if (command.words[0] === 'npx') {
      // The others are run by test/examples/readme.test.ts.
      if (command.text.includes('>')) {
        await this.shell(command.text);
      }
      return;
    }
    switch (command.needsCluster ? clusterProof(command) : 'run') {
      case 'run':
        await this.run(command);
        break;
      case 'run without logs':
        await this.shell(command.text.replace(' --logs', ''));
        await expect(this.shell(command.text)).rejects.toThrow(NO_NODE);
        break;
      case 'forward':
        await this.forward(command);
        break;
      case 'compare endpoints':
        await this.compareEndpoints(command);
    }
  }

  /** Pods take each Secret that was made by hand, with all its keys or by names that it has. */
  async expectSecretsTaken(): Promise<void> {
    const secrets = await this.get('secrets');
    const byHand = secrets.filter(({ metadata }) => metadata.labels === undefined);
    const pods = await this.get('pods');
    for (const { metadata, data } of byHand) {
      const keys = Object.keys(data as Json);
      const uses = pods.flatMap((pod) => secretUses(pod.spec, metadata.name));
      expect([metadata.name, uses.length > 0]).toEqual([metadata.name, true]);
      const unknown = uses.flat().filter((key) => !keys.includes(key));
      expect([metadata.name, unknown]).toEqual([metadata.name, []]);
    }
  }

  private async run({ text, words }: ReadmeCommand): Promise<void> {
    const [program, verb, release] = words;
    const isUninstall = program === 'helm' && verb === 'uninstall';
    if (isUninstall) {
      await this.shell(`helm install ${release} ./former-chart`);
    }
    const { stderr } = await this.shell(text);
    expect(stderr).toBe('');
    if (isUninstall) {
      const left = await this.get('configmaps', '-l', 'app=former');
      expect(left).toEqual([]);
    }
    if (program === 'helm' && verb === 'install') {
      for (const { kind, metadata } of await this.get('statefulsets,deployments')) {
        await this.shell(`kubectl rollout status ${kind}/${metadata.name} --timeout=2m`);
      }
    }
  }

  /** kubectl finds the Service, its port and a running pod behind it, and then no node to ask. */
  private async forward({ text, words }: ReadmeCommand): Promise<void> {
    const service = words[2].replace('svc/', '');
    const [local, port] = words[3].split(':');
    await expect(this.shell(text)).rejects.toThrow(NO_NODE);
    this.forwards.push({ service, local, port });
  }

  /** Each address that danube-admin is given leads to a forwarded port of the right kind. */
  private async compareEndpoints({ words }: ReadmeCommand): Promise<void> {
    const addresses = words.flatMap((word, index) =>
      word.startsWith('http://localhost:') ? [[words[index - 1], word] as const] : [],
    );
    expect(addresses.map(([option]) => option)).toEqual(Object.keys(ENDPOINTS));
    for (const [option, address] of addresses) {
      const forward = this.forwards.find(({ local }) => local === new URL(address).port);
      const [service] = await this.get('services', forward?.service ?? `for ${address}`);
      const { ports } = service.spec as { ports: { name: string; port: number }[] };
      const name = ports.find(({ port }) => String(port) === forward?.port)?.name;
      expect([option, name]).toEqual([option, ENDPOINTS[option]]);
    }
  }

  private async get(...args: readonly string[]): Promise<LiveObject[]> {
    return this.cluster.get([...args, '--namespace', this.namespace]);
  }

  private shell(line: string): Promise<CommandOutput> {
    const env = {
      ...isolatedEnv(this.directory),
      HOME: this.directory,
      PATH: [path.join(this.directory, 'bin'), process.env.PATH].join(path.delimiter),
      KUBECONFIG: path.join(this.directory, 'kubeconfig'),
    };
    return runCommand({ file: '/bin/sh', args: ['-ec', line], env, cwd: this.directory });
  }

  /** What the README takes for granted: the clone, programs, keys, and the release before ours. */
  private makeClone(helm: HelmBinary): void {
    const here = (...names: string[]) => path.join(this.directory, ...names);
    fs.mkdirSync(here('bin'), { recursive: true });
    for (const folder of ['charts-out', 'examples']) {
      fs.symlinkSync(path.join(ROOT, folder), here(folder));
    }
    fs.symlinkSync(helm.path, here('bin', 'helm'));
    fs.symlinkSync(kubectlPath, here('bin', 'kubectl'));
    fs.writeFileSync(here('bin', 'npx'), npxScript(), { mode: 0o755 });
    fs.writeFileSync(here('kubeconfig'), this.kubeconfig(), { mode: 0o600 });
    fs.copyFileSync(this.cluster.certificate, here('tls.crt'));
    fs.copyFileSync(this.cluster.certificate.replace(/crt$/, 'key'), here('tls.key'));
    fs.writeFileSync(here('keys'), 'AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=secret\n');
    fs.mkdirSync(here('former-chart', 'templates'), { recursive: true });
    const chart = { apiVersion: 'v2', name: 'danube-with-etcd', version: '0.1.0' };
    fs.writeFileSync(here('former-chart', 'Chart.yaml'), JSON.stringify(chart));
    const metadata = { name: 'danube-former', labels: { app: 'former' } };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    fs.writeFileSync(here('former-chart', 'templates', 'map.yaml'), JSON.stringify(object));
  }

  /** The namespace is that of the context, as for somebody who types. */
  private kubeconfig(): string {
    const config = JSON.parse(fs.readFileSync(this.cluster.kubeconfig, 'utf8')) as {
      readonly contexts: readonly { readonly context: object }[];
    };
    const contexts = config.contexts.map((entry) => ({
      ...entry,
      context: { ...entry.context, namespace: this.namespace },
    }));
    return JSON.stringify({ ...config, contexts });
  }
}

/** `npx danube-charts` of a clone, from its sources. */
function npxScript(): string {
  const tsNode = path.join(ROOT, 'node_modules/ts-node/dist/bin.js');
  const program = path.join(ROOT, 'src/cli/danube-charts.ts');
  const command = [process.execPath, tsNode, '--transpile-only', program];
  return `#!/bin/sh\nshift\nexec ${command.join(' ')} "$@"\n`;
}

/** The keys that each reference to a Secret names; none where it takes them all. */
function secretUses(node: unknown, secret: string): string[][] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const entries = Object.entries(node as Json);
  return entries.flatMap(([key, value]) => {
    const reference = value as { name?: string; secretName?: string; key?: string };
    const isUse =
      /^(secretKeyRef|secretRef|secret)$/.test(key) &&
      (reference.name ?? reference.secretName) === secret;
    if (isUse) {
      const { items = [] } = value as { items?: { key: string }[] };
      return [
        [...(reference.key === undefined ? [] : [reference.key]), ...items.map((i) => i.key)],
      ];
    }
    return secretUses(value, secret);
  });
}
