import { z } from 'zod';
import { objectName } from './kubernetes-values';

const GCS_SECRET_VALUES = z
  .object({
    name: objectName.default('').describe('Secret with a service account key for gcs.'),
    key: z
      .string()
      .regex(/^[A-Za-z0-9._-]+$/)
      .default('credentials.json')
      .describe('Its key that holds the file.'),
  })
  .prefault({})
  .describe('Google credentials as a file.');

/** The values of a Secret with Google credentials, which is mounted as a file. */
export function gcsSecretValues() {
  return GCS_SECRET_VALUES;
}
