import { App } from 'cdk8s';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { KubernetesObject, RepeatedObject, type HelmChart } from '../../src/helm';
import { CONNECTOR_CHARTS } from './connectors/connector-charts';
import { reachableObjects } from './reachable-objects';

/** A construct with all objects of a chart in it. */
interface Sample {
  readonly chart: HelmChart;
  readonly root: object;
}

const core = new DanubeCoreChart(new App(), 'danube-core');
const admin = new DanubeAdminChart(new App(), 'danube-admin');
const samples: readonly Sample[] = [
  { chart: core, root: core.core },
  { chart: admin, root: admin.admin },
  ...CONNECTOR_CHARTS.map(({ chart }) => ({ chart, root: chart.connector })),
];

/** Whoever adds an object to a chart makes it a readonly property of its part too. */
test.each(samples)('every object of $chart.metadata.name is a property', ({ chart, root }) => {
  const emitted = chart.node
    .findAll()
    .filter((node) => node instanceof KubernetesObject || node instanceof RepeatedObject);
  const reachable = new Set<unknown>(reachableObjects(root).values());
  expect(emitted.length).toBeGreaterThan(5);
  expect(emitted.filter((node) => !reachable.has(node)).map(({ node }) => node.path)).toEqual([]);
});

test('the objects go by their kinds', () => {
  const names = [...reachableObjects(admin.admin).keys()];
  expect(names.filter((name) => name.startsWith('adminUI.'))).toEqual([
    'adminUI.serviceAccount',
    'adminUI.configMap',
    'adminUI.service',
    'adminUI.deployment',
  ]);
});
