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
import { amongNames, runContainer, type ContainerRun, type Surroundings } from '../run-container';
import { ETCD_PROGRAMS } from './programs';

const CHART = join(__dirname, '..', '..', '..', 'charts-out', 'danube-core');
const READY_SECONDS = 60;
const DOMAIN = 'default.svc.cluster.local';

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

type Names = Readonly<Record<string, string>>;

export interface PodRun extends Pick<Surroundings, 'here' | 'secrets'> {
  /** Those of the release that the pod belongs to, when they are others. */
  readonly values?: object;
}

export type ProbeName = 'startupProbe' | 'livenessProbe' | 'readinessProbe';

/** Loopback addresses of its own: files of tests run beside each other, and so may checkouts. */
function newNetwork(): string {
  const worker = Number(process.env.JEST_WORKER_ID ?? '1') % 8;
  return `127.${64 + 16 * worker + Math.floor(Math.random() * 16)}.71`;
}

/** Reaches the container of a pod at its address, and finds its claim as a directory. */
const KUBECTL = `#!/bin/bash
case "$3" in
  exec)
    address=$(getent hosts "$4.$MEMBERS" | cut -d' ' -f1)
    program=$6
    shift 6
    exec "$PROGRAMS/$program" "\${@/127.0.0.1/$address}" ;;
  delete) rm -rf "$DIRECTORY/\${5#data-}" ;;
  *) exit 2 ;;
esac
`;

async function rendered(values: object): Promise<readonly DecodedObject[]> {
  const { ok, stdout, stderr } = await helmTemplate({ helm: HELM_4, chart: CHART, values });
  expect([ok, stderr]).toEqual([true, '']);
  const [objects] = await decodeManifests([stdout]);
  return objects;
}

/**
 * The members of etcd that a chart renders, as processes with its arguments and environment. Each
 * has an address of this machine of its own, which takes the place of 0.0.0.0, and a directory.
 */
export class RenderedEtcd {
  /** With more names than those of the members, and their addresses, if the pods ask for such. */
  static async render(values: object, names: Names = {}): Promise<RenderedEtcd> {
    return new RenderedEtcd(await rendered(values), names);
  }

  /** What other values render from now on; members have it when they are started again. */
  async change(values: object): Promise<void> {
    this.objects = await rendered(values);
    writeFileSync(this.hostsFile, this.hosts());
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'rendered-etcd-'));
  private readonly network = newNetwork();
  private readonly running = new Map<number, BackgroundProgram>();

  private constructor(
    private objects: readonly DecodedObject[],
    private readonly names: Names,
  ) {
    writeFileSync(this.hostsFile, this.hosts());
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
    const [file, ...before] = amongNames(this.hostsFile);
    const member = new BackgroundProgram({
      file,
      args: [...before, etcd, ...args],
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
    const [program, ...before] = amongNames(this.hostsFile);
    const { status, stderr } = spawnSync(program, [...before, ...command], { encoding: 'utf8' });
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

  /** Runs the containers of a pod, Job or CronJob as its pod would, among the names of members. */
  async run(nameEnd: string, { values, ...place }: PodRun = {}): Promise<ContainerRun> {
    const objects = values === undefined ? this.objects : await rendered(values);
    const [{ spec }] = findPodTemplates(
      objects.filter(({ metadata }) => metadata.name.endsWith(nameEnd)),
    );
    let output = '';
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
      const run = await runContainer(container, this.around(place));
      output += run.output;
      if (run.code !== 0) {
        return { code: run.code, output };
      }
    }
    return { code: 0, output };
  }

  /** Runs what a user would type. `kubectl` reaches the members and what they stored. */
  type(line: string, place: Omit<PodRun, 'values'> = {}): Promise<ContainerRun> {
    const programs = join(this.directory, 'bin');
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, 'kubectl'), KUBECTL, { mode: 0o755 });
    const env = [
      { name: 'DIRECTORY', value: this.directory },
      { name: 'PROGRAMS', value: ETCD_PROGRAMS },
      { name: 'MEMBERS', value: this.membersDomain },
    ];
    const container = { name: 'user', command: ['/bin/bash', '-c', line], env };
    return runContainer(container, { ...this.around(place), programs });
  }

  private around({ here, secrets }: Omit<PodRun, 'values'>): Surroundings {
    return {
      hosts: this.hostsFile,
      here: { '/usr/local/bin/': `${ETCD_PROGRAMS}/`, ...here },
      secrets,
    };
  }

  private environment(ordinal: number): Record<string, string> {
    const entries = this.container.env.map(({ name, value, valueFrom }) => {
      const isPodName = valueFrom?.fieldRef?.fieldPath === 'metadata.name';
      return [name, isPodName ? this.podName(ordinal) : (value ?? '')];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** The names that the Services give to the pods. */
  private hosts(): string {
    const lines = this.members.flatMap((ordinal) => [
      `${this.address(ordinal)} ${this.podName(ordinal)}.${this.membersDomain}\n`,
      `${this.address(ordinal)} ${this.set.metadata.name}.${DOMAIN}\n`,
    ]);
    const others = Object.entries(this.names).map(([name, address]) => `${address} ${name}\n`);
    return [...lines, ...others].join('');
  }

  private get membersDomain(): string {
    const { serviceName } = this.set.spec as { serviceName: string };
    return `${serviceName}.${DOMAIN}`;
  }

  private get hostsFile(): string {
    return join(this.directory, 'hosts');
  }

  private get set(): DecodedObject {
    const set = this.objects.find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name.endsWith('-etcd'),
    );
    if (set === undefined) {
      throw new Error('the chart renders no etcd');
    }
    return set;
  }

  private get container(): Container {
    const { template } = this.set.spec as {
      template: { spec: { containers: readonly Container[] } };
    };
    return template.spec.containers[0];
  }

  private podName(ordinal: number): string {
    return `${this.set.metadata.name}-${ordinal}`;
  }

  private address(ordinal: number): string {
    return `${this.network}.${10 + ordinal}`;
  }
}
