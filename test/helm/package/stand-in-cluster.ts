import { createServer } from 'node:http';
import { parseAllDocuments } from 'yaml';

interface StandInCluster {
  readonly url: string;
  stop(): void;
}

interface Kind {
  readonly groupVersion: string;
  readonly kind: string;
}

function kindsOf(manifests: string): readonly Kind[] {
  return parseAllDocuments(manifests)
    .map((document) => document.toJS() as { apiVersion: string; kind: string } | null)
    .filter((object) => object !== null)
    .map(({ apiVersion, kind }) => ({ groupVersion: apiVersion, kind }));
}

function resourceList(groupVersion: string, kinds: readonly Kind[]): object {
  const names = [...new Set(kinds.map(({ kind }) => kind))];
  return {
    kind: 'APIResourceList',
    groupVersion,
    resources: names.map((kind) => ({
      name: `${kind.toLowerCase()}s`,
      singularName: '',
      namespaced: true,
      kind,
      verbs: ['create', 'get', 'list'],
    })),
  };
}

function groupList(groupVersions: readonly string[]): object {
  const groups = groupVersions.map((groupVersion) => {
    const version = { groupVersion, version: groupVersion.split('/')[1] };
    return { name: groupVersion.split('/')[0], versions: [version], preferredVersion: version };
  });
  return { kind: 'APIGroupList', groups };
}

/**
 * An API server that knows the kinds of some manifests and holds no object: Helm 3 asks one even
 * for a dry run.
 */
export async function startStandInCluster(manifests: string): Promise<StandInCluster> {
  const kinds = kindsOf(manifests);
  const groupVersions = [...new Set(kinds.map(({ groupVersion }) => groupVersion))];
  const answers: Record<string, object> = {
    '/version': { major: '1', minor: '33', gitVersion: 'v1.33.0' },
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': groupList(groupVersions.filter((name) => name !== 'v1')),
  };
  for (const name of groupVersions) {
    const path = name === 'v1' ? '/api/v1' : `/apis/${name}`;
    answers[path] = resourceList(
      name,
      kinds.filter(({ groupVersion }) => groupVersion === name),
    );
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const answer = pathname in answers ? answers[pathname] : undefined;
    response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    const notFound = { kind: 'Status', apiVersion: 'v1', reason: 'NotFound', code: 404 };
    response.end(JSON.stringify(answer ?? notFound));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
