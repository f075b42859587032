import {
  and,
  each,
  eq,
  hasKey,
  hasPrefix,
  le,
  lower,
  lt,
  ne,
  not,
  or,
  regexMatch,
  str,
  when,
  type Ref,
} from '../../../helm/index';
import type { ConnectorRules } from '../connector-rules';
import { requireBatchesOfOlderOnly } from '../older-batches';
import { hasKeysOf, hasTrialValuesOf } from './deltalake-credentials';
import type { DeltaLakeValues } from './deltalake-values';

type Route = DeltaLakeValues['config']['deltalake']['routes'][number];

const ROUTES = 'config.deltalake.routes';

/** What must hold between the values of a Delta Lake sink (facts on connectors, 4). */
export function addDeltaLakeRules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  addStorageRules(rules, values);
  addS3Rules(rules, values);
  addCredentialRules(rules, values);
  addVariableRules(rules);
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
  const owned = [
    ...NEEDED.map(({ key, storage: owner }) => ({
      path: `config.deltalake.${key}`,
      owner,
      value: config.deltalake[key],
    })),
    { path: 'config.deltalake.s3_endpoint', owner: 's3', value: config.deltalake.s3_endpoint },
    { path: 'gcsSecret.name', owner: 'gcs', value: gcsSecret.name },
  ] as const;
  for (const { path, owner, value } of owned) {
    rules.require({
      path,
      holds: or(eq(storage, owner), not(value)),
      problem: str`storage_backend is ${storage}, which does not use it`,
      fix: `leave it out, or write storage_backend ${owner}`,
    });
  }
}

function addS3Rules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  const { s3_endpoint: endpoint, s3_allow_http: allowsHttp } = values.config.deltalake;
  const isPlain = hasPrefix('http://', endpoint);
  rules.require({
    path: 'config.deltalake.s3_endpoint',
    holds: or(not(isPlain), allowsHttp),
    problem: 'it is a URL without TLS, and the sink refuses those',
    fix: 'write an https URL, or allow this one with s3_allow_http',
  });
  rules.require({
    path: 'config.deltalake.s3_allow_http',
    holds: or(not(allowsHttp), isPlain),
    problem: 'there is no s3_endpoint without TLS that it would allow',
    fix: 'leave it out',
  });
  const unsafe = 'AWS_S3_ALLOW_UNSAFE_RENAME';
  rules.require({
    path: `env.${unsafe}`,
    holds: or(not(hasKey(values.env, unsafe)), le(values.replicaCount, 1)),
    problem: 'several pods would overwrite what the others commit',
    fix: 'leave it out, or write replicaCount 1',
  });
}

function addCredentialRules(rules: ConnectorRules, values: Ref<DeltaLakeValues>): void {
  const { secrets, gcsSecret, serviceAccount, podLabels, config } = values;
  const { storage_backend: storage } = config.deltalake;
  for (const name of ['s3', 'azure', 'gcs'] as const) {
    for (const [path, isGiven] of [
      ['secrets.fromKeys', hasKeysOf(name, secrets)],
      ['secrets.trialValues', hasTrialValuesOf(name, secrets)],
    ] as const) {
      rules.require({
        path,
        holds: or(eq(storage, name), not(isGiven)),
        problem: str`it has credentials for ${name}, and storage_backend is ${storage}`,
        fix: 'leave them out, or write the other storage_backend',
      });
    }
  }
  rules.requireSecretsTogether('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
  rules.requireSecretFor('AWS_ACCESS_KEY_ID', 'AWS_SESSION_TOKEN');
  rules.requireSecretFor('AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET');
  rules.requireSecretFor('AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET');
  rules.require({
    path: 'gcsSecret.name',
    holds: not(
      and(gcsSecret.name, or(hasKeysOf('gcs', secrets), hasTrialValuesOf('gcs', secrets))),
    ),
    problem: 'GOOGLE_SERVICE_ACCOUNT_KEY is given too, and it would win',
    fix: 'leave one of them out',
  });
  rules.require({
    path: 'podLabels',
    holds: or(
      not(hasKey(serviceAccount.annotations, 'azure.workload.identity/client-id')),
      hasKey(podLabels, 'azure.workload.identity/use'),
    ),
    problem: 'without a label Azure does not give pods the identity of the service account',
    fix: 'write azure.workload.identity/use: "true"',
  });
}

/** Variables that win over connector.toml, or that the chart sets. */
function addVariableRules(rules: ConnectorRules): void {
  const key = (name: string) => `set connector.config.deltalake.${name}`;
  rules.refuseVariable('AWS_REGION', key('s3_region'));
  rules.refuseVariable('S3_ENDPOINT', key('s3_endpoint'));
  rules.refuseVariable('AWS_ENDPOINT_URL', key('s3_endpoint'));
  rules.refuseVariable('AWS_ALLOW_HTTP', key('s3_allow_http'));
  rules.refuseVariable('AZURE_STORAGE_ACCOUNT', key('azure_storage_account'));
  rules.refuseVariable('GCP_PROJECT_ID', key('gcp_project_id'));
  rules.refuseVariable('GOOGLE_APPLICATION_CREDENTIALS', 'set connector.gcsSecret');
  rules.refuseVariable('GOOGLE_SERVICE_ACCOUNT', 'set connector.gcsSecret');
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
  rules.requireNone('columnsTwice', {
    path: ROUTES,
    found: [
      each(routes, (route) => [
        each(route.field_mappings, (one, index) => [
          each(route.field_mappings, (other, otherIndex) =>
            when(and(lt(index, otherIndex), eq(lower(one.column), lower(other.column))), [
              str`${other.column} of ${route.from}`,
            ]),
          ),
          when(and(route.include_danube_metadata, eq(one.column, '_danube_metadata')), [
            str`${one.column} of ${route.from}`,
          ]),
        ]),
      ]),
    ],
    problem: 'is a column twice; capitals make no difference',
    fix: 'leave one out, or call it otherwise',
  });
}
