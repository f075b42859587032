import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { kubectlPath, type HelmBinary } from '../real-helm/binaries';
import { isolatedEnv } from '../real-helm/isolated-env';
import { ApiClient } from './api-client';
import { runCommand, type CommandOutput } from './command';
import { ControlPlane, type KubernetesMinor } from './control-plane';
import { customResourceDefinitions } from './custom-resources';
import { writeSchemas } from './openapi-schemas';

export type Json = Record<string, unknown>;

export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly [field: string]: unknown;
}

/** Helm 4 says it of its own watch, if an event comes just as it has seen enough. */
const STOPPED_WATCH = /reflector\.go:.* watch ended with error.*context canceled/;

const NODES = 6;
const ZONES = 3;
const VOLUMES = 400;

/** A control plane with nodes in three zones, volumes, and the custom kinds that charts emit. */
export class Cluster {
  static async start(kubernetes: KubernetesMinor, etcd: string): Promise<Cluster> {
    const cluster = new Cluster(await ControlPlane.start(kubernetes, etcd));
    try {
      await cluster.create([...customResourceDefinitions(), ...nodes(), ...storage()]);
      await cluster.kubectl(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s']);
      await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all']);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** What `kubectl get` would list, without a process for it. */
  readonly api: ApiClient;

  private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cluster-'));
  private schemasWritten: Promise<string> | undefined;

  private constructor(private readonly plane: ControlPlane) {
    this.api = new ApiClient(plane.url, plane.token, fs.readFileSync(plane.certificate, 'utf8'));
  }

  async stop(): Promise<void> {
    this.api.stop();
    await this.plane.stop();
    fs.rmSync(this.directory, { recursive: true });
  }

  /** A namespace that takes no pod beyond Pod Security `restricted`. */
  async createNamespace(name: string): Promise<void> {
    await this.api.createNamespace(name, {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  }

  async create(objects: readonly object[]): Promise<void> {
    if (objects.length === 0) {
      return;
    }
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await this.kubectl(['create', '-f', '-'], JSON.stringify(list));
  }

  async get(args: readonly string[], input?: string): Promise<LiveObject[]> {
    const { stdout } = await this.kubectl(['get', ...args, '-o', 'json'], input);
    const found = (stdout === '' ? { items: [] } : JSON.parse(stdout)) as LiveObject;
    return found.kind === 'List' || 'items' in found ? (found.items as LiveObject[]) : [found];
  }

  kubectl(args: readonly string[], input?: string): Promise<CommandOutput> {
    return runCommand({ file: kubectlPath, args, env: this.env, input });
  }

  /** What Helm wrote to its standard output. Anything on the other one is a warning: an error. */
  async helm(helm: HelmBinary, args: readonly string[]): Promise<string> {
    const { stdout, stderr } = await runCommand({ file: helm.path, args, env: this.env });
    const lines = stderr.split('\n').filter((line) => !STOPPED_WATCH.test(line));
    if (lines.join('').trim() !== '') {
      throw new Error(`helm ${helm.version} ${args.join(' ')} warns:\n${stderr}`);
    }
    return stdout;
  }

  /** A directory with the schemas of this API server, for kubeconform. */
  schemas(): Promise<string> {
    this.schemasWritten ??= this.writeSchemas();
    return this.schemasWritten;
  }

  private async writeSchemas(): Promise<string> {
    const directory = this.path('schemas');
    fs.mkdirSync(directory);
    const { stdout } = await this.kubectl(['get', '--raw', '/openapi/v2']);
    writeSchemas(JSON.parse(stdout) as Json, directory);
    return directory;
  }

  /** Where the API server is. */
  get server(): string {
    return this.plane.url;
  }

  /** The file that tells clients where the API server is, and who they are. */
  get kubeconfig(): string {
    return this.plane.kubeconfig;
  }

  /** The file with the certificate of the API server. */
  get certificate(): string {
    return this.plane.certificate;
  }

  /** Where a file for Helm or kubectl can stand until the end. */
  path(name: string): string {
    return path.join(this.directory, name);
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      ...isolatedEnv(this.directory),
      HOME: this.directory,
      KUBECONFIG: this.plane.kubeconfig,
    };
  }
}

function nodes(): object[] {
  return Array.from({ length: NODES }, (_, index) => {
    const name = `node-${index}`;
    const resources = { cpu: '1000', memory: '4Ti', pods: '1000' };
    const labels = {
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'topology.kubernetes.io/zone': `zone-${index % ZONES}`,
    };
    const status = { capacity: resources, allocatable: resources };
    return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status };
  });
}

/** Volumes that are there already, of the default class and without a class. */
function storage(): object[] {
  const standard = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'kubernetes.io/no-provisioner',
  };
  const volumes = Array.from({ length: VOLUMES }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `volume-${index}` },
    spec: {
      capacity: { storage: '10Ti' },
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'],
      storageClassName: index % 10 === 0 ? '' : 'standard',
      hostPath: { path: `/volumes/${index}` },
    },
  }));
  return [standard, ...volumes];
}
