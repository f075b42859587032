import { z } from 'zod';
import { imageValues } from '../pod/image';

/** What is expected of an image that users build. */
export const CONTRACT_URL =
  'https://github.com/danube-messaging/cdk8s-danube/blob/main/docs/connector-contract.md';

const { digest, pullPolicy } = imageValues({ repository: 'unused', tag: 'unused' }).shape;

const REQUIRED_IMAGE = z.object({
  repository: z
    .string()
    .regex(/^([a-zA-Z0-9][a-zA-Z0-9._/:-]*)?$/)
    .default('')
    .meta({
      description:
        'Image without tag. There is no public one: build one and name it here. It reads the ' +
        'file that CONNECTOR_CONFIG_PATH names and secrets from variables, runs as user 1000, ' +
        'serves metrics and /health on connector.metricsPort, and ends by SIGINT: ' +
        CONTRACT_URL,
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

/** The values of an image that nobody publishes: users build one and name it. */
export function requiredImageValues() {
  return REQUIRED_IMAGE;
}
