import * as https from 'node:https';
import type { LiveObject } from './cluster';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

interface Answer {
  readonly content: unknown;
  /** What the server warns of. */
  readonly warnings: readonly string[];
}

interface Content {
  readonly type: string;
  readonly body: object;
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

/** An object of a manifest. */
export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Which of the objects; both are those of kubectl. */
export interface ListOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Asks an API server. What is asked every few moments is too often for a kubectl each. */
export class ApiClient {
  private readonly agent: https.Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();
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

  /** The object of the API that has the kind and name of this one, as in `kubectl get -f`. */
  async get(object: NamedObject, namespace: string): Promise<LiveObject> {
    return this.read<LiveObject>(await this.pathOf(object, namespace));
  }

  async createNamespace(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
    await this.request('POST', '/api/v1/namespaces', { type: 'application/json', body });
  }

  /**
   * What the server warns of if it is given an object, as by `kubectl apply --server-side
   * --dry-run=server --validate=strict`. An object that it refuses is an error.
   */
  async dryRun(object: NamedObject, namespace: string): Promise<readonly string[]> {
    const query = new URLSearchParams({
      dryRun: 'All',
      fieldManager: 'dry-run',
      fieldValidation: 'Strict',
      force: 'true',
    }).toString();
    const content = { type: 'application/apply-patch+yaml', body: object };
    const path = `${await this.pathOf(object, namespace)}?${query}`;
    return (await this.request('PATCH', path, content)).warnings;
  }

  private async pathOf(object: NamedObject, namespace: string): Promise<string> {
    const { apiVersion, kind, metadata } = object;
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resources = await this.resourcesOf(group);
    const resource = resources.find(({ kind: found, name }) => found === kind && !/\//.test(name));
    if (resource === undefined) {
      throw new Error(`the API has no ${kind} in ${apiVersion}`);
    }
    const place = resource.namespaced ? `${group}/namespaces/${namespace}` : group;
    return `${place}/${resource.name}/${metadata.name}`;
  }

  private async readKinds(): Promise<readonly NamespacedKind[]> {
    const { groups } = await this.read<GroupList>('/apis');
    const paths = groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
    const lists = ['/api/v1', ...paths].map(async (group) => {
      const resources = await this.resourcesOf(group);
      return resources
        .filter(({ namespaced, verbs }) => namespaced && verbs.includes('list'))
        .map(({ name }) => ({ group, name }));
    });
    return (await Promise.all(lists)).flat();
  }

  private resourcesOf(group: string): Promise<readonly Resource[]> {
    const known = this.resources.get(group);
    if (known !== undefined) {
      return known;
    }
    const read = this.read<{ readonly resources: readonly Resource[] }>(group);
    const resources = read.then((list) => list.resources);
    this.resources.set(group, resources);
    return resources;
  }

  private async read<T>(path: string): Promise<T> {
    return (await this.request('GET', path)).content as T;
  }

  private request(method: string, path: string, content?: Content): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(content === undefined ? {} : { 'content-type': content.type }),
    };
    const options = { method, agent: this.agent, headers };
    return new Promise((resolve, reject) => {
      const request = https.request(this.url + path, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200 || response.statusCode === 201) {
            const warnings = response.headersDistinct.warning ?? [];
            resolve({ content: JSON.parse(text), warnings });
          } else {
            reject(new Error(`${method} ${path}: ${String(response.statusCode)} ${text}`));
          }
        });
      });
      request.once('error', reject);
      request.end(content === undefined ? undefined : JSON.stringify(content.body));
    });
  }
}
