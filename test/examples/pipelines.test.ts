import { App } from 'cdk8s';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelmChart } from 'cdk8s-danube/helm';
import { IotLakehouse } from '../../examples/iot-lakehouse';
import { Observability } from '../../examples/observability';
import { RagPipeline } from '../../examples/rag-pipeline';
import { decoded } from '../danube/core/decoded';
import { checkObjects } from '../danube/core/object-check';
import { Cluster, type Pod } from '../objects/reachability';
import { checkEquality, type ObjectCheck } from '../property/equality';
import { provesEquality } from '../property/equality-proof';
import { releaseArbitrary } from '../property/release-arbitrary';
import { HELM_3_12, HELM_4, helmVersions } from '../real-helm/binaries';
import { helmLint } from '../real-helm/run-helm';
import { emittedFiles } from './emitted-files';

const EXAMPLES = join(__dirname, '../../examples');

type Values = Readonly<Record<string, unknown>>;

interface Pipeline {
  readonly name: string;
  readonly newChart: () => HelmChart;
  /** Values of users besides the defaults. */
  readonly valueSets: readonly Values[];
  /** Secrets that its users make. */
  readonly secrets: readonly string[];
  /** Who has to reach whom: components and a port. */
  readonly connections: readonly (readonly [from: string, to: string, port: number])[];
  /** Values that a rule refuses, and what the message starts with. */
  readonly refused: readonly (readonly [Values, string])[];
}

const BROKER_TLS = {
  broker: { config: { auth: { mode: 'tls' } }, tls: { enabled: true, secretName: 'broker' } },
};

const pipelines: readonly Pipeline[] = [
  {
    name: 'rag-pipeline',
    newChart: () => new RagPipeline(new App()),
    valueSets: [
      {
        global: { imageRegistry: 'mirror.example', imagePullSecrets: ['pull'] },
        fullnameOverride: 'danube',
        commonLabels: { team: 'search' },
        embedder: { image: 'registry.example/other:2' },
        core: { broker: { replicaCount: 1, ports: { client: 7650, admin: 7051 } } },
        webhook: { connector: { hpa: { enabled: true } } },
      },
      {
        nameOverride: 'rag',
        core: { prometheus: { service: { port: 9999 } }, networkPolicy: { enabled: false } },
        admin: { adminUI: { enabled: false } },
        topics: { bootstrap: { enabled: false } },
        qdrant: { connector: { replicaCount: 0 } },
      },
    ],
    secrets: ['webhook'],
    connections: [
      ['connector-webhook', 'broker', 6650],
      ['connector-qdrant', 'broker', 6650],
      ['connector-qdrant', 'broker', 50051],
      ['bootstrap-topics', 'broker', 50051],
      ['admin', 'broker', 50051],
      ['admin', 'prometheus', 9090],
      ['admin-ui', 'admin', 8080],
      ['embedder', 'connector-webhook', 8080],
      ['prometheus', 'broker', 9040],
      ['broker', 'etcd', 2379],
    ],
    refused: [
      [{ core: BROKER_TLS }, 'core.broker.tls.enabled: connectors speak plain http'],
      [{ qdrant: { connector: { replicaCount: 2 } } }, 'qdrant.connector.replicaCount: '],
    ],
  },
  {
    name: 'iot-lakehouse',
    newChart: () => new IotLakehouse(new App()),
    valueSets: [
      {
        mqtt: { connector: { config: { mqtt: { broker_host: 'emqx', broker_port: 8883 } } } },
        lake: { connector: { replicaCount: 3 } },
        rows: { connector: { enabled: false } },
      },
    ],
    secrets: ['lake'],
    connections: [
      ['connector-mqtt', 'broker', 6650],
      ['connector-lake', 'broker', 6650],
      ['connector-rows', 'broker', 6650],
      ['connector-rows', 'broker', 50051],
      ['bootstrap-topics', 'broker', 50051],
    ],
    refused: [
      [{ core: BROKER_TLS }, 'core.broker.tls.enabled: connectors speak plain http'],
      [
        { rows: { connector: { image: { repository: '' } } } },
        'rows.connector.image.repository: there is no public image',
      ],
    ],
  },
  {
    name: 'observability',
    newChart: () => new Observability(new App()),
    valueSets: [
      {
        core: { prometheus: { serviceMonitor: { enabled: false } } },
        south: { connector: { enabled: false } },
        greptimedb: { connector: { config: { greptimedb: { database: 'plants' } } } },
      },
    ],
    secrets: ['greptimedb'],
    connections: [
      ['connector-north', 'broker', 6650],
      ['connector-south', 'broker', 6650],
      ['connector-greptimedb', 'broker', 6650],
      ['connector-greptimedb', 'broker', 50051],
      ['bootstrap-topics', 'broker', 50051],
    ],
    refused: [
      [{ core: BROKER_TLS }, 'core.broker.tls.enabled: connectors speak plain http'],
      [
        { north: { connector: { config: { mqtt: { routes: [] } } } } },
        'north.connector.config.mqtt.routes: without routes',
      ],
    ],
  },
];

/** The pods of the release by component; those of other constructs by their label `app`. */
function podOf(cluster: Cluster, name: string): Pod {
  const [pod] = [
    ...cluster.pods('ops', { 'app.kubernetes.io/component': name }),
    ...cluster.pods('ops', { app: name }),
  ];
  expect(pod).toBeDefined();
  return pod;
}

describe.each(pipelines)('$name', (pipeline) => {
  const { name, newChart, valueSets, connections, refused } = pipeline;
  const chart = newChart();
  const check: ObjectCheck = (objects, set) =>
    checkObjects(objects, { ...set, values: { ...set.values, secrets: pipeline.secrets } });
  const directory = join(EXAMPLES, 'charts-out', name);
  const sets = [{}, ...valueSets].map((values) => ({
    values,
    releaseName: 'my.release',
    namespace: 'ops',
  }));

  test('it is a program of at most 60 lines', () => {
    const source = readFileSync(join(EXAMPLES, `${name}.ts`), 'utf8');
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  test('it emits the chart that is committed', () => {
    expect(emittedFiles(directory)).toEqual(emittedFiles(chart));
  });

  test.each(helmVersions)(
    'it lints, and renders what it evaluates to: Helm $version',
    async (helm) => {
      const { ok, stdout } = await helmLint({ helm, chart: directory });
      expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
      expect(ok).toBe(true);
      const { mismatches } = await checkEquality(chart, directory, sets, { helm, check });
      expect(mismatches).toEqual([]);
    },
  );

  test('under random names they are the same in Helm and evaluated, and sound', async () => {
    const { rendered } = await provesEquality({
      chart,
      directory,
      runs: 10,
      sets: fc
        .tuple(releaseArbitrary(chart), fc.constantFrom({}, ...valueSets))
        .map(([release, values]) => ({ ...release, values })),
      helms: [{ helm: HELM_4 }, { helm: HELM_3_12, share: 0.1 }],
      check,
    });
    expect(rendered.length).toBeGreaterThanOrEqual(1);
  });

  test('the policies let its parts reach each other, and nobody else reach the admin port', () => {
    const cluster = new Cluster([
      { namespace: 'ops', objects: decoded(chart, { ...sets[0], values: {} }) },
    ]);
    for (const [from, to, port] of connections) {
      const reached = cluster.canReach(podOf(cluster, from), podOf(cluster, to), port);
      expect({ from, to, port, reached }).toEqual({ from, to, port, reached: true });
    }
    const stranger = { namespace: 'shop', labels: { app: 'shop' } };
    expect(cluster.canReach(stranger, podOf(cluster, 'broker'), 50051)).toBe(false);
  });

  test.each(refused)('rules of its parts name the values of the chart', (values, message) => {
    expect(() => chart.manifests({ values })).toThrow(message);
  });
});

test('what a part needs of the core follows from the values of the core', () => {
  const chart = new RagPipeline(new App());
  const values = {
    fullnameOverride: 'danube',
    core: {
      broker: { ports: { client: 7650, admin: 7051 } },
      prometheus: { service: { port: 9999 } },
    },
  };
  const texts = JSON.stringify(chart.manifests({ values, namespace: 'ops' }));
  for (const url of [
    'http://danube-danube-broker.ops.svc.cluster.local:7650',
    'http://danube-danube-broker.ops.svc.cluster.local:7051',
    'http://danube-prometheus.ops.svc.cluster.local:9999',
    'http://danube-connector-webhook/vectors',
  ]) {
    expect(texts).toContain(url);
  }
  // They are no values of the parts, so that they cannot contradict.
  const wrong = { qdrant: { core: { clientPort: 1 } } };
  expect(() => chart.manifests({ values: wrong })).toThrow('clientPort');
  expect(() =>
    chart.manifests({ values: { qdrant: { connector: { config: { qdrant: { url: 'x' } } } } } }),
  ).toThrow('url');
});
