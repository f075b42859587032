import {
  and,
  each,
  eq,
  hasKey,
  hasPrefix,
  le,
  ne,
  not,
  or,
  regexMatch,
  str,
  when,
  type Ref,
} from '../../../helm/index';
import {
  addCloudCredentialRules,
  addS3EndpointRules,
  cloudVariables,
  refuseOtherStorages,
} from '../cloud-credential-rules';
import type { ConnectorRules } from '../connector-rules';
import { requireDistinctColumns } from '../field-mapping';
import { requireBatchesOfOlderOnly } from '../older-batches';
import type { DeltaLakeValues } from './deltalake-values';

type Route = DeltaLakeValues['config']['deltalake']['routes'][number];

const ROUTES = 'config.deltalake.routes';

/** What must hold between the values of a Delta Lake sink (facts on connectors, 4). */
export function addDeltaLakeRules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  addStorageRules(rules, values);
  addS3Rules(rules, values);
  addCloudCredentialRules(rules, values, values.config.deltalake.storage_backend);
  rules.refuseVariables({
    ...cloudVariables('deltalake'),
    GCP_PROJECT_ID: 'set connector.config.deltalake.gcp_project_id',
  });
  addRouteRules(rules, values);
  addColumnRules(rules, values);
}

/** The keys without which the sink does not start. */
const NEEDED = [
  { key: 's3_region', storage: 's3', example: 'eu-central-1' },
  { key: 'azure_storage_account', storage: 'azure', example: 'lakeaccount' },
  { key: 'azure_container', storage: 'azure', example: 'lake' },
  { key: 'gcp_project_id', storage: 'gcs', example: 'my-project' },
] as const;

/** The keys of the storage are there, and none of another: the sink would not say a word. */
function addStorageRules(rules: ConnectorRules, { config, gcsSecret }: Ref<DeltaLakeValues>): void {
  const { storage_backend: storage } = config.deltalake;
  for (const { key, storage: owner, example } of NEEDED) {
    rules.require({
      path: `config.deltalake.${key}`,
      holds: or(ne(storage, owner), config.deltalake[key]),
      problem: `the sink does not start without it when storage_backend is ${owner}`,
      fix: `write it, such as ${example}`,
    });
  }
  refuseOtherStorages(rules, storage, [
    ...NEEDED.map(({ key, storage: owner }) => ({
      path: `config.deltalake.${key}`,
      owner,
      value: config.deltalake[key],
    })),
    { path: 'config.deltalake.s3_endpoint', owner: 's3', value: config.deltalake.s3_endpoint },
    { path: 'gcsSecret.name', owner: 'gcs', value: gcsSecret.name },
  ]);
}

function addS3Rules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  addS3EndpointRules(rules, 'deltalake', values.config.deltalake);
  const unsafe = 'AWS_S3_ALLOW_UNSAFE_RENAME';
  rules.require({
    path: `env.${unsafe}`,
    holds: or(not(hasKey(values.env, unsafe)), le(values.replicaCount, 1)),
    problem: 'several pods would overwrite what the others commit',
    fix: 'leave it out, or write replicaCount 1',
  });
}

function addRouteRules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  const { config, configVersion } = values;
  const { routes, storage_backend: storage } = config.deltalake;
  rules.requireItems<Route>('tablesElsewhere', {
    path: ROUTES,
    list: routes,
    holds: ({ to }) =>
      or(
        and(eq(storage, 's3'), regexMatch('^s3a?:', to)),
        and(eq(storage, 'azure'), regexMatch('^(az|adl|azure|abfss?):', to)),
        and(eq(storage, 'gcs'), hasPrefix('gs:', to)),
      ),
    named: ({ to }) => to,
    problem: 'is no URL of the storage_backend, and one connector has one storage',
    fix: 'write s3:// for s3, abfss:// for azure, gs:// for gcs, or install a second connector',
  });
  rules.requireItems<Route>('overwritingRoutes', {
    path: ROUTES,
    list: routes,
    holds: (route) => ne(route.write_mode, 'overwrite'),
    named: (route) => route.from,
    problem: 'has write_mode overwrite, which has no effect: the sink always appends',
    fix: 'leave it out, or empty the table by other means',
  });
  requireBatchesOfOlderOnly(rules, configVersion, ROUTES, routes, 'flush_interval_ms');
}

function addColumnRules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  const { routes } = values.config.deltalake;
  rules.requireNone('columnsOfDates', {
    path: ROUTES,
    found: [
      each(routes, (route) => [
        each(route.field_mappings, ({ column, data_type: type }) =>
          when(hasPrefix('Date', type), [str`${column} of ${route.from}`]),
        ),
      ]),
    ],
    problem: 'has data_type Date32 or Date64, with which the sink ends at its first message',
    fix: 'write Utf8 for dates as text, or Int32 and Int64 for numbers',
  });
  rules.requireNone('columnsOfUnsafeTypes', {
    path: ROUTES,
    found: [
      each(routes, (route) => [
        each(route.field_mappings, ({ column, data_type: type }) =>
          when(and(not(values.allowUnsafeDataTypes), regexMatch('^(UInt|Timestamp)', type)), [
            str`${column} of ${route.from}`,
          ]),
        ),
      ]),
    ],
    problem: 'has data_type UInt or Timestamp, which do not fit tables that the sink makes',
    fix: 'write Int64 for numbers and Utf8 for times, or set connector.allowUnsafeDataTypes',
  });
  requireDistinctColumns(rules, ROUTES, routes, (route) => ({
    route: route.from,
    mappings: route.field_mappings,
    isOwn: (column) => and(route.include_danube_metadata, eq(column, '_danube_metadata')),
  }));
}
