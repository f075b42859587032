import type { z } from 'zod';
import type { deltaLakeChartValues } from './deltalake-values';

interface S3Keys {
  s3_region: string;
  s3_endpoint?: string;
  s3_allow_http?: boolean;
}

interface AzureKeys {
  azure_storage_account: string;
  azure_container: string;
}

interface GcsKeys {
  gcp_project_id: string;
}

/** None of these keys. */
type Without<Keys> = { [Key in keyof Keys]?: never };

/** Where the tables are: one storage with its keys, and none of another's. */
export type DeltaLakeStorage =
  | ({ storage_backend?: 's3' } & S3Keys & Without<AzureKeys & GcsKeys>)
  | ({ storage_backend: 'azure' } & AzureKeys & Without<S3Keys & GcsKeys>)
  | ({ storage_backend: 'gcs' } & GcsKeys & Without<S3Keys & AzureKeys>);

type Input = z.input<typeof deltaLakeChartValues>;
type Connector = NonNullable<Input['connector']>;
type Config = NonNullable<Connector['config']>;
type Tables = Omit<NonNullable<Config['deltalake']>, keyof (S3Keys & AzureKeys & GcsKeys)>;

/** Values of the chart with a storage: a mix of storages is a compile error. */
export type DeltaLakeChartInput = Omit<Input, 'connector'> & {
  connector: Omit<Connector, 'config'> & {
    config: Omit<Config, 'deltalake'> & {
      deltalake: Omit<Tables, 'storage_backend'> & DeltaLakeStorage;
    };
  };
};
