import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { helmVersions, matrixVersions } from './binaries';
import { decodeManifests } from './decode';
import type { DecodedObject } from './decode';
import { mapLimit } from './map-limit';
import { helmLint, helmTemplate, helmVersion } from './run-helm';

const CONFIG_MAP_TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  text: {{ required "text must be set" .Values.text | b64enc | quote }}
  kubernetes: {{ .Capabilities.KubeVersion.Version | quote }}
`;

async function decodeSingle(text: string): Promise<DecodedObject> {
  const [objects] = await decodeManifests([text]);
  expect(objects).toHaveLength(1);
  return objects.at(0) as DecodedObject;
}

let chart: string;

beforeAll(() => {
  chart = fs.mkdtempSync(path.join(os.tmpdir(), 'binaries-test-'));
  fs.mkdirSync(path.join(chart, 'templates'));
  const metadata = 'apiVersion: v2\nname: tiny\nversion: 0.1.0\nicon: https://example.com/i.svg\n';
  fs.writeFileSync(path.join(chart, 'Chart.yaml'), metadata);
  fs.writeFileSync(path.join(chart, 'values.yaml'), 'text: hello\n');
  fs.writeFileSync(path.join(chart, 'templates', 'config-map.yaml'), CONFIG_MAP_TEMPLATE);
});

afterAll(() => {
  fs.rmSync(chart, { recursive: true });
});

test('the matrix holds the ordinary versions and goes from the oldest to the newest', () => {
  expect(matrixVersions).toEqual(expect.arrayContaining([...helmVersions]));
  expect(matrixVersions.at(0)?.version).toBe('3.9.4');
  expect(matrixVersions.at(-1)?.version).toBe('4.1.4');
});

describe.each(helmVersions)('Helm $version', (helm) => {
  test('reports the version it is declared with', async () => {
    expect(await helmVersion(helm)).toBe(helm.version);
  });

  test('renders a chart with release, namespace and Kubernetes version', async () => {
    const result = await helmTemplate({ helm, chart, release: 'blue', namespace: 'river' });
    expect(result).toMatchObject({ ok: true, stderr: '' });
    expect(await decodeManifests([result.stdout])).toEqual([
      [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'blue', namespace: 'river' },
          data: { text: 'aGVsbG8=', kubernetes: 'v1.33.0' },
        },
      ],
    ]);
  });

  test('takes every character of the values', async () => {
    const text = 'a"\\\n\t\u0000<&>{{ \u007f\u0085\u00a0é\u2028\u2029\ufeff\uffff😀\u{10ffff}';
    const { stdout } = await helmTemplate({ helm, chart, values: { text } });
    const configMap = await decodeSingle(stdout);
    const { text: encoded } = configMap.data as { text: string };
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(text);
  });

  test('shows why a chart does not render', async () => {
    const result = await helmTemplate({ helm, chart, values: { text: '' } });
    expect(result).toMatchObject({ ok: false, stdout: '' });
    expect(result.stderr).toContain('text must be set');
  });

  test('lints a chart, and finds a fault', async () => {
    expect(await helmLint({ helm, chart })).toMatchObject({ ok: true });
    expect(await helmLint({ helm, chart, values: { text: 1 } })).toMatchObject({ ok: false });
  });
});

test('says how to get a Helm that is missing', async () => {
  const helm = { version: '0.0.0', path: path.join(chart, 'helm') };
  await expect(helmVersion(helm)).rejects.toThrow('node scripts/fetch-helm.mjs');
});

describe('decodeManifests', () => {
  const named = (name: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

  test('reads scalars as Kubernetes does', async () => {
    const text = `${named('scalars')}data:
  integer: 3
  float: 1.0
  exponent: 1e3
  octal: 0755
  yes: yes
  quoted: "012"
  plain: 1.2.3
  empty: ""
  nothing: null
  tilde: ~
`;
    const configMap = await decodeSingle(text);
    expect(configMap.data).toEqual({
      integer: 3,
      float: 1,
      exponent: 1000,
      octal: 493,
      true: true,
      quoted: '012',
      plain: '1.2.3',
      empty: '',
      nothing: null,
      tilde: null,
    });
  });

  test('keeps nulls and empty collections, and adds nothing', async () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: bare
  annotations: {}
  labels:
spec:
  ports:
    - null
    - port: 1
      name:
    - []
`;
    expect(await decodeManifests([text])).toEqual([
      [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'bare', annotations: {}, labels: null },
          spec: { ports: [null, { port: 1, name: null }, []] },
        },
      ],
    ]);
  });

  test('keeps the documents of each render together', async () => {
    const texts = [
      `---\n# Source: a\n${named('a1')}---\n${named('a2')}`,
      '',
      '---\n# only a comment\n---\n',
      named('b1').trimEnd(),
      `${named('c1')}---\n# nothing\n---\n${named('c2')}---`,
    ];
    const renders = await decodeManifests(texts);
    const names = renders.map((objects) => objects.map((object) => object.metadata.name));
    expect(names).toEqual([['a1', 'a2'], [], [], ['b1'], ['c1', 'c2']]);
  });

  test('takes kinds of custom resources', async () => {
    const text = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: broker
spec:
  endpoints:
    - port: metrics
      interval: 30s
`;
    const monitor = await decodeSingle(text);
    expect(monitor.spec).toEqual({ endpoints: [{ port: 'metrics', interval: '30s' }] });
  });

  test('leaves text that looks like output alone', async () => {
    const text = `${named('text')}data:\n  json: |\n    {\n    }\n    {\n`;
    const configMap = await decodeSingle(text);
    expect(configMap.data).toEqual({ json: '{\n}\n{\n' });
  });

  test('gives nothing for no renders', async () => {
    expect(await decodeManifests([])).toEqual([]);
  });

  test.each([
    ['broken YAML', 'spec: [\n'],
    ['an object without a kind', 'colour: blue\n'],
  ])('names the render with %s', async (_fault, bad) => {
    const texts = [named('a'), named('b'), bad, named('c')];
    const decoding = decodeManifests(texts);
    await expect(decoding).rejects.toThrow(/cannot decode render 2/);
    await expect(decoding).rejects.toThrow(bad);
  });
});

describe('mapLimit', () => {
  test('keeps the order and the limit', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await mapLimit(
      [30, 1, 20, 2],
      async (ms) => {
        underWay++;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setTimeout(resolve, ms));
        underWay--;
        return ms * 2;
      },
      2,
    );
    expect(doubled).toEqual([60, 2, 40, 4]);
    expect(most).toBe(2);
  });

  test('begins no call after a failure', async () => {
    const begun: number[] = [];
    const mapping = mapLimit(
      [0, 1, 2, 3],
      async (item) => {
        begun.push(item);
        await Promise.resolve();
        throw new Error(`item ${item}`);
      },
      2,
    );
    await expect(mapping).rejects.toThrow('item 0');
    expect(begun).toEqual([0, 1]);
  });
});
