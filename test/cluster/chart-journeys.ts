import * as fs from 'node:fs';
import * as path from 'node:path';
import { HELM_4, kubectlPath, type HelmBinary } from '../real-helm/binaries';
import { areBuilt, goProgramPath, goProgramVersion } from '../go-programs';
import { ETCD_PROGRAMS } from '../software/etcd/programs';
import { helmTemplate } from '../real-helm/run-helm';
import { Cluster } from './cluster';
import { reportedVersion, type KubernetesMinor } from './control-plane';
import { chartDirectory, CHARTS, exampleJourneys, type Journey } from './journeys';
import { JOURNEYS } from './journey-sets';
import { KUBECONFORM, kubeconformProblems } from './lint-findings';
import { discoveredTargets, PROMETHEUS } from './prometheus-discovery';
import { ReleaseJourney, WITHOUT_API_DOCUMENTS } from './release-journey';

const ETCD = `${ETCD_PROGRAMS}/etcd`;

export interface ClusterProof {
  readonly kubernetes: KubernetesMinor;
  /** Each takes every journey. The first of them also installs releases side by side. */
  readonly helms: readonly HelmBinary[];
  /** More tests on the same API server, with the first Helm. */
  readonly more?: (getCluster: () => Promise<Cluster>, helm: HelmBinary) => void;
}

/** The tests of all charts against one minor of Kubernetes. */
export function testChartsOn({ kubernetes, helms, more }: ClusterProof): void {
  const programs = [
    goProgramPath(kubernetes.programs, 'kube-apiserver'),
    goProgramPath('kwok', 'kwok'),
    KUBECONFORM,
    PROMETHEUS,
    ETCD,
    kubectlPath,
  ];
  const describeBuilt = areBuilt(programs) ? describe : describe.skip;
  describeBuilt(`on Kubernetes ${kubernetes.minor}`, () => {
    const journeys = [...JOURNEYS, ...exampleJourneys()];
    const cluster = new SharedCluster(kubernetes);

    afterAll(() => cluster.stop());

    test('the API server is of this version', () => {
      expect(reportedVersion(kubernetes)).toBe(`v${goProgramVersion(kubernetes.programs)}`);
    });

    test.each(CHARTS)('%s has a journey', (chart) => {
      expect(journeys.map((journey) => journey.chart)).toContain(chart);
    });

    testTheTests(cluster, helms);
    testKubeconform(cluster, journeys);

    test.concurrent('the bundled Prometheus finds its targets with its own account', async () => {
      expect(await discoveredTargets(await cluster.get())).toEqual([
        'danube-danube-broker danube-danube-broker-0',
        'danube-danube-broker danube-danube-broker-1',
        'danube-danube-broker danube-danube-broker-2',
        'danube-etcd danube-etcd-0',
        'prometheus localhost:9090',
      ]);
    });

    const turns = new Turns();
    for (const helm of helms) {
      const major = majorOf(helm);
      journeys.forEach((journey, index) => {
        test.concurrent(`${journey.chart}: ${journey.name} (Helm ${major})`, async () => {
          const namespace = `helm-${major}-${index}`;
          const run = async () => runJourney(await cluster.get(), helm, journey, namespace);
          await (hasNodePorts(journey) ? turns.take(run) : run());
        });
      });
    }
    testSideBySide(cluster, helms[0]);
    more?.(() => cluster.get(), helms[0]);
  });
}

async function runJourney(
  cluster: Cluster,
  helm: HelmBinary,
  journey: Journey,
  namespace: string,
): Promise<void> {
  await new ReleaseJourney(cluster, helm, journey.chart, 'danube', namespace).run(journey);
}

/** What the journeys rely on: faults do not pass in silence. */
function testTheTests(shared: SharedCluster, helms: readonly HelmBinary[]): void {
  test.concurrent('a pod that is not restricted is refused', async () => {
    const cluster = await shared.get();
    await cluster.createNamespace('refused');
    const metadata = { name: 'a', namespace: 'refused' };
    const spec = { containers: [{ name: 'a', image: 'a:1' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
    await expect(cluster.create([pod])).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  test.concurrent.each(helms)('a field that is not known fails ($version)', async (helm) => {
    const cluster = await shared.get();
    const chart = chartWithUnknownField(cluster.path(`unknown-field-${majorOf(helm)}`));
    for (const options of [[], [WITHOUT_API_DOCUMENTS]]) {
      const namespace = `unknown-field-${majorOf(helm)}-${options.length}`;
      await cluster.createNamespace(namespace);
      const install = ['install', 'a', chart, '--namespace', namespace, ...options];
      await expect(cluster.helm(helm, install)).rejects.toThrow(/colour/);
    }
  });
}

function chartWithUnknownField(directory: string): string {
  fs.mkdirSync(path.join(directory, 'templates'), { recursive: true });
  const chart = { apiVersion: 'v2', name: 'faulty', version: '1.0.0' };
  const spec = { ports: [{ port: 80 }], colour: 'red' };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec };
  fs.writeFileSync(path.join(directory, 'Chart.yaml'), JSON.stringify(chart));
  fs.writeFileSync(path.join(directory, 'templates', 'a.yaml'), JSON.stringify(service));
  return directory;
}

/** The schemas are those of the running server, those of the custom kinds among them. */
function testKubeconform(shared: SharedCluster, journeys: readonly Journey[]): void {
  test.concurrent.each(journeys)('kubeconform accepts $chart: $name', async (journey) => {
    const cluster = await shared.get();
    const schemas = await cluster.schemas();
    const helm = HELM_4;
    const manifests: string[] = [];
    for (const values of [journey.values, ...journey.changes.map((change) => change.values)]) {
      const chart = chartDirectory(journey.chart);
      const { ok, stdout } = await helmTemplate({ helm, chart, values });
      expect(ok).toBe(true);
      manifests.push(stdout);
    }
    expect(await kubeconformProblems(manifests.join('---\n'), schemas)).toBe('');
  });

  test.concurrent('kubeconform finds a field that does not exist', async () => {
    const schemas = await (await shared.get()).schemas();
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };
    const manifest = JSON.stringify({ ...object, spec: { ports: [{ port: 1, colour: 'red' }] } });
    expect(await kubeconformProblems(manifest, schemas)).toMatch(/colour/);
  });
}

/** Releases keep to their own objects, whatever the neighbours are called. */
function testSideBySide(shared: SharedCluster, helm: HelmBinary): void {
  const title = `%s: two releases in a namespace, and one name in two (Helm ${majorOf(helm)})`;
  test.concurrent.each(CHARTS)(title, async (chart) => {
    const cluster = await shared.get();
    const values = JOURNEYS.find((journey) => journey.chart === chart)?.values ?? {};
    const spaces = ['one', 'two'].map((name) => `side-${chart}-${name}`);
    await Promise.all(spaces.map((space) => cluster.createNamespace(space)));
    const places = [
      ['danube', spaces[0]],
      ['danube-2', spaces[0]],
      ['danube', spaces[1]],
    ] as const;
    const releases = places.map(
      ([release, namespace]) => new ReleaseJourney(cluster, helm, chart, release, namespace),
    );
    await Promise.all(releases.map((each) => each.install(values, WITHOUT_API_DOCUMENTS)));
    const [first, second, third] = releases;
    const state = await second.state();
    await first.remove();
    expect(await second.state()).toEqual(state);
    await second.expectSound();
    await third.expectSound();
  });
}

function majorOf({ version }: HelmBinary): string {
  return version.split('.')[0];
}

/** A port of the nodes belongs to one Service of the cluster. */
function hasNodePorts(journey: Journey): boolean {
  return JSON.stringify(journey).includes('NodePort');
}

/** Runs one after the other. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take(run: () => Promise<void>): Promise<void> {
    const turn = this.last.then(run, run);
    this.last = turn;
    return turn;
  }
}

/** One control plane for all tests of a file, started by the first that asks. */
class SharedCluster {
  private started: Promise<Cluster> | undefined;

  constructor(private readonly kubernetes: KubernetesMinor) {}

  get(): Promise<Cluster> {
    this.started ??= Cluster.start(this.kubernetes, ETCD);
    return this.started;
  }

  async stop(): Promise<void> {
    await (await this.started)?.stop();
  }
}
