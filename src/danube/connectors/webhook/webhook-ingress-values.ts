import { z } from 'zod';
import { annotations, objectName } from '../../pod/kubernetes-values';

/** A path that the connector serves. */
export const webhookPath = z.string().regex(/^(\/[A-Za-z0-9._~-]+)+$/);

const path = z.object({
  path: webhookPath.describe('Path of a route of config.routes, its from.'),
  requestsPerSecond: z
    .int()
    .min(0)
    .max(100000)
    .default(0)
    .describe('Requests a second that one address may send; 0: any number.'),
  burstMultiplier: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('How many seconds of requests may come at once.'),
});

/** The values below `connector.ingress` of a webhook source. */
export const webhookIngressValues = z
  .object({
    enabled: z.boolean().default(false).describe('Publish the paths below.'),
    controller: z
      .enum(['nginx', 'traefik'])
      .default('nginx')
      .describe(
        'Whose settings are written: annotations of ingress-nginx, or Traefik Middlewares.',
      ),
    className: objectName.default('').describe("Ingress class; when empty, the cluster's default."),
    annotations: annotations.default({}).describe('More annotations; those of the chart win.'),
    host: objectName.default('').meta({
      description: 'Host name, such as hooks.example.com.',
      examples: ['hooks.example.com', 'hooks.example.org'],
    }),
    paths: z
      .array(path)
      .default([])
      .describe(
        'The paths that are published, each with its rate limit: `path`, `requestsPerSecond`, ' +
          '`burstMultiplier`. The connector itself limits nothing.',
      ),
    tls: z
      .object({
        enabled: z.boolean().default(false).describe('Serve https. The connector itself cannot.'),
        secretName: objectName
          .default('')
          .describe("Secret of the certificate; when empty, the controller's default."),
      })
      .prefault({})
      .describe('Certificate of the host.'),
    externalAuth: z
      .object({
        url: z
          .string()
          .regex(/^(https?:\/\/[^\s"'\\]+)?$/)
          .default('')
          .meta({
            description: 'Is asked about every request, which passes if it answers 2xx.',
            examples: ['http://verify.auth.svc.cluster.local/hook', 'https://auth.example.com/v1'],
          }),
        responseHeaders: z
          .array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/))
          .default([])
          .meta({
            description: 'Headers of its answer that are passed on with the request.',
            examples: [['X-Tenant', 'X-User'], ['X-User']],
          }),
      })
      .prefault({})
      .describe('An authenticating service, in place of or besides config.auth.'),
    allowUnauthenticated: z
      .boolean()
      .default(false)
      .describe('Publish although neither config.auth nor externalAuth asks who calls.'),
  })
  .prefault({})
  .describe('Ingress of the webhooks.');
