import * as https from 'node:https';
import type { LiveObject } from './cluster';

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

interface GroupList {
  readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
}

/** A kind of objects that stand in namespaces, and where the API has them. */
export interface NamespacedKind {
  /** Such as `/api/v1` or `/apis/apps/v1`. */
  readonly group: string;
  /** Its plural, as in paths. */
  readonly name: string;
}

/** Which of the objects; both are those of kubectl. */
export interface ListOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Reads from an API server. What is asked every few moments is too often for a kubectl each. */
export class ApiClient {
  private readonly agent: https.Agent;
  private kinds: Promise<readonly NamespacedKind[]> | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string,
    certificate: string,
  ) {
    this.agent = new https.Agent({ ca: certificate, keepAlive: true });
  }

  stop(): void {
    this.agent.destroy();
  }

  async list(
    { group, name }: NamespacedKind,
    namespace: string,
    options: ListOptions = {},
  ): Promise<LiveObject[]> {
    const query = new URLSearchParams(Object.entries(options)).toString();
    const path = `${group}/namespaces/${namespace}/${name}?${query}`;
    const list = await this.read<{ kind: string; items: LiveObject[] }>(path);
    // Items of a list do not say what they are.
    const kind = list.kind.replace(/List$/, '');
    return list.items.map((item) => ({ ...item, kind }));
  }

  /** Every kind that can be listed in a namespace, once each. */
  namespacedKinds(): Promise<readonly NamespacedKind[]> {
    this.kinds ??= this.readKinds();
    return this.kinds;
  }

  private async readKinds(): Promise<readonly NamespacedKind[]> {
    const { groups } = await this.read<GroupList>('/apis');
    const paths = groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
    const lists = ['/api/v1', ...paths].map(async (group) => {
      const { resources } = await this.read<ResourceList>(group);
      return resources
        .filter(({ namespaced, verbs }) => namespaced && verbs.includes('list'))
        .map(({ name }) => ({ group, name }));
    });
    return (await Promise.all(lists)).flat();
  }

  private read<T>(path: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}` };
    return new Promise((resolve, reject) => {
      const request = https.get(this.url + path, { agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) {
            resolve(JSON.parse(text) as T);
          } else {
            reject(new Error(`${path}: ${String(response.statusCode)} ${text}`));
          }
        });
      });
      request.once('error', reject);
    });
  }
}
