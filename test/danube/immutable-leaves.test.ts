import { App } from 'cdk8s';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { chartFiles, jsonSchemaOf, type HelmChart } from '../../src/helm';
import { immutableLeaves } from '../property/immutable-leaves';
import { markedInSchema } from '../property/immutable-marks';
import type { NamedSet } from '../property/leaves';
import { CONNECTOR_CHARTS, workingValues } from './connectors/connector-charts';
import { merged, type Values } from './connectors/connector-sets';

/** Sets in which each immutable field is there, few enough to change every leaf in each. */
function bases(...values: readonly Record<string, unknown>[]): readonly NamedSet[] {
  return values.map((some, index) => ({
    name: String(index),
    set: { values: some, releaseName: 'r', namespace: 'messaging' },
  }));
}

/** What makes connectors claim volumes. */
const CLAIMS: Readonly<Record<string, Values>> = {
  lancedb: { connector: { config: { lancedb: { storage_backend: 'local', uri: '/data/a' } } } },
};

const CHARTS: readonly { readonly chart: HelmChart; readonly sets: readonly NamedSet[] }[] = [
  {
    chart: new DanubeCoreChart(new App(), 'danube-core'),
    sets: bases(
      {},
      {
        fullnameOverride: 'fixed',
        prometheus: { persistence: { enabled: true } },
        etcd: { snapshots: { enabled: true } },
      },
      { broker: { replicaCount: 1 } },
    ),
  },
  {
    chart: new DanubeAdminChart(new App(), 'danube-admin'),
    sets: bases({}, { fullnameOverride: 'fixed', adminUI: { enabled: true } }),
  },
  ...CONNECTOR_CHARTS.map((connector) => ({
    chart: connector.chart,
    sets: bases(
      merged(workingValues(connector, connector.config), CLAIMS[connector.name] ?? {}, {
        fullnameOverride: 'fixed',
        bootstrap: { enabled: true },
      }),
    ),
  })),
];

describe.each(CHARTS)('$chart.metadata.name', ({ chart, sets }) => {
  test('the values that cannot change after the installation say so, and no others', () => {
    const { found, marked } = immutableLeaves(chart, sets);
    expect([...marked].sort()).toEqual([...found].sort());
    expect(found).not.toEqual([]);
  });

  test('values.yaml, the schema and the reference say it', () => {
    const { marked } = immutableLeaves(chart, []);
    const files = new Map(chartFiles(chart));
    const inSchema = markedInSchema(files.get('values.schema.json') ?? '');
    expect([...inSchema].sort()).toEqual([...marked].sort());
    // The file shares what several values say.
    const schema = jsonSchemaOf(chart.values.schema);
    files.set('values.editor.schema.json', JSON.stringify(schema));
    for (const file of ['values.yaml', 'values.editor.schema.json', 'README.md']) {
      // Comments are wrapped.
      const text = (files.get(file) ?? '').replace(/\n *# */g, ' ');
      const said = text.split('Cannot change after the installation.').length - 1;
      expect([file, said]).toEqual([file, marked.length]);
    }
  });
});
