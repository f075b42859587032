import { z } from 'zod';
import { imageValues } from '../pod/image';

/** The values of an image that nobody publishes: users build one and name it. */
export function requiredImageValues() {
  const { digest, pullPolicy } = imageValues({ repository: 'unused', tag: 'unused' }).shape;
  return z.object({
    repository: z
      .string()
      .regex(/^([a-zA-Z0-9][a-zA-Z0-9._/:-]*)?$/)
      .default('')
      .meta({
        description:
          'Image without tag. There is no public one: build one that keeps the contract in ' +
          'docs/connector-contract.md, and name it here.',
        examples: ['registry.example.com/connectors/sink', 'own/sink'],
      }),
    tag: z
      .string()
      .regex(/^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$/)
      .default('')
      .meta({ description: 'Its tag; not used when digest is set.', examples: ['1.0.0', 'v2'] }),
    digest,
    pullPolicy,
  });
}
