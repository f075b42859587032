import { HELM_3_17, HELM_4, kubectlPath, type HelmBinary } from '../real-helm/binaries';
import { areBuilt, goProgramPath, goProgramVersion } from '../go-programs';
import { ETCD_PROGRAMS } from '../software/etcd/programs';
import { Cluster } from './cluster';
import { reportedVersion, type KubernetesMinor } from './control-plane';
import { CHARTS, exampleJourneys, type Journey } from './journeys';
import { JOURNEYS } from './journey-sets';
import { ReleaseJourney } from './release-journey';

const ETCD = `${ETCD_PROGRAMS}/etcd`;
const HELM_VERSIONS: readonly HelmBinary[] = [HELM_3_17, HELM_4];

/** The tests of all charts against one minor of Kubernetes. */
export function testChartsOn(kubernetes: KubernetesMinor): void {
  const programs = [
    goProgramPath(kubernetes.programs, 'kube-apiserver'),
    goProgramPath('kwok', 'kwok'),
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

    for (const helm of HELM_VERSIONS) {
      const major = helm.version.split('.')[0];
      journeys.forEach((journey, index) => {
        test.concurrent(`${journey.chart}: ${journey.name} (Helm ${major})`, async () => {
          const namespace = `helm-${major}-${index}`;
          await runJourney(await cluster.get(), helm, journey, namespace);
        });
      });
      testSideBySide(cluster, helm, major);
    }
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

/** Releases keep to their own objects, whatever the neighbours are called. */
function testSideBySide(shared: SharedCluster, helm: HelmBinary, major: string): void {
  test.concurrent.each(CHARTS)(
    `%s: two releases in a namespace, and one name in two (Helm ${major})`,
    async (chart) => {
      const cluster = await shared.get();
      const values = JOURNEYS.find((journey) => journey.chart === chart)?.values ?? {};
      const spaces = ['one', 'two'].map((name) => `side-${chart}-${major}-${name}`);
      await Promise.all(spaces.map((space) => cluster.createNamespace(space)));
      const places = [
        ['danube', spaces[0]],
        ['danube-2', spaces[0]],
        ['danube', spaces[1]],
      ] as const;
      const releases = places.map(
        ([release, namespace]) => new ReleaseJourney(cluster, helm, chart, release, namespace),
      );
      await Promise.all(releases.map((release) => release.install(values)));
      const [first, second, third] = releases;
      const state = await second.state();
      await first.remove();
      expect(await second.state()).toEqual(state);
      await second.expectSound();
      await third.expectSound();
    },
  );
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
