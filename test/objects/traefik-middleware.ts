import { registerSchema } from './validate-object';

const text = { type: 'string' };
const integer = { type: 'integer' };

/** What charts use of a Middleware, as Traefik's custom resource definition has it. */
registerSchema('traefik.io/v1alpha1', 'Middleware', {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: text,
    kind: text,
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      properties: {
        basicAuth: { type: 'object', properties: { secret: text, realm: text } },
        rateLimit: { type: 'object', properties: { average: integer, burst: integer } },
        forwardAuth: {
          type: 'object',
          properties: { address: text, authResponseHeaders: { type: 'array', items: text } },
        },
      },
    },
  },
});
