import {
  and,
  eq,
  hasKey,
  hasPrefix,
  not,
  or,
  str,
  type Condition,
  type Expr,
  type Ref,
} from '../../helm/index';
import {
  hasKeysOf,
  hasTrialValuesOf,
  type CloudValues,
  type S3Endpoint,
} from './cloud-credentials';
import type { ConnectorRules } from './connector-rules';

/** Credentials are those of the storage, complete, and given once. */
export function addCloudCredentialRules(
  rules: ConnectorRules,
  values: Ref<CloudValues>,
  storage: Expr<string>,
): void {
  const { gcsSecret, serviceAccount, podLabels } = values;
  for (const name of ['s3', 'azure', 'gcs'] as const) {
    for (const [path, isGiven] of [
      ['secrets.fromKeys', hasKeysOf(name, values)],
      ['secrets.trialValues', hasTrialValuesOf(name, values)],
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
    holds: not(and(gcsSecret.name, or(hasKeysOf('gcs', values), hasTrialValuesOf('gcs', values)))),
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

/**
 * Variables that win over connector.toml, or that the chart sets, and what to do instead. `table`
 * is that of the sink.
 */
export function cloudVariables(table: string): Readonly<Record<string, string>> {
  const key = (name: string) => `set connector.config.${table}.${name}`;
  return {
    AWS_REGION: key('s3_region'),
    S3_ENDPOINT: key('s3_endpoint'),
    AWS_ENDPOINT_URL: key('s3_endpoint'),
    AWS_ALLOW_HTTP: key('s3_allow_http'),
    AZURE_STORAGE_ACCOUNT: key('azure_storage_account'),
    GOOGLE_APPLICATION_CREDENTIALS: 'set connector.gcsSecret',
    GOOGLE_SERVICE_ACCOUNT: 'set connector.gcsSecret',
  };
}

/** A store without TLS has to be allowed, and nothing else. */
export function addS3EndpointRules(
  rules: ConnectorRules,
  table: string,
  { s3_endpoint: endpoint, s3_allow_http: allowsHttp }: Ref<S3Endpoint>,
): void {
  const isPlain = hasPrefix('http://', endpoint);
  rules.require({
    path: `config.${table}.s3_endpoint`,
    holds: or(not(isPlain), allowsHttp),
    problem: 'it is a URL without TLS, and the sink refuses those',
    fix: 'write an https URL, or allow this one with s3_allow_http',
  });
  rules.require({
    path: `config.${table}.s3_allow_http`,
    holds: or(not(allowsHttp), isPlain),
    problem: 'there is no s3_endpoint without TLS that it would allow',
    fix: 'leave it out',
  });
}

/** A value that is of use with one storage only. */
export interface OwnedValue {
  readonly path: string;
  readonly owner: string;
  readonly value: Condition;
}

/** Nothing is given of another storage: the sink would not say a word. */
export function refuseOtherStorages(
  rules: ConnectorRules,
  storage: Expr<string>,
  owned: readonly OwnedValue[],
): void {
  for (const { path, owner, value } of owned) {
    rules.require({
      path,
      holds: or(eq(storage, owner), not(value)),
      problem: str`storage_backend is ${storage}, which does not use it`,
      fix: `leave it out, or write storage_backend ${owner}`,
    });
  }
}
