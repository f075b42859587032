import { z } from 'zod';
import { objectName } from '../pod/kubernetes-values';

/** The environment variables that hold a connector's secrets, and what each of them is. */
export type SecretVariables = Readonly<Record<string, string>>;

const secretName = objectName.default('').describe('Secret that holds it.');

function forEach<X>(secrets: SecretVariables, make: (name: string, what: string) => X) {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, what]) => [name, make(name, what)]),
  );
}

/** The values below `secrets`: where the variables with secrets come from. */
export function secretValues(secrets: SecretVariables) {
  return z
    .object({
      existingSecret: objectName
        .default('')
        .describe(`Secret all of whose keys become variables: ${Object.keys(secrets).join(', ')}.`),
      fromKeys: z
        .object(
          forEach(secrets, (name, what) =>
            z
              .object({
                secretName,
                key: z
                  .string()
                  .regex(/^[A-Za-z0-9._-]+$/)
                  .default(name)
                  .describe('Its key there.'),
              })
              .prefault({})
              .describe(what),
          ),
        )
        .prefault({})
        .describe('Single variables from keys of Secrets. They win over existingSecret.'),
      trialValues: z
        .object(
          forEach(secrets, (_name, what) =>
            z
              .string()
              .default('')
              .meta({ description: what, examples: ['for-trials', 'other'] }),
          ),
        )
        .prefault({})
        .describe(
          'FOR TRIALS ONLY: secrets as text. The chart makes a Secret of them, and Helm keeps ' +
            'them readable in its record of the release.',
        ),
    })
    .prefault({})
    .describe('Secrets. They never stand in connector.toml.');
}
