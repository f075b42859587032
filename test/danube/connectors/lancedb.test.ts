import { join } from 'node:path';
import { LancedbConnectorChart } from '../../../src';
import { isMap } from '../../../src/helm/expression/go-value';
import { withValueAt } from '../../property/leaves';
import { at } from '../core/core-sets';
import { proveConnectorChart } from './connector-proof';
import { merged, setsOn, sinkRefusals, sinkSets, type Values } from './connector-sets';
import { application, SECRETS } from './deltalake-sets';
import {
  keepingOwnImage,
  OWN_IMAGE,
  ownImageRefusals,
  ownImageSets,
  subscribing,
} from './own-image-sets';

const route = {
  ...{ from: '/default/vectors', subscription: 'lancedb', subscription_type: 'Shared' },
  ...{ to: 'vectors', vector_dimension: 384 },
};
const minimal = merged(
  OWN_IMAGE,
  lancedb({ uri: 's3://vectors/lance', optimize: { enabled: false }, routes: [route] }),
);
const props = {
  minimal,
  // Each belongs to one storage.
  secrets: [],
  replicas: 'ownNames' as const,
  routes: 'config.lancedb.routes',
};
const { set, refused } = setsOn(minimal);

function lancedb(values: Values): Values {
  return { connector: { config: { lancedb: values } } };
}

function routeWith(values: Values): Values {
  return lancedb({ routes: [{ ...route, ...values }] });
}

/** Credentials from keys of a Secret, and as text. */
function fromKeys(...names: readonly string[]): Values {
  const keys = Object.fromEntries(names.map((name) => [name, { secretName: 'keys' }]));
  return { connector: { secrets: { fromKeys: keys } } };
}

function trialValues(...names: readonly string[]): Values {
  const texts = Object.fromEntries(names.map((name) => [name, 'x']));
  return { connector: { secrets: { trialValues: texts } } };
}

const STORAGES: Readonly<Record<string, Values>> = {
  s3: lancedb({ storage_backend: 's3', uri: 's3://vectors/lance' }),
  gcs: lancedb({ storage_backend: 'gcs', uri: 'gs://vectors/lance' }),
  azure: lancedb({
    ...{ storage_backend: 'azure', uri: 'az://vectors/lance' },
    azure_storage_account: 'lakeaccount',
  }),
  local: lancedb({ storage_backend: 'local', uri: '/data/lance' }),
  cloud: merged(
    lancedb({ storage_backend: 'cloud', uri: 'db://vectors' }),
    fromKeys('LANCEDB_API_KEY'),
  ),
};
const on = (storage: string, ...more: readonly Values[]): Values =>
  merged(STORAGES[storage], ...more);
const cloudWithout = lancedb({ storage_backend: 'cloud', uri: 'db://vectors' });

const minio = lancedb({
  ...{ s3_endpoint: 'http://minio.storage:9000', s3_region: 'us-east-1' },
  s3_allow_http: true,
});
const kms = { s3_sse: 'aws:kms', s3_sse_kms_key_id: 'key' };
const gcsFile = { connector: { gcsSecret: { name: 'vectors', key: 'key.json' } } };
const azureIdentity = {
  connector: {
    serviceAccount: { annotations: { 'azure.workload.identity/client-id': 'id' } },
    podLabels: { 'azure.workload.identity/use': 'true' },
  },
};
const field = { json_path: 'text', column: 'text', data_type: 'Utf8' };
const columns = { payload_mode: 'columns', field_mappings: [field] };
const several = { connector: { replicaCount: 2 } };

/** Credentials that go together, and their storage. */
const GROUPS = [
  { storage: 's3', names: SECRETS.s3 },
  ...SECRETS.azure.slice(0, 2).map((name) => ({ storage: 'azure', names: [name] })),
  { storage: 'azure', names: application },
  { storage: 'gcs', names: SECRETS.gcs },
];
const EVERY_SECRET = ['LANCEDB_API_KEY', ...Object.values(SECRETS).flat()];

/** What only other storages have, or only some indices, taken away. */
const ANYWHERE = {
  ...{ s3_region: '', s3_endpoint: '', s3_allow_http: false, s3_virtual_hosted_style: false },
  ...{ s3_express: false, s3_provider_scheme: null, s3_sse: null, s3_sse_kms_key_id: null },
  ...{ s3_sse_bucket_key_enabled: false, s3_commit_table: null },
  ...{ azure_storage_account: '', azure_endpoint: '', azure_use_emulator: false },
  cloud_host_override: '',
};

function soundRoute(one: unknown, values: Values): Values {
  const given = isMap(one) ? one : {};
  const hasFields = Array.isArray(given.field_mappings) && given.field_mappings.length > 0;
  const isSeveral = Number(at(values, 'connector.replicaCount')) > 1;
  return merged(
    given,
    { index: null, distance: 'dot', write_mode: 'append', payload_mode: 'json' },
    hasFields ? columns : { field_mappings: null },
    isSeveral ? { scalar_indices: null } : {},
    subscribing(values),
  );
}

/** An image, one storage without keys of its own, tables that go with the pods. */
function keepingRules(values: Values): Values {
  const get = (path: string) => at(values, `connector.${path}`);
  const given = get('config.lancedb.storage_backend');
  const isSeveral = Number(get('replicaCount')) > 1;
  const isUsable = typeof given === 'string' && !(given === 'local' && isSeveral);
  const storage = isUsable ? given : 's3';
  const routes = get('config.lancedb.routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const existingClaim = storage === 'local' ? get('persistence.existingClaim') : '';
  const none = Object.fromEntries(EVERY_SECRET.map((name) => [name, '']));
  const noKeys = Object.fromEntries(EVERY_SECRET.map((name) => [name, { secretName: '' }]));
  const options = get('config.lancedb.storage_options');
  const kept = merged(
    keepingOwnImage(values),
    lancedb({
      ...ANYWHERE,
      ...(isSeveral ? { optimize: { enabled: false } } : {}),
      routes: list.map((one) => soundRoute(one, values)),
    }),
    {
      connector: {
        secrets: { fromKeys: noKeys, trialValues: none },
        gcsSecret: { name: storage === 'gcs' ? get('gcsSecret.name') : '' },
        persistence: { existingClaim },
      },
    },
    STORAGES[storage],
  );
  // Its keys are free, and many are refused.
  const known = isMap(options) && Object.keys(options).length > 0 ? { user_agent: 'danube' } : {};
  return withValueAt(kept, ['connector', 'config', 'lancedb', 'storage_options'], known);
}

proveConnectorChart({
  ...props,
  newChart: (app) => new LancedbConnectorChart(app, 'danube-connector-lancedb'),
  named: [
    ...sinkSets(props),
    ...ownImageSets(props),
    ...Object.entries(STORAGES).map(([name, values]) => set(`storage ${name}`, values)),
    ...GROUPS.flatMap(({ storage, names }) => [
      set(`${storage} with ${names[0]}`, on(storage, fromKeys(...names))),
      set(`${storage} with ${names[0]} for a trial`, on(storage, trialValues(...names))),
    ]),
    set('a Secret', { connector: { secrets: { existingSecret: 'keys' } } }),
    set('MinIO without keys', minio),
    set('MinIO with keys', merged(minio, fromKeys(...SECRETS.s3.slice(0, 2)))),
    set(
      'MinIO with variables',
      merged(minio, { connector: { envFrom: [{ secretRef: { name: 'a' } }] } }),
    ),
    set(
      'MinIO with a variable',
      merged(minio, { connector: { extraEnv: [{ name: 'AWS_ACCESS_KEY_ID', value: 'a' }] } }),
    ),
    set(
      'S3 with TLS elsewhere',
      lancedb({ s3_endpoint: 'https://s3.example.com', s3_region: 'a' }),
    ),
    set('S3 Express', lancedb({ s3_express: true, s3_virtual_hosted_style: true })),
    set('S3 as told', lancedb({ s3_provider_scheme: 'irsa', s3_commit_table: 'commits' })),
    set('S3 that encrypts', lancedb({ s3_sse: 'AES256' })),
    set('S3 that encrypts with KMS', lancedb({ ...kms, s3_sse_bucket_key_enabled: true })),
    set('Azure with a workload identity', on('azure', azureIdentity)),
    set(
      'Azurite',
      on('azure', lancedb({ azure_endpoint: 'http://azurite:10000', azure_use_emulator: true })),
    ),
    set('Google with a file', on('gcs', gcsFile)),
    set(
      'a claim that is there',
      on('local', { connector: { persistence: { existingClaim: 'tables' } } }),
    ),
    set(
      'a claim without a class',
      on('local', { connector: { persistence: { storageClass: '-', annotations: { a: 'b' } } } }),
    ),
    set('a directory of the volume', on('local', lancedb({ uri: '/data' }))),
    set(
      'an enterprise',
      on('cloud', lancedb({ cloud_host_override: 'https://lance.example.com:10024' })),
    ),
    set('the cloud for a trial', merged(cloudWithout, trialValues('LANCEDB_API_KEY'))),
    set(
      'the cloud with a Secret',
      merged(cloudWithout, { connector: { secrets: { existingSecret: 'keys' } } }),
    ),
    set(
      'the cloud with a variable',
      merged(cloudWithout, {
        connector: { extraEnv: [{ name: 'LANCEDB_API_KEY', value: 'x' }] },
      }),
    ),
    set(
      'the cloud with variables',
      merged(cloudWithout, { connector: { envFrom: [{ secretRef: { name: 'a' } }] } }),
    ),
    set('any certificate', lancedb({ allow_invalid_certificates: true })),
    set('more options', lancedb({ storage_options: { user_agent: 'danube', proxy_url: '' } })),
    set(
      'new tables',
      lancedb({
        new_table: {
          ...{ data_storage_version: '2.1', enable_v2_manifest_paths: true },
          enable_stable_row_ids: false,
        },
      }),
    ),
    set('tidy', lancedb({ optimize: { enabled: true } })),
    set('tidy early', lancedb({ optimize: { enabled: true, prune_older_than_hours: 24 } })),
    set(
      'tidy but for versions',
      lancedb({ optimize: { enabled: true, prune_older_than_hours: 0 } }),
    ),
    set('columns', routeWith({ ...columns, include_danube_metadata: false, on_invalid: 'skip' })),
    set('upserts', routeWith({ write_mode: 'upsert', id_json_path: 'doc.id', id_column: 'doc' })),
    set('no ids', routeWith({ id_json_path: '' })),
    set('bits', routeWith({ distance: 'hamming' })),
    set('bits with an index', routeWith({ distance: 'hamming', index: { type: 'ivf_flat' } })),
    set('no index', routeWith({ index: { type: 'none' } })),
    set('pq', routeWith({ index: { type: 'ivf_pq', num_sub_vectors: 24, num_bits: 8 } })),
    set('rq', routeWith({ index: { type: 'ivf_rq', num_bits: 8, sample_rate: 128 } })),
    set('hnsw', routeWith({ index: { type: 'ivf_hnsw_pq', num_edges: 10, ef_construction: 99 } })),
    set('hnsw with pieces', routeWith({ index: { type: 'ivf_hnsw_pq', num_sub_vectors: 6 } })),
    set(
      'indices for filters',
      routeWith({ ...columns, scalar_indices: [{ column: 'text', type: 'fts' }] }),
    ),
    set(
      'several routes',
      lancedb({
        routes: [
          { ...route, expected_schema_subject: 'a-v1', ...columns },
          {
            ...route,
            ...{ from: '/default/b', vector_column: 'v', vector_json_path: 'a.v' },
            ...{ vector_type: 'float16', auto_create_table: false, payload_column: 'p' },
            ...columns,
            field_mappings: [field, { ...field, column: 'b', nullable: false }],
          },
        ],
      }),
    ),
  ],
  refused: [
    ...sinkRefusals(props),
    ...ownImageRefusals(props, routeWith({ subscription_type: 'FailOver' })),
    refused('connector.config.lancedb.uri', lancedb({ uri: '' })),
    ...['gs://a/b', '/data/a', 'db://a', 'az://a/b'].map((uri) =>
      refused('connector.config.lancedb.uri', lancedb({ uri })),
    ),
    ...['gcs', 'azure', 'local', 'cloud'].map((storage) =>
      refused('connector.config.lancedb.uri', on(storage, lancedb({ uri: 's3://a/b' }))),
    ),
    refused('connector.config.lancedb.uri', on('local', lancedb({ uri: '/database' }))),
    ...[
      { s3_region: 'a' },
      { s3_virtual_hosted_style: true },
      { s3_express: true },
      { s3_provider_scheme: 'ecs' },
      { s3_sse: 'AES256' },
      { s3_commit_table: 'commits' },
    ].map((values) =>
      refused(`connector.config.lancedb.${Object.keys(values)[0]}`, on('gcs', lancedb(values))),
    ),
    refused(
      'connector.config.lancedb.s3_endpoint',
      on('gcs', lancedb({ s3_endpoint: 'https://a', s3_region: '' })),
    ),
    refused('connector.config.lancedb.s3_sse', on('gcs', lancedb(kms))),
    refused(
      'connector.config.lancedb.s3_sse_bucket_key_enabled',
      on('gcs', lancedb({ s3_sse_bucket_key_enabled: true })),
    ),
    ...[
      { azure_storage_account: 'lakeaccount' },
      { azure_endpoint: 'http://azurite' },
      { azure_use_emulator: true },
      { cloud_host_override: 'https://a' },
    ].map((values) =>
      refused(`connector.config.lancedb.${Object.keys(values)[0]}`, lancedb(values)),
    ),
    refused('connector.gcsSecret.name', gcsFile),
    refused('connector.persistence.existingClaim', {
      connector: { persistence: { existingClaim: 'tables' } },
    }),
    refused(
      'connector.config.lancedb.azure_storage_account',
      on('azure', lancedb({ azure_storage_account: '' })),
    ),
    refused('connector.config.lancedb.s3_region', lancedb({ s3_endpoint: 'https://a' })),
    refused(
      'connector.config.lancedb.s3_endpoint',
      lancedb({ s3_endpoint: 'http://minio', s3_region: 'a' }),
    ),
    refused('connector.config.lancedb.s3_allow_http', lancedb({ s3_allow_http: true })),
    refused('connector.secrets.fromKeys.LANCEDB_API_KEY', cloudWithout),
    refused('connector.secrets.fromKeys.LANCEDB_API_KEY', fromKeys('LANCEDB_API_KEY')),
    refused('connector.secrets.fromKeys.LANCEDB_API_KEY', trialValues('LANCEDB_API_KEY')),
    ...[{ s3_sse: 'aws:kms:dsse' }, { s3_sse_kms_key_id: 'a' }].map((values) =>
      refused('connector.config.lancedb.s3_sse_kms_key_id', lancedb(values)),
    ),
    refused(
      'connector.config.lancedb.s3_sse_bucket_key_enabled',
      lancedb({ s3_sse_bucket_key_enabled: true }),
    ),
    ...[
      ...['region', 'aws_endpoint', 's3_express', 'aws_sse_kms_key_id', 'account_name'],
      ...['timeout', 'new_table_x'],
    ].map((name) =>
      refused(
        'connector.config.lancedb.storage_options',
        lancedb({ storage_options: { [name]: 'a' } }),
      ),
    ),
    ...['aws_secret_access_key', 'account_key', 'sas_key', 'bearer_token'].map((name) =>
      refused(
        'connector.config.lancedb.storage_options',
        lancedb({ storage_options: { [name]: 'a' } }),
      ),
    ),
    refused('connector.replicaCount', on('local', several)),
    refused(
      'connector.config.lancedb.optimize.enabled',
      merged(several, lancedb({ optimize: { enabled: true } })),
    ),
    ...GROUPS.flatMap(({ storage, names }) =>
      [fromKeys, trialValues].map((give) =>
        refused(
          `connector.secrets.${give.name}`,
          on(storage === 's3' ? 'azure' : 's3', give(...names)),
        ),
      ),
    ),
    ...[fromKeys, trialValues].flatMap((give) => [
      refused(`connector.secrets.${give.name}.AWS_SECRET_ACCESS_KEY`, give(SECRETS.s3[0])),
      refused(`connector.secrets.${give.name}.AWS_ACCESS_KEY_ID`, give(SECRETS.s3[1])),
      refused(`connector.secrets.${give.name}.AWS_ACCESS_KEY_ID`, give(SECRETS.s3[2])),
      refused(
        `connector.secrets.${give.name}.AZURE_TENANT_ID`,
        on('azure', give('AZURE_CLIENT_SECRET')),
      ),
      refused(
        `connector.secrets.${give.name}.AZURE_CLIENT_ID`,
        on('azure', give('AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID')),
      ),
      refused('connector.gcsSecret.name', on('gcs', gcsFile, give(...SECRETS.gcs))),
    ]),
    refused(
      'connector.secrets.trialValues',
      merged(trialValues(...SECRETS.s3), { connector: { secrets: { existingSecret: 'keys' } } }),
    ),
    refused('connector.podLabels', on('azure', azureIdentity, { connector: { podLabels: null } })),
    ...[
      ...['LANCEDB_URI', 'AWS_REGION', 'S3_ENDPOINT', 'AWS_ENDPOINT_URL', 'AWS_ALLOW_HTTP'],
      ...['AZURE_STORAGE_ACCOUNT', 'GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_SERVICE_ACCOUNT'],
      ...EVERY_SECRET,
    ].map((name) => refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } })),
    ...[
      { write_mode: 'upsert', id_json_path: '' },
      { payload_mode: 'columns' },
      { field_mappings: [field] },
      { ...columns, field_mappings: [field, { ...field, column: 'TEXT' }] },
      { ...columns, field_mappings: [{ ...field, column: 'vector' }] },
      { ...columns, field_mappings: [{ ...field, column: 'id' }] },
      { distance: 'hamming', index: { type: 'ivf_pq' } },
      { index: { type: 'ivf_flat', num_bits: 8 } },
      { index: { type: 'ivf_sq', num_sub_vectors: 24 } },
      { index: { type: 'ivf_pq', num_sub_vectors: 25 } },
      { index: { type: 'ivf_pq', num_edges: 10 } },
      { index: { type: 'ivf_rq', ef_construction: 10 } },
    ].map((values) => refused('connector.config.lancedb.routes', routeWith(values))),
    ...[
      { index: { type: 'ivf_flat' } },
      { scalar_indices: [{ column: 'payload', type: 'fts' }] },
    ].map((values) =>
      refused('connector.config.lancedb.routes', merged(several, routeWith(values))),
    ),
    refused('connector.config.lancedb.api_key', lancedb({ api_key: 'x' })),
    refused(
      'connector.config.lancedb.gcs_service_account_path',
      lancedb({ gcs_service_account_path: '/a' }),
    ),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'url', values: lancedb({ url: 's3://a' }) },
    { what: 'a place of another kind', names: 'uri', values: lancedb({ uri: 'http://a' }) },
    {
      what: 'vectors that are too long',
      names: 'vector_dimension',
      values: routeWith({ vector_dimension: 4097 }),
    },
    { what: 'a misspelt index', names: 'type', values: routeWith({ index: { type: 'hnsw' } }) },
    {
      what: 'an option in capitals',
      names: 'Region',
      values: lancedb({ storage_options: { Region: 'a' } }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/lancedb'),
});
