import { App } from 'cdk8s';
import { ADMIN_OBJECTS } from '../../src/danube/admin/admin-objects';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { CORE_OBJECTS } from '../../src/danube/core/core-objects';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { CONNECTOR_OBJECTS } from '../../src/danube/connectors/connector-objects';
import { chartFiles, type HelmChart } from '../../src/helm';
import { CONNECTOR_CHARTS, workingValues } from './connectors/connector-charts';
import { merged, type Values } from './connectors/connector-sets';
import { decoded } from './core/decoded';
import { toldApart } from './extension-sets';

/** Templates of objects that are not the chart's own, and pods, which have `podLabels`. */
const OTHERS = ['extra-objects', 'validate', 'test-etcd', 'test-messages', 'test-prometheus'];

interface Named {
  readonly chart: HelmChart;
  readonly objects: readonly string[];
  /** Values without which it is not rendered. */
  readonly values?: Values;
}

const SCHEMAS = 'connectorSchemas';
const PDB = 'connectorPdb';

/** What connectors have besides `CONNECTOR_OBJECTS`. */
const OWN_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  qdrant: [],
  deltalake: [PDB],
  surrealdb: [PDB],
  webhook: [
    ...[PDB, SCHEMAS, 'connectorHpa', 'connectorIngress', 'connectorIngressTraefikAuth'],
    'connectorIngressTraefikLimit',
  ],
  mqtt: [SCHEMAS],
  lancedb: [PDB, 'connectorPersistentVolumeClaim'],
  clickhouse: [PDB],
  greptimedb: [PDB],
};

const CHARTS: readonly Named[] = [
  { chart: new DanubeCoreChart(new App(), 'danube-core'), objects: CORE_OBJECTS },
  { chart: new DanubeAdminChart(new App(), 'danube-admin'), objects: ADMIN_OBJECTS },
  ...CONNECTOR_CHARTS.map((connector) => ({
    chart: connector.chart,
    objects: [...CONNECTOR_OBJECTS, ...OWN_OBJECTS[connector.name]],
    values: merged(workingValues(connector, connector.config), { bootstrap: { enabled: true } }),
  })),
];

function templatesOf(chart: HelmChart): ReadonlyMap<string, string> {
  const files = [...chartFiles(chart)].flatMap(([path, text]) => {
    const name = /^templates\/([^_].*)\.yaml$/.exec(path)?.[1] ?? '';
    return name === '' || OTHERS.includes(name) ? [] : [[name, text] as const];
  });
  return new Map(files);
}

describe.each(CHARTS)('$chart.metadata.name', ({ chart, objects, values: given = {} }) => {
  test('every object has the name of its template, and reads what it is given by it', () => {
    const templates = templatesOf(chart);
    const byFile = new Map(objects.map((object) => [object.toLowerCase(), object]));
    const files = [...templates.keys()];
    expect(files.map((file) => file.replaceAll('-', '')).sort()).toEqual([...byFile.keys()].sort());
    for (const [file, text] of templates) {
      const object = byFile.get(file.replaceAll('-', '')) ?? '';
      const read = [...text.matchAll(/\.Values\.object(Labels|Annotations)\.(\w+)/g)];
      expect([file, ...new Set(read.map(([, , name]) => name))]).toEqual([file, object]);
      expect(new Set(read.map(([, what]) => what)).size).toBe(2);
    }
  });

  test('objects of a release have their own label and annotation', () => {
    const made = decoded(chart, { values: merged(given, toldApart(objects)) });
    const own = made.filter(({ kind }) => kind !== 'Pod');
    expect(own.length).toBeGreaterThan(5);
    const told = own.map(({ metadata }) => metadata.labels?.object);
    expect(new Set(told).size).toBe(own.length);
    for (const { metadata } of own) {
      const { labels, annotations } = metadata;
      expect(annotations?.['example.com/object']).toBe(labels?.object);
    }
  });

  test('an object that the chart does not have is refused by name', () => {
    const values: Readonly<Record<string, unknown>> = { objectLabels: { brokerDeployment: {} } };
    expect(() => chart.values.resolve(values)).toThrow('objectLabels');
  });
});

test('what one object is given wins over what all are given', () => {
  const [{ chart }] = CHARTS;
  const values = {
    commonAnnotations: { owner: 'all', other: 'all' },
    broker: { service: { annotations: { owner: 'service', second: 'service' } } },
    objectAnnotations: { brokerService: { owner: 'one' } },
  };
  const objects = decoded(chart, { values, releaseName: 'r' });
  const services = objects.filter(({ kind }) => kind === 'Service');
  const annotationsOf = (name: string) =>
    services.find(({ metadata }) => metadata.name === name)?.metadata.annotations;
  expect(annotationsOf('r-danube-broker')).toEqual({
    owner: 'one',
    second: 'service',
    other: 'all',
  });
  expect(annotationsOf('r-etcd')).toEqual({ owner: 'all', other: 'all' });
});
