import type { EnvVar } from 'kubernetes-types/core/v1';
import {
  and,
  hasKey,
  knownFields,
  not,
  or,
  str,
  when,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ListItem } from '../../helm/index';
import type { ConnectorValues } from './connector-values';
import type { Warning } from './connector-notes';
import { secretFiles, type SecretFiles } from './secret-file';

/** The variables with credentials of object stores, and the storage that reads them. */
export const CLOUD_SECRETS = {
  s3: {
    AWS_ACCESS_KEY_ID: 'Access key of S3.',
    AWS_SECRET_ACCESS_KEY: 'Its secret.',
    AWS_SESSION_TOKEN: 'Session token of a temporary key.',
  },
  azure: {
    AZURE_STORAGE_ACCOUNT_KEY: 'Key of the storage account.',
    AZURE_STORAGE_SAS_TOKEN: 'SAS token, instead of a key.',
    AZURE_TENANT_ID: 'Tenant of an application, instead of a key.',
    AZURE_CLIENT_ID: 'Id of the application.',
    AZURE_CLIENT_SECRET: 'Secret of the application.',
  },
  gcs: {
    GOOGLE_SERVICE_ACCOUNT_KEY: 'Service account key of Google as JSON text.',
  },
} as const;

export type CloudStorage = keyof typeof CLOUD_SECRETS;

/** What the values of a connector with an object store have. */
export interface CloudValues {
  secrets: ConnectorValues['secrets'];
  serviceAccount: ConnectorValues['serviceAccount'];
  podLabels: ConnectorValues['podLabels'];
  gcsSecret: { name: string; key: string };
}

/** A store that speaks S3. */
export interface S3Endpoint {
  s3_endpoint: string;
  s3_allow_http: boolean;
}

/** Whether a single key of a Secret is a credential of a storage. */
export function hasKeysOf(storage: CloudStorage, { secrets }: Ref<CloudValues>): Expr<boolean> {
  const ofStorage = knownFields(secrets.fromKeys).filter(
    ([name]) => name in CLOUD_SECRETS[storage],
  );
  return or(...ofStorage.map(([, { secretName }]) => secretName));
}

/** Whether a credential of a storage is given as text. */
export function hasTrialValuesOf(
  storage: CloudStorage,
  { secrets }: Ref<CloudValues>,
): Expr<boolean> {
  const all = knownFields(secrets.trialValues);
  return or(...all.filter(([name]) => name in CLOUD_SECRETS[storage]).map(([, value]) => value));
}

/** Whether credentials may be among the values. */
export function hasCredentials(values: Ref<CloudValues>): Expr<boolean> {
  const storages = ['s3', 'azure', 'gcs'] as const;
  return or(
    values.secrets.existingSecret,
    values.gcsSecret.name,
    ...storages.flatMap((one) => [hasKeysOf(one, values), hasTrialValuesOf(one, values)]),
  );
}

/**
 * Whether a server of the node has to say who the pods are: EKS Pod Identity, GKE, a node role. A
 * store at an `endpoint` of its own knows none of them.
 */
export function asksIdentityServers(
  values: Ref<CloudValues>,
  endpoint: Expr<string>,
): Expr<boolean> {
  const { annotations } = values.serviceAccount;
  return not(
    or(
      hasCredentials(values),
      endpoint,
      // These give the pods a token, and the service of the cloud takes it on port 443.
      hasKey(annotations, 'eks.amazonaws.com/role-arn'),
      hasKey(annotations, 'azure.workload.identity/client-id'),
    ),
  );
}

const GCS_DIRECTORY = '/etc/danube-connector/gcs';

/** Google credentials as a file. */
export function gcsFiles({ gcsSecret }: Ref<CloudValues>): SecretFiles {
  return secretFiles('gcs', gcsSecret.name, GCS_DIRECTORY);
}

/** Where the program finds them. */
export function gcsVariable({ gcsSecret }: Ref<CloudValues>): ListItem<EnvVar> {
  return when<EnvVar>(gcsSecret.name, {
    name: 'GOOGLE_APPLICATION_CREDENTIALS',
    value: str`${GCS_DIRECTORY}/${gcsSecret.key}`,
  });
}

/** What to know of an object store at an address of its own. */
export function s3EndpointWarnings(
  values: Ref<CloudValues & Pick<ConnectorValues, 'envFrom' | 'extraEnv'>>,
  { s3_endpoint: endpoint, s3_allow_http: allowsHttp }: Ref<S3Endpoint>,
): readonly Warning[] {
  return [
    {
      when: and(endpoint, not(or(hasCredentials(values), values.envFrom, values.extraEnv))),
      lines: [
        'a store at s3_endpoint usually wants keys, and none are given. Set',
        'secrets.existingSecret, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      ],
    },
    {
      when: allowsHttp,
      lines: ['everybody on the way to s3_endpoint can read messages (s3_allow_http=true).'],
    },
  ];
}
