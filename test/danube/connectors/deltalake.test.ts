import { App } from 'cdk8s';
import { join } from 'node:path';
import { DeltaLakeConnectorChart, type DeltaLakeStorage } from '../../../src';
import { proveConnectorChart } from './connector-proof';
import { merged, sinkRefusals, sinkSets } from './connector-sets';
import { keepingRules } from './deltalake-keeping-rules';
import { deltalake, minimal, NAMED, REFUSED, routeWith, tags } from './deltalake-sets';

const props = {
  minimal,
  tags,
  // Those of one storage are refused by another, so the sets here give them.
  secrets: [],
  replicas: 'ownNames' as const,
  routes: 'config.deltalake.routes',
};

proveConnectorChart({
  ...props,
  newChart: (app) => new DeltaLakeConnectorChart(app, 'danube-connector-deltalake'),
  named: [...sinkSets(props), ...NAMED],
  refused: [...sinkRefusals(props), ...REFUSED],
  misspelt: [
    { what: 'an unknown key', names: 'bucket', values: deltalake({ bucket: 'a' }) },
    {
      what: 'another storage',
      names: 'storage_backend',
      values: deltalake({ storage_backend: 'S3' }),
    },
    { what: 'a path for a table', names: 'to', values: routeWith({ to: '/data/events' }) },
    { what: 'no columns', names: 'field_mappings', values: routeWith({ field_mappings: [] }) },
    {
      what: 'a misspelt type',
      names: 'data_type',
      values: routeWith({ field_mappings: [{ json_path: 'a', column: 'a', data_type: 'String' }] }),
    },
    {
      what: 'a column with a blank',
      names: 'column',
      values: routeWith({ field_mappings: [{ json_path: 'a', column: 'a b', data_type: 'Utf8' }] }),
    },
    { what: 'a topic with a dot', names: 'from', values: routeWith({ from: '/default/a.b' }) },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/deltalake'),
});

test('a mix of storages is a compile error', () => {
  const mixed = { gcp_project_id: 'my-project', s3_region: 'eu-central-1' };
  // @ts-expect-error: it has keys of two storages
  const storage: DeltaLakeStorage = { storage_backend: 'gcs', ...mixed };
  const chart = new DeltaLakeConnectorChart(new App(), 'danube-connector-deltalake');
  const values = merged(minimal, deltalake({ ...storage }));
  expect(() => chart.manifests({ values })).toThrow('connector.config.deltalake.s3_region: ');
});
