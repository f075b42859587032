import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { chartFiles, type HelmChart } from 'cdk8s-danube/helm';
import { WebChart } from '../../examples/cdk8s-plus/web';
import { HelloChart } from '../../examples/hello-chart/hello-chart';
import { checkObjectGraph } from '../objects/object-graph';
import { checkRestricted } from '../objects/pod-security';
import { validateObject } from '../objects/validate-object';
import { HELM_4, helmVersions, type HelmBinary } from '../real-helm/binaries';
import { decodeManifests, type DecodedObject } from '../real-helm/decode';
import { helmLint, helmTemplate } from '../real-helm/run-helm';

const EXAMPLES = join(__dirname, '../../examples');

interface Example {
  readonly source: string;
  readonly chart: HelmChart;
  /** The committed chart. */
  readonly directory: string;
  /** Values of users: none, and two more sets. */
  readonly valueSets: readonly Readonly<Record<string, unknown>>[];
}

const examples: readonly Example[] = [
  {
    source: 'hello-chart/hello-chart.ts',
    chart: new HelloChart(new App()),
    directory: join(EXAMPLES, 'hello-chart/charts-out/hello'),
    valueSets: [
      {},
      {
        replicaCount: 0,
        image: { repository: 'registry.example/web', tag: '012' },
        nodeSelector: { 'kubernetes.io/arch': 'arm64', spot: 'true' },
        ingress: { className: 'nginx', hosts: ['a.example', 'b.example'] },
      },
      { resources: { limits: null, requests: { cpu: 1 } }, ingress: { hosts: ['*.example'] } },
    ],
  },
  {
    source: 'cdk8s-plus/web.ts',
    chart: new WebChart(new App()),
    directory: join(EXAMPLES, 'cdk8s-plus/charts-out/web'),
    valueSets: [
      {},
      { replicas: 1_000_000, image: 'registry.example/echo@sha256:0e3', port: 8080 },
      { greeting: '"{{ .Values }}": 100%\n# no remark' },
    ],
  },
];

function filesBelow(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(directory.length + 1), readFileSync(path, 'utf8')]),
  );
}

// A release may be called like this; every name in the chart has to bear it.
const releaseName = '4.u';
const namespace = 'shop';

async function rendered(helm: HelmBinary, chart: string, values: object): Promise<DecodedObject[]> {
  const result = await helmTemplate({ helm, chart, release: releaseName, namespace, values });
  expect(result.stderr).toBe('');
  const [objects] = await decodeManifests([result.stdout]);
  return objects;
}

describe.each(examples)('$source', ({ chart, directory, valueSets }) => {
  test('emits the chart that is committed', () => {
    expect(filesBelow(directory)).toEqual(Object.fromEntries(chartFiles(chart)));
  });

  describe.each(helmVersions)('with Helm $version', (helm) => {
    test('lints strictly', async () => {
      const { ok, stdout, stderr } = await helmLint({ helm, chart: directory });
      expect({ ok, said: ok ? '' : stdout + stderr }).toEqual({ ok: true, said: '' });
    });

    test.each(valueSets.map((values, index) => ({ index, values })))(
      'renders what it evaluates to, values $index',
      async ({ values }) => {
        const objects = await rendered(helm, directory, values);
        const evaluated = chart.manifests({ releaseName, namespace, values });
        // Helm orders objects by kind, cdk8s by dependency.
        expect(objects).toEqual(expect.arrayContaining(evaluated));
        expect(objects).toHaveLength(evaluated.length);
      },
    );
  });

  test.each(valueSets.map((values, index) => ({ index, values })))(
    'renders what Kubernetes takes, values $index',
    async ({ values }) => {
      const objects = await rendered(HELM_4, directory, values);
      expect(objects.flatMap(validateObject)).toEqual([]);
      expect(checkObjectGraph(objects, { namespace })).toEqual([]);
    },
  );
});

test('the pods of the hello chart are restricted', async () => {
  const objects = await rendered(HELM_4, join(EXAMPLES, 'hello-chart/charts-out/hello'), {});
  expect(checkRestricted(objects)).toEqual([]);
});

test('the hello chart stays small', () => {
  const source = readFileSync(join(EXAMPLES, 'hello-chart/hello-chart.ts'), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(70);
});
