import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { goProgramPath } from '../go-programs';
import { BackgroundProgram, freePort } from '../software/background-program';

/** A minor of Kubernetes that the charts claim, and the name of its programs in scripts/go. */
export interface KubernetesMinor {
  readonly minor: string;
  readonly programs: string;
}

export const OLDEST: KubernetesMinor = { minor: '1.28', programs: 'kubernetes-1.28' };
export const NEWEST: KubernetesMinor = { minor: '1.36', programs: 'kubernetes-1.36' };

const READY_SECONDS = 120;

/**
 * A Kubernetes control plane of real programs on this machine: etcd, API server, controllers and
 * scheduler. KWOK plays its nodes and pods.
 */
export class ControlPlane {
  static async start(kubernetes: KubernetesMinor, etcd: string): Promise<ControlPlane> {
    const plane = new ControlPlane(kubernetes, etcd, await freePort());
    try {
      await plane.startEtcd();
      await plane.startApiServer();
      plane.startControllers();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  /** What clients are given; it holds the rights of an administrator. */
  readonly kubeconfig: string;
  /** The administrator's, in that file too. */
  readonly token = randomBytes(16).toString('hex');

  private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'control-plane-'));
  private readonly programs: BackgroundProgram[] = [];
  private etcdUrl = '';

  private constructor(
    private readonly kubernetes: KubernetesMinor,
    private readonly etcd: string,
    private readonly port: number,
  ) {
    this.kubeconfig = this.inDirectory('kubeconfig');
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** It is the API server's own, made as it starts. */
  get certificate(): string {
    return this.inDirectory('apiserver.crt');
  }

  /** Stops the programs, the last one first, and removes what they stored. */
  async stop(): Promise<void> {
    for (const program of [...this.programs].reverse()) {
      await program.stop();
    }
    fs.rmSync(this.directory, { recursive: true });
  }

  private async startEtcd(): Promise<void> {
    this.etcdUrl = `http://127.0.0.1:${await freePort()}`;
    const peers = `http://127.0.0.1:${await freePort()}`;
    const etcd = this.run('etcd', this.etcd, [
      `--data-dir=${this.inDirectory('etcd')}`,
      `--listen-client-urls=${this.etcdUrl}`,
      `--advertise-client-urls=${this.etcdUrl}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--unsafe-no-fsync',
      '--backend-batch-interval=1s',
    ]);
    await etcd.waitUntil(() => answers(`${this.etcdUrl}/health`), READY_SECONDS);
  }

  private async startApiServer(): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.write('sa.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    this.write('sa.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    this.write('tokens.csv', `${this.token},admin,admin,system:masters\n`);
    const server = this.run('kube-apiserver', this.kubernetesProgram('kube-apiserver'), [
      `--etcd-servers=${this.etcdUrl}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=192.0.2.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${this.port}`,
      `--cert-dir=${this.directory}`,
      `--token-auth-file=${this.inDirectory('tokens.csv')}`,
      '--authorization-mode=Node,RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.inDirectory('sa.pub')}`,
      `--service-account-signing-key-file=${this.inDirectory('sa.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16,fd00:96::/112',
      // Streams of lists need an etcd that is newer than the one of the charts.
      '--feature-gates=WatchList=false',
    ]);
    const isReady = () => answers(`${this.url}/readyz`);
    await server.waitUntil(isReady, READY_SECONDS);
    this.write('kubeconfig', JSON.stringify(this.kubeconfigContent()));
  }

  private startControllers(): void {
    this.run('kube-controller-manager', this.kubernetesProgram('kube-controller-manager'), [
      `--kubeconfig=${this.kubeconfig}`,
      `--root-ca-file=${this.certificate}`,
      `--service-account-private-key-file=${this.inDirectory('sa.key')}`,
      '--use-service-account-credentials',
      '--leader-elect=false',
      '--secure-port=0',
    ]);
    this.run('kube-scheduler', this.kubernetesProgram('kube-scheduler'), [
      `--kubeconfig=${this.kubeconfig}`,
      '--leader-elect=false',
      '--secure-port=0',
    ]);
    this.run('kwok', goProgramPath('kwok', 'kwok'), [
      `--kubeconfig=${this.kubeconfig}`,
      `--config=${path.join(__dirname, 'kwok.yaml')}`,
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
    ]);
  }

  private run(name: string, file: string, args: readonly string[]): BackgroundProgram {
    // Memory is there; collecting garbage is a quarter of the API server's work otherwise.
    const env = { ...process.env, GOGC: '400' };
    const log = this.inDirectory(`${name}.log`);
    const program = new BackgroundProgram({ file, args, log, env });
    this.programs.push(program);
    return program;
  }

  private kubernetesProgram(name: string): string {
    return goProgramPath(this.kubernetes.programs, name);
  }

  private kubeconfigContent(): object {
    const cluster = { server: this.url, 'certificate-authority': this.certificate };
    return {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'admin', user: { token: this.token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    };
  }

  private inDirectory(name: string): string {
    return path.join(this.directory, name);
  }

  /** Only for this user: the files hold keys, and Helm warns of others. */
  private write(name: string, content: string): void {
    fs.writeFileSync(this.inDirectory(name), content, { mode: 0o600 });
  }
}

function answers(url: string): Promise<boolean> {
  if (url.startsWith('http://')) {
    return fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  }
  return new Promise((resolve) => {
    const request = https.get(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => {
      resolve(false);
    });
  });
}

/** The version that a built program reports, such as `v1.36.3`. */
export function reportedVersion(kubernetes: KubernetesMinor): string {
  const file = goProgramPath(kubernetes.programs, 'kube-apiserver');
  const result = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return result.stdout.trim().split(' ')[1] ?? '';
}
