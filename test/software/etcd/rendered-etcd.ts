import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HELM_4 } from '../../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { findPodTemplates } from '../../objects/pod-template';
import { BackgroundProgram } from '../background-program';
import { ETCD_PROGRAMS } from './programs';

const CHART = join(__dirname, '..', '..', '..', 'charts-out', 'danube-core');
const READY_SECONDS = 60;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly args: readonly string[];
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}

export type ProbeName = 'startupProbe' | 'livenessProbe' | 'readinessProbe';

/**
 * The members of etcd that a chart renders, as processes with its arguments and environment. Each
 * has an address of this machine of its own, which takes the place of 0.0.0.0, and a directory.
 */
export class RenderedEtcd {
  static async render(values: object): Promise<RenderedEtcd> {
    const { ok, stdout, stderr } = await helmTemplate({ helm: HELM_4, chart: CHART, values });
    expect([ok, stderr]).toEqual([true, '']);
    const [objects] = await decodeManifests([stdout]);
    const set = objects.find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name.endsWith('-etcd'),
    );
    if (set === undefined) {
      throw new Error('the chart renders no etcd');
    }
    return new RenderedEtcd(set, objects);
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'rendered-etcd-'));
  private readonly network = `127.${64 + Math.floor(Math.random() * 128)}.71`;
  private readonly running = new Map<number, BackgroundProgram>();
  private readonly container: Container;

  private constructor(
    private readonly set: DecodedObject,
    private readonly objects: readonly DecodedObject[],
  ) {
    const { template } = set.spec as {
      template: { spec: { containers: readonly Container[] } };
    };
    this.container = template.spec.containers[0];
    writeFileSync(join(this.directory, 'hosts'), this.hosts());
  }

  get members(): number[] {
    const { replicas } = this.set.spec as { replicas: number };
    return Array.from({ length: replicas }, (_, ordinal) => ordinal);
  }

  start(ordinal: number): void {
    const data = join(this.directory, this.podName(ordinal));
    mkdirSync(data, { recursive: true });
    const env = this.environment(ordinal);
    const args = this.argumentsOf(ordinal);
    const etcd = join(ETCD_PROGRAMS, 'etcd');
    const member = new BackgroundProgram({
      file: '/usr/bin/unshare',
      args: ['--mount', ...this.asRoot, '/bin/sh', '-c', this.withHosts, 'sh', etcd, ...args],
      env,
      log: join(this.directory, `${this.podName(ordinal)}.log`),
    });
    this.running.set(ordinal, member);
  }

  /** Puts a snapshot in the place of what a member stored, as docs/etcd-restore.md says. */
  restore(ordinal: number, snapshot: string): void {
    const data = join(this.directory, this.podName(ordinal), 'data');
    rmSync(data, { recursive: true });
    const wanted =
      /^--(name|data-dir|initial-cluster|initial-cluster-token|initial-advertise-peer-urls)=/;
    const own = this.argumentsOf(ordinal).filter((argument) => wanted.test(argument));
    const etcdutl = join(ETCD_PROGRAMS, 'etcdutl');
    const command = [etcdutl, 'snapshot', 'restore', snapshot, ...own];
    const args = ['--mount', ...this.asRoot, '/bin/sh', '-c', this.withHosts, 'sh', ...command];
    const { status, stderr } = spawnSync('/usr/bin/unshare', args, { encoding: 'utf8' });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  }

  /** A path for a file of the test, which goes with the members. */
  file(name: string): string {
    return join(this.directory, name);
  }

  private argumentsOf(ordinal: number): string[] {
    const env = this.environment(ordinal);
    const data = join(this.directory, this.podName(ordinal));
    return this.container.args.map((argument) =>
      argument
        .replaceAll(/\$\(([A-Z_]+)\)/g, (_, name: string) => env[name] ?? '')
        .replaceAll('0.0.0.0', this.address(ordinal))
        .replaceAll('/var/lib/etcd', data),
    );
  }

  /** Waits until the probe of a member succeeds. */
  async waitFor(ordinal: number, probe: ProbeName): Promise<void> {
    const isWell = () => this.probe(ordinal, probe);
    await this.running.get(ordinal)?.waitUntil(isWell, READY_SECONDS);
  }

  /** What the kubelet would find now. */
  probe(ordinal: number, probe: ProbeName): Promise<boolean> {
    const { path, port } = this.container[probe].httpGet;
    const found = this.container.ports.find(({ name }) => name === port);
    const url = `http://${this.address(ordinal)}:${String(found?.containerPort)}${path}`;
    return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** As the kubelet ends a pod, or SIGKILL as a node is lost. */
  async stop(ordinal: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.running.get(ordinal)?.stop(signal);
    this.running.delete(ordinal);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((ordinal) => this.stop(ordinal)));
  }

  async remove(): Promise<void> {
    await this.stopAll();
    rmSync(this.directory, { recursive: true });
  }

  /** etcdctl against one member. */
  async etcdctl(ordinal: number, ...args: readonly string[]): Promise<string> {
    const endpoint = `--endpoints=http://${this.address(ordinal)}:2379`;
    const etcdctl = join(ETCD_PROGRAMS, 'etcdctl');
    const { stdout } = await promisify(execFile)(etcdctl, [
      endpoint,
      '--command-timeout=30s',
      ...args,
    ]);
    return stdout.trim();
  }

  /** Runs the script of a CronJob's container as its pod would, among the names of the members. */
  runCronJob(nameEnd: string): { readonly code: number; readonly output: string } {
    const found = this.objects.find(
      ({ kind, metadata }) => kind === 'CronJob' && metadata.name.endsWith(nameEnd),
    );
    if (found === undefined) {
      throw new Error(`the chart renders no CronJob ${nameEnd}`);
    }
    const [pod] = findPodTemplates([found]);
    const [{ command = [], env = [] }] = pod.spec.containers;
    const variables = env.map(({ name, value = '' }) => [name, value] as const);
    const args = ['--mount', ...this.asRoot, '/bin/sh', '-c', this.withHosts, 'sh', ...command];
    const result = spawnSync('/usr/bin/unshare', args, {
      env: { PATH: process.env.PATH, ...Object.fromEntries(variables) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { code: result.status ?? -1, output: result.stdout + result.stderr };
  }

  private environment(ordinal: number): Record<string, string> {
    const entries = this.container.env.map(({ name, value, valueFrom }) => {
      const isPodName = valueFrom?.fieldRef?.fieldPath === 'metadata.name';
      return [name, isPodName ? this.podName(ordinal) : (value ?? '')];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** The names that the headless Service gives to the pods. */
  private hosts(): string {
    const { serviceName } = this.set.spec as { serviceName: string };
    const lines = this.members.map((ordinal) => {
      const name = `${this.podName(ordinal)}.${serviceName}.default.svc.cluster.local`;
      return `${this.address(ordinal)} ${name}\n`;
    });
    return lines.join('');
  }

  /** Only the member sees these names: the file of the machine stays as it is. */
  private get withHosts(): string {
    return `mount --bind '${join(this.directory, 'hosts')}' /etc/hosts && exec "$@"`;
  }

  private get asRoot(): string[] {
    return process.getuid?.() === 0 ? [] : ['--map-root-user'];
  }

  private podName(ordinal: number): string {
    return `${this.set.metadata.name}-${ordinal}`;
  }

  private address(ordinal: number): string {
    return `${this.network}.${10 + ordinal}`;
  }
}
