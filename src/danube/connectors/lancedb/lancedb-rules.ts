import {
  and,
  eachEntry,
  eq,
  hasPrefix,
  isSet,
  le,
  ne,
  not,
  or,
  orElse,
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
import { isNamed } from '../connector-secrets';
import type { LancedbValues } from './lancedb-values';

type Values = Ref<LancedbValues>;

/** The rules of a LanceDB sink, but for those of its routes. */
export function addLancedbRules(rules: ConnectorRules, values: Values): void {
  const { config } = values;
  addUriRules(rules, values);
  addStorageRules(rules, values);
  addCloudRules(rules, values);
  addS3EndpointRules(rules, 'lancedb', config.lancedb);
  addEncryptionRules(rules, values);
  addCloudCredentialRules(rules, values, config.lancedb.storage_backend);
  rules.refuseVariables({
    ...cloudVariables('lancedb'),
    LANCEDB_URI: 'set connector.config.lancedb.uri',
  });
  addOptionRules(rules, values);
  addReplicaRules(rules, values);
}

function addUriRules(rules: ConnectorRules, { config }: Values): void {
  const { uri, storage_backend: storage } = config.lancedb;
  rules.require({
    path: 'config.lancedb.uri',
    holds: uri,
    problem: 'the sink needs a place for its tables',
    fix: 'write one, such as s3://bucket/lance, or /data/lance with storage_backend local',
  });
  rules.require({
    path: 'config.lancedb.uri',
    holds: or(
      not(uri),
      and(eq(storage, 's3'), hasPrefix('s3:', uri)),
      and(eq(storage, 'gcs'), hasPrefix('gs:', uri)),
      and(eq(storage, 'azure'), hasPrefix('az:', uri)),
      and(eq(storage, 'cloud'), hasPrefix('db:', uri)),
      and(eq(storage, 'local'), regexMatch('^/data(/|$)', uri)),
    ),
    problem: str`"${uri}" is no place of storage_backend ${storage}`,
    fix: 'write s3:// for s3, gs:// for gcs, az:// for azure, db:// for cloud, /data for local',
  });
}

/** Nothing is given for another storage: the program would not say a word. */
function addStorageRules(rules: ConnectorRules, { config, gcsSecret, persistence }: Values): void {
  const { lancedb } = config;
  const { storage_backend: storage } = lancedb;
  const s3 = [
    ...(['s3_region', 's3_endpoint', 's3_virtual_hosted_style', 's3_express'] as const),
    's3_sse_bucket_key_enabled' as const,
  ];
  const optional = [
    's3_provider_scheme',
    's3_sse',
    's3_sse_kms_key_id',
    's3_commit_table',
  ] as const;
  const azure = ['azure_storage_account', 'azure_endpoint', 'azure_use_emulator'] as const;
  const at = (key: string) => `config.lancedb.${key}`;
  refuseOtherStorages(rules, storage, [
    ...s3.map((key) => ({ path: at(key), owner: 's3', value: lancedb[key] })),
    ...optional.map((key) => ({ path: at(key), owner: 's3', value: isSet(lancedb[key]) })),
    ...azure.map((key) => ({ path: at(key), owner: 'azure', value: lancedb[key] })),
    { path: at('cloud_host_override'), owner: 'cloud', value: lancedb.cloud_host_override },
    { path: 'gcsSecret.name', owner: 'gcs', value: gcsSecret.name },
    { path: 'persistence.existingClaim', owner: 'local', value: persistence.existingClaim },
  ]);
  rules.require({
    path: 'config.lancedb.azure_storage_account',
    holds: or(ne(storage, 'azure'), lancedb.azure_storage_account),
    problem: 'the sink does not start without it when storage_backend is azure',
    fix: 'write it, such as lakeaccount',
  });
  rules.require({
    path: 'config.lancedb.s3_region',
    holds: or(not(lancedb.s3_endpoint), lancedb.s3_region),
    problem: 'a store at s3_endpoint does not tell its region',
    fix: 'write it, such as us-east-1',
  });
}

function addCloudRules(rules: ConnectorRules, values: Values): void {
  const { config, secrets } = values;
  const { storage_backend: storage } = config.lancedb;
  const hasKey = isNamed(secrets, 'LANCEDB_API_KEY');
  rules.require({
    path: 'secrets.fromKeys.LANCEDB_API_KEY',
    holds: or(
      ne(storage, 'cloud'),
      hasKey,
      secrets.existingSecret,
      values.extraEnv,
      values.envFrom,
    ),
    problem: 'the cloud wants an API key, and the sink does not start without',
    fix: 'name a Secret that holds it',
  });
  rules.require({
    path: 'secrets.fromKeys.LANCEDB_API_KEY',
    holds: or(eq(storage, 'cloud'), not(hasKey)),
    problem: str`storage_backend is ${storage}, which does not use it`,
    fix: 'leave it out, or write storage_backend cloud',
  });
}

function addEncryptionRules(rules: ConnectorRules, { config }: Values): void {
  const { lancedb } = config;
  const usesKms = hasPrefix('aws:kms', orElse(lancedb.s3_sse, 'none'));
  rules.require({
    path: 'config.lancedb.s3_sse_kms_key_id',
    holds: or(
      and(usesKms, isSet(lancedb.s3_sse_kms_key_id)),
      not(or(usesKms, isSet(lancedb.s3_sse_kms_key_id))),
    ),
    problem: 'KMS wants a key, and only KMS',
    fix: 'write it with s3_sse aws:kms or aws:kms:dsse, and only there',
  });
  rules.require({
    path: 'config.lancedb.s3_sse_bucket_key_enabled',
    holds: or(not(lancedb.s3_sse_bucket_key_enabled), usesKms),
    problem: 'only KMS has bucket keys',
    fix: 'leave it out, or write s3_sse aws:kms',
  });
}

/** Options of the store that other values write, and those that are secrets. */
const WRITTEN_OPTIONS = [
  '^(aws_)?(default_)?region$|^(aws_|azure_)?(endpoint|endpoint_url|allow_http)$',
  '^(aws_)?(virtual_hosted_style_request|s3_express|provider_scheme)$',
  '^(aws_)?(server_side_encryption|sse_kms_key_id|sse_bucket_key_enabled)$',
  '^(azure_)?(storage_)?(account_name|use_emulator)$|^(google_)?service_account(_path)?$',
  '^(connect_timeout|timeout|client_max_retries|client_retry_timeout)$',
  '^allow_invalid_certificates$|^new_table_',
];
const SECRET_OPTION = 'secret|token|password|access_key|account_key|master_key|sas|api_key|_key$';

function addOptionRules(rules: ConnectorRules, { config }: Values): void {
  const { storage_options: options } = config.lancedb;
  rules.requireNone('writtenOptions', {
    path: 'config.lancedb.storage_options',
    found: [
      eachEntry(options, (name) =>
        when(or(...WRITTEN_OPTIONS.map((pattern) => regexMatch(pattern, name))), [name]),
      ),
    ],
    problem: 'is what other keys of config.lancedb say, and they would win',
    fix: 'write those keys',
  });
  rules.requireNone('secretOptions', {
    path: 'config.lancedb.storage_options',
    found: [eachEntry(options, (name) => when(regexMatch(SECRET_OPTION, name), [name]))],
    problem: 'would stand readable in a ConfigMap',
    fix: 'set connector.secrets',
  });
}

function addReplicaRules(rules: ConnectorRules, { config, replicaCount }: Values): void {
  const { storage_backend: storage, optimize } = config.lancedb;
  rules.require({
    path: 'replicaCount',
    holds: or(ne(storage, 'local'), le(replicaCount, 1)),
    problem: 'several pods cannot write tables on one volume',
    fix: 'write 1, or another storage_backend',
  });
  rules.require({
    path: 'config.lancedb.optimize.enabled',
    holds: or(not(optimize.enabled), le(replicaCount, 1)),
    problem: 'only one pod may tidy tables up, and there are several',
    fix: 'write false, or connector.replicaCount 1',
  });
}
