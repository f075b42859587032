import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { synthesize } from '../../examples/gitops/gitops';
import { isMap } from '../../src/helm/expression/go-value';
import { checkObjects } from '../danube/core/object-check';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { HELM_3_12, HELM_4 } from '../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../real-helm/decode';
import { helmLint, helmTemplate } from '../real-helm/run-helm';
import { emittedFiles } from './emitted-files';

const EXAMPLE = join(__dirname, '../../examples/gitops');
const CHART = join(EXAMPLE, 'charts-out/team-danube');
const directory = useTemporaryDirectory();

const VALUES = {
  staging: { core: { broker: { replicaCount: 1 } }, admin: { adminUI: { enabled: false } } },
  production: {
    global: { storageClass: 'fast' },
    core: { broker: { replicaCount: 5 }, etcd: { replicaCount: 3 } },
  },
};

function isObject(value: unknown): value is KubernetesObject {
  return isMap(value) && 'kind' in value && 'metadata' in value;
}

function objectsIn(folder: string, environment: string): readonly KubernetesObject[] {
  const text = readFileSync(join(folder, `${environment}.yaml`), 'utf8');
  const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  return documents.filter(isObject);
}

test('the manifests and the chart are what is committed', () => {
  const [chart] = synthesize(directory());
  for (const environment of Object.keys(VALUES)) {
    const file = `${environment}.yaml`;
    const made = readFileSync(join(directory(), file), 'utf8');
    expect(readFileSync(join(EXAMPLE, 'manifests', file), 'utf8')).toBe(made);
  }
  expect(emittedFiles(CHART)).toEqual(emittedFiles(chart));
});

describe.each([HELM_3_12, HELM_4])('with Helm $version', (helm) => {
  test.each(Object.entries(VALUES))('%s is what helm template renders', async (name, values) => {
    const release = { release: 'danube', namespace: `danube-${name}` };
    const rendered = await helmTemplate({ helm, chart: CHART, values, ...release });
    const [objects] = await decodeManifests([rendered.stdout]);
    const key = ({ kind, metadata }: KubernetesObject | DecodedObject) =>
      `${kind}/${metadata.name}`;
    const sorted = (some: readonly (KubernetesObject | DecodedObject)[]) =>
      [...some].sort((a, b) => key(a).localeCompare(key(b)));
    const manifests = objectsIn(join(EXAMPLE, 'manifests'), name);
    expect(manifests.length).toBeGreaterThan(20);
    expect(sorted(manifests)).toEqual(sorted(objects));
  });

  test('the chart lints', async () => {
    const { ok, stdout } = await helmLint({ helm, chart: CHART });
    expect({ ok, stdout }).toMatchObject({ ok: true });
  });
});

test.each(Object.entries(VALUES))('%s is sound, and has no hooks', (name, values) => {
  const objects = objectsIn(join(EXAMPLE, 'manifests'), name);
  expect(checkObjects(objects, { values, namespace: `danube-${name}` })).toEqual([]);
  expect(JSON.stringify(objects)).not.toContain('helm.sh/hook');
});
