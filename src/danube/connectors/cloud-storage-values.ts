import { z } from 'zod';

/** The keys of S3 and what speaks it. `region` says when the region is needed. */
export function s3Values(region: string) {
  return {
    s3_region: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .default('')
      .meta({
        description: `Region of the bucket, needed ${region}; us-east-1 for MinIO.`,
        examples: ['eu-central-1', 'us-east-1'],
      }),
    s3_endpoint: z
      .string()
      .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?\/?)?$/)
      .default('')
      .meta({
        description: 'URL of another store that speaks S3, such as MinIO. It needs keys.',
        examples: ['http://minio.storage:9000', 'https://s3.example.com'],
      }),
    s3_allow_http: z
      .boolean()
      .default(false)
      .describe('Allow an s3_endpoint without TLS, to which tables and keys go readable.'),
  };
}

/** The storage account of Azure. */
export const azureStorageAccount = z
  .string()
  .regex(/^([a-z0-9]{3,24})?$/)
  .default('')
  .meta({
    description: 'Storage account, needed for azure.',
    examples: ['lakeaccount', 'account2'],
  });
