import { z } from 'zod';
import { annotations, objectName } from '../pod/kubernetes-values';

const url = z.string().regex(/^(https?:\/\/[^\s"'\\]+)?$/);

/** The values below `adminUI.ingress`. */
export const adminUIIngressValues = z
  .object({
    enabled: z.boolean().default(false).describe('Publish the web interface.'),
    controller: z
      .enum(['nginx', 'traefik'])
      .default('nginx')
      .describe('Whose annotations are written: those of ingress-nginx or of Traefik.'),
    className: objectName.default('').describe("Ingress class; when empty, the cluster's default."),
    annotations: annotations.default({}).describe('More annotations; those of the protection win.'),
    host: objectName.default('').meta({
      description: 'Host name, such as danube-ui.example.com.',
      examples: ['danube-ui.example.com', 'ui.example.org'],
    }),
    path: z
      .string()
      .regex(/^\/[A-Za-z0-9._~/-]*$/)
      .default('/')
      .describe('Only /: the pages have no base path.'),
    tls: z
      .object({
        enabled: z.boolean().default(false).describe('Serve https.'),
        secretName: objectName
          .default('')
          .describe("Secret of the certificate; when empty, the controller's default."),
      })
      .prefault({})
      .describe('Certificate of the host.'),
    protection: z
      .enum(['', 'basicAuth', 'externalAuth', 'allowUnauthenticated'])
      .default('')
      .describe(
        'What keeps strangers out; an Ingress needs a choice: basicAuth, externalAuth, or ' +
          'allowUnauthenticated when something else does it.',
      ),
    basicAuth: z
      .object({
        secretName: objectName
          .default('')
          .describe('Secret with the users: key auth for ingress-nginx, users for Traefik.'),
        realm: z
          .string()
          .regex(/^[A-Za-z0-9 ._-]+$/)
          .default('Danube')
          .describe('What the browser shows when it asks for the password.'),
      })
      .prefault({})
      .describe('User names and passwords, for protection basicAuth.'),
    externalAuth: z
      .object({
        url: url.default('').meta({
          description: 'Is asked about every request, such as the auth page of oauth2-proxy.',
          examples: [
            'http://oauth2-proxy.auth.svc.cluster.local:4180/oauth2/auth',
            'https://auth.example.com/verify',
          ],
        }),
        signInUrl: url.default('').meta({
          description: 'Where browsers are sent to sign in. For ingress-nginx.',
          examples: ['https://auth.example.com/oauth2/start', 'https://login.example.com/'],
        }),
        responseHeaders: z
          .array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/))
          .default([])
          .meta({
            description: 'Headers of its answer that are passed on with the request.',
            examples: [['X-Auth-Request-User', 'X-Auth-Request-Email'], ['X-User']],
          }),
      })
      .prefault({})
      .describe('An authenticating service, for protection externalAuth.'),
  })
  .prefault({})
  .describe('Ingress of the web interface.');
