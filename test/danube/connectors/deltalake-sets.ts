import { TRAIN_0_7 } from '../../../src/danube/release-train';
import type { RefusedSet } from '../chart-proof';
import type { NamedSet } from '../../property/leaves';
import { merged, newest, setsOn, type Values } from './connector-sets';

export const { tags } = TRAIN_0_7.connectors.deltalake;

export const field = { json_path: 'id', column: 'id', data_type: 'Utf8' };
const route = {
  from: '/default/events',
  subscription: 'lake',
  to: 's3://lake/events',
  field_mappings: [field],
};
export const minimal = {
  connector: { config: { deltalake: { s3_region: 'eu-central-1', routes: [route] } } },
};
const { set, refused } = setsOn(minimal);

export const SECRETS = {
  s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  azure: [
    ...['AZURE_STORAGE_ACCOUNT_KEY', 'AZURE_STORAGE_SAS_TOKEN'],
    ...['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'],
  ],
  gcs: ['GOOGLE_SERVICE_ACCOUNT_KEY'],
};

export function deltalake(values: Values): Values {
  return { connector: { config: { deltalake: values } } };
}

export function routeWith(values: Values): Values {
  return deltalake({ routes: [{ ...route, ...values }] });
}

function fieldsOf(...fields: readonly Values[]): Values {
  return routeWith({ field_mappings: fields.map((one) => ({ ...field, ...one })) });
}

/** The keys of each storage, and a table there. */
export const STORAGES: Readonly<Record<string, Values>> = {
  s3: { storage_backend: 's3', s3_region: 'eu-central-1' },
  azure: {
    storage_backend: 'azure',
    s3_region: '',
    azure_storage_account: 'lakeaccount',
    azure_container: 'lake',
  },
  gcs: { storage_backend: 'gcs', s3_region: '', gcp_project_id: 'my-project' },
};
export const TABLES: Readonly<Record<string, string>> = {
  s3: 's3a://lake/events',
  azure: 'abfss://lake@lakeaccount.dfs.core.windows.net/events',
  gcs: 'gs://lake/events',
};

/** A connector on a storage, with one route there. */
function on(storage: string, values: Values = {}): Values {
  return merged(
    deltalake({ ...STORAGES[storage], routes: [{ ...route, to: TABLES[storage] }] }),
    values,
  );
}

const minio = deltalake({ s3_endpoint: 'http://minio.storage:9000', s3_allow_http: true });

/** Credentials from keys of a Secret, and as text. */
function fromKeys(...names: readonly string[]): Values {
  const keys = Object.fromEntries(names.map((name) => [name, { secretName: 'keys' }]));
  return { connector: { secrets: { fromKeys: keys } } };
}

function trialValues(...names: readonly string[]): Values {
  const texts = Object.fromEntries(names.map((name) => [name, 'x']));
  return { connector: { secrets: { trialValues: texts } } };
}

const awsKeys = fromKeys('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
export const application = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'];
const gcsFile = { connector: { gcsSecret: { name: 'lake-writer', key: 'key.json' } } };
const azureIdentity = {
  connector: {
    serviceAccount: { annotations: { 'azure.workload.identity/client-id': 'id' } },
    podLabels: { 'azure.workload.identity/use': 'true' },
  },
};
const unsafeRename = { connector: { env: { AWS_S3_ALLOW_UNSAFE_RENAME: 'true' } } };

export const NAMED: readonly NamedSet[] = [
  set('two tables', {
    ...deltalake({
      routes: [
        route,
        {
          ...route,
          from: '/default/orders',
          to: 's3a://lake/orders',
          include_danube_metadata: true,
          expected_schema_subject: 'orders-v1',
          field_mappings: [
            field,
            { json_path: 'order.total', column: 'a_"total"', data_type: 'Int64', nullable: false },
          ],
        },
      ],
    }),
  }),
  set('batches of a route', routeWith({ batch_size: 5, flush_interval_ms: 50 })),
  set('no batches of a route in 0.3', merged(newest(tags), routeWith({ write_mode: 'append' }))),
  set('metadata in a column of another name', routeWith({ include_danube_metadata: true })),
  set(
    'an own column for metadata',
    fieldsOf({ column: '_danube_metadata', json_path: 'metadata' }),
  ),
  set(
    'unsafe types',
    merged(fieldsOf({ data_type: 'UInt32' }, { column: 'at', data_type: 'Timestamp' }), {
      connector: { allowUnsafeDataTypes: true },
    }),
  ),
  set('MinIO without keys', minio),
  set('MinIO with keys', merged(minio, awsKeys)),
  set(
    'MinIO with variables',
    merged(minio, { connector: { envFrom: [{ secretRef: { name: 'a' } }] } }),
  ),
  set(
    'MinIO with a variable',
    merged(minio, { connector: { extraEnv: [{ name: 'AWS_ACCESS_KEY_ID', value: 'a' }] } }),
  ),
  set('several pods on MinIO', merged(minio, awsKeys, { connector: { replicaCount: 2 } })),
  set('S3 with TLS elsewhere', deltalake({ s3_endpoint: 'https://s3.example.com' })),
  set('one pod that renames unsafely', unsafeRename),
  set('Azure', on('azure')),
  set('Azure in 0.3', merged(newest(tags), on('azure'))),
  set('Azure with a workload identity', on('azure', azureIdentity)),
  set('Azure with an application', on('azure', fromKeys(...application))),
  set('Azure with an application for a trial', on('azure', trialValues(...application))),
  ...SECRETS.azure
    .slice(0, 2)
    .flatMap((name) => [
      set(`Azure with ${name}`, on('azure', fromKeys(name))),
      set(`Azure with ${name} for a trial`, on('azure', trialValues(name))),
    ]),
  set('S3 with a Secret', { connector: { secrets: { existingSecret: 'keys' } } }),
  set('S3 with a temporary key', fromKeys(...SECRETS.s3)),
  set('S3 with a temporary key for a trial', trialValues(...SECRETS.s3)),
  set('Google with the identity of the cluster', on('gcs')),
  set('Google with a file', on('gcs', gcsFile)),
  set('Google with a text', on('gcs', fromKeys(...SECRETS.gcs))),
  set('Google with a text for a trial', on('gcs', trialValues(...SECRETS.gcs))),
];

const foreignSecrets = Object.entries(SECRETS).flatMap(([owner, [name]]) => {
  const elsewhere = on(owner === 's3' ? 'azure' : 's3');
  return [
    refused('connector.secrets.fromKeys', merged(elsewhere, fromKeys(name))),
    refused('connector.secrets.trialValues', merged(elsewhere, trialValues(name))),
  ];
});

/** Credentials that need another one, which is missing. */
const lonelySecrets = [
  { storage: 's3', given: 'AWS_ACCESS_KEY_ID', missing: 'AWS_SECRET_ACCESS_KEY' },
  { storage: 's3', given: 'AWS_SECRET_ACCESS_KEY', missing: 'AWS_ACCESS_KEY_ID' },
  { storage: 's3', given: 'AWS_SESSION_TOKEN', missing: 'AWS_ACCESS_KEY_ID' },
  { storage: 'azure', given: 'AZURE_CLIENT_SECRET', missing: 'AZURE_TENANT_ID' },
].flatMap(({ storage, given, missing }) => [
  refused(`connector.secrets.fromKeys.${missing}`, on(storage, fromKeys(given))),
  refused(`connector.secrets.trialValues.${missing}`, on(storage, trialValues(given))),
]);

export const REFUSED: readonly RefusedSet[] = [
  refused('connector.config.deltalake.s3_region', deltalake({ s3_region: '' })),
  ...['azure_storage_account', 'azure_container'].map((key) =>
    refused(`connector.config.deltalake.${key}`, on('azure', deltalake({ [key]: '' }))),
  ),
  refused(
    'connector.config.deltalake.gcp_project_id',
    on('gcs', deltalake({ gcp_project_id: '' })),
  ),
  refused(
    'connector.config.deltalake.s3_region',
    on('azure', deltalake({ s3_region: 'eu-central-1' })),
  ),
  refused(
    'connector.config.deltalake.s3_endpoint',
    on('gcs', deltalake({ s3_endpoint: 'https://s3.example.com' })),
  ),
  refused(
    'connector.config.deltalake.azure_storage_account',
    deltalake({ azure_storage_account: 'lakeaccount' }),
  ),
  refused('connector.config.deltalake.azure_container', deltalake({ azure_container: 'lake' })),
  refused('connector.config.deltalake.gcp_project_id', deltalake({ gcp_project_id: 'my-project' })),
  refused('connector.gcsSecret.name', gcsFile),
  refused('connector.config.deltalake.s3_endpoint', deltalake({ s3_endpoint: 'http://minio' })),
  refused('connector.config.deltalake.s3_allow_http', deltalake({ s3_allow_http: true })),
  refused(
    'connector.env.AWS_S3_ALLOW_UNSAFE_RENAME',
    merged(unsafeRename, { connector: { replicaCount: 2 } }),
  ),
  ...foreignSecrets,
  ...lonelySecrets,
  ...[fromKeys, trialValues].map((give) =>
    refused(
      `connector.secrets.${give.name}.AZURE_CLIENT_ID`,
      on('azure', give('AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID')),
    ),
  ),
  refused(
    'connector.secrets.trialValues',
    merged(trialValues(...SECRETS.s3), { connector: { secrets: { existingSecret: 'keys' } } }),
  ),
  ...[fromKeys, trialValues].map((give) =>
    refused('connector.gcsSecret.name', on('gcs', merged(gcsFile, give(...SECRETS.gcs)))),
  ),
  refused(
    'connector.podLabels',
    on('azure', merged(azureIdentity, { connector: { podLabels: null } })),
  ),
  ...[
    ...['AWS_REGION', 'S3_ENDPOINT', 'AWS_ENDPOINT_URL', 'AWS_ALLOW_HTTP'],
    ...['AZURE_STORAGE_ACCOUNT', 'GCP_PROJECT_ID'],
    ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_SERVICE_ACCOUNT'],
    ...Object.values(SECRETS).flat(),
  ].map((name) => refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } })),
  ...['gs://lake/a', 'az://lake/a'].map((to) =>
    refused('connector.config.deltalake.routes', routeWith({ to })),
  ),
  refused('connector.config.deltalake.routes', on('azure', routeWith({ to: 's3://lake/a' }))),
  refused('connector.config.deltalake.routes', on('gcs', routeWith({ to: 's3://lake/a' }))),
  refused('connector.config.deltalake.routes', routeWith({ write_mode: 'overwrite' })),
  ...[{ batch_size: 5 }, { flush_interval_ms: 5 }].map((batch) =>
    refused('connector.config.deltalake.routes', merged(newest(tags), routeWith(batch))),
  ),
  ...['Date32', 'Date64', 'UInt8', 'UInt64', 'Timestamp'].map((type) =>
    refused('connector.config.deltalake.routes', fieldsOf({ data_type: type })),
  ),
  refused(
    'connector.config.deltalake.routes',
    merged(fieldsOf({ data_type: 'Date32' }), { connector: { allowUnsafeDataTypes: true } }),
  ),
  refused('connector.config.deltalake.routes', fieldsOf({}, { column: 'ID' })),
  refused(
    'connector.config.deltalake.routes',
    routeWith({
      include_danube_metadata: true,
      field_mappings: [{ ...field, column: '_danube_metadata' }],
    }),
  ),
  ...[{ topic: '/default/a' }, { delta_table_path: 's3://a' }, { subscription_type: 'Shared' }].map(
    (key) => refused(`connector.config.deltalake.routes[].${Object.keys(key)[0]}`, routeWith(key)),
  ),
  ...['batch_size', 'flush_interval_ms', 'topic_mappings'].map((key) =>
    refused(`connector.config.deltalake.${key}`, deltalake({ [key]: 'x' })),
  ),
];
