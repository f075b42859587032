import { hasKey, knownFields, not, or, type Expr, type Ref } from '../../../helm/index';
import { DELTALAKE_SECRETS, type DeltaLakeValues } from './deltalake-values';

type Storage = keyof typeof DELTALAKE_SECRETS;
type Secrets = Ref<DeltaLakeValues['secrets']>;

/** Whether a single key of a Secret is a credential of a storage. */
export function hasKeysOf(storage: Storage, { fromKeys }: Secrets): Expr<boolean> {
  const ofStorage = knownFields(fromKeys).filter(([name]) => name in DELTALAKE_SECRETS[storage]);
  return or(...ofStorage.map(([, { secretName }]) => secretName));
}

/** Whether a credential of a storage is given as text. */
export function hasTrialValuesOf(storage: Storage, { trialValues }: Secrets): Expr<boolean> {
  const ofStorage = knownFields(trialValues).filter(([name]) => name in DELTALAKE_SECRETS[storage]);
  return or(...ofStorage.map(([, value]) => value));
}

/** Whether credentials may be among the values. */
export function hasCredentials(values: Ref<DeltaLakeValues>): Expr<boolean> {
  const { secrets } = values;
  const storages = ['s3', 'azure', 'gcs'] as const;
  return or(
    secrets.existingSecret,
    values.gcsSecret.name,
    ...storages.flatMap((one) => [hasKeysOf(one, secrets), hasTrialValuesOf(one, secrets)]),
  );
}

/** Whether a server of the node has to say who the pods are: EKS Pod Identity, GKE, a node role. */
export function asksIdentityServers(values: Ref<DeltaLakeValues>): Expr<boolean> {
  const { annotations } = values.serviceAccount;
  return not(
    or(
      hasCredentials(values),
      values.config.deltalake.s3_endpoint,
      // These give the pods a token, and the service of the cloud takes it on port 443.
      hasKey(annotations, 'eks.amazonaws.com/role-arn'),
      hasKey(annotations, 'azure.workload.identity/client-id'),
    ),
  );
}
