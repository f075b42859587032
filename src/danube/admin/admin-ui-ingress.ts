import type { Construct } from 'constructs';
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  eq,
  Gate,
  join,
  KubernetesObject,
  nonEmpty,
  or,
  Release,
  str,
  when,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import type { adminUIIngressValues } from './admin-ui-ingress-values';
import type { danubeAdminValues } from './danube-admin-values';
import { ADMIN_UI } from './components';

/** What Traefik does with a request before it passes it on. */
export interface Middleware {
  apiVersion: 'traefik.io/v1alpha1';
  kind: 'Middleware';
  metadata: { name: string };
  spec: {
    basicAuth?: { secret: string; realm: string };
    forwardAuth?: { address: string; authResponseHeaders?: string[] };
  };
}

type IngressValues = Ref<z.output<typeof adminUIIngressValues>>;

export interface AdminUIIngress {
  readonly ingress: KubernetesObject<Ingress>;
  readonly middleware: KubernetesObject<Middleware>;
}

/**
 * The way in from outside of the cluster, with the protection that the values choose: an
 * annotation for ingress-nginx, a Middleware for Traefik.
 */
export function addAdminUIIngress(
  scope: Construct,
  { adminUI }: Ref<z.output<typeof danubeAdminValues>>,
  release: ReleaseContext,
): AdminUIIngress {
  const { ingress } = adminUI;
  const { basicAuth, externalAuth } = protections(ingress);
  const name = new AdminNames(release.fullname).adminUI;
  const metadata = release.metadata(name, ADMIN_UI, {
    object: 'ingress',
    annotations: ingress.annotations,
  });
  const gate = new Gate(scope, 'ingress', and(adminUI.enabled, ingress.enabled));

  const ingressObject = new KubernetesObject<Ingress>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        ...protectionAnnotations(ingress, name),
      },
    },
    spec: {
      ingressClassName: nonEmpty(ingress.className),
      tls: when(ingress.tls.enabled, [
        { hosts: [ingress.host], secretName: nonEmpty(ingress.tls.secretName) },
      ]),
      rules: [
        {
          host: ingress.host,
          http: {
            paths: [
              {
                path: ingress.path,
                pathType: 'Prefix',
                backend: { service: { name, port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    },
  });

  const middlewareGate = new Gate(gate, 'middleware', usesMiddleware(ingress));
  const middleware = new KubernetesObject<Middleware>(middlewareGate, 'Default', {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: release.metadata(name, ADMIN_UI, { object: 'ingressMiddleware' }),
    spec: {
      basicAuth: when(basicAuth, {
        secret: ingress.basicAuth.secretName,
        realm: ingress.basicAuth.realm,
      }),
      forwardAuth: when(externalAuth, {
        address: ingress.externalAuth.url,
        authResponseHeaders: nonEmpty(ingress.externalAuth.responseHeaders),
      }),
    },
  });
  return { ingress: ingressObject, middleware };
}

function protections({ protection }: IngressValues) {
  return {
    basicAuth: eq(protection, 'basicAuth'),
    externalAuth: eq(protection, 'externalAuth'),
  };
}

/** The annotations that the protection writes, and nobody else. */
function protectionAnnotations(ingress: IngressValues, middleware: Expr<string>) {
  const { basicAuth, externalAuth } = protections(ingress);
  const isNginx = eq(ingress.controller, 'nginx');
  const { url, signInUrl, responseHeaders } = ingress.externalAuth;
  const ifBasic = (value: Expr<string> | string) => when<string>(and(isNginx, basicAuth), value);
  const ifExternal = (used: Expr | boolean, value: Expr<string>) =>
    when<string>(and(isNginx, externalAuth, used), value);
  return {
    'nginx.ingress.kubernetes.io/auth-type': ifBasic('basic'),
    'nginx.ingress.kubernetes.io/auth-secret': ifBasic(ingress.basicAuth.secretName),
    'nginx.ingress.kubernetes.io/auth-realm': ifBasic(ingress.basicAuth.realm),
    'nginx.ingress.kubernetes.io/auth-url': ifExternal(true, url),
    'nginx.ingress.kubernetes.io/auth-signin': ifExternal(signInUrl, signInUrl),
    'nginx.ingress.kubernetes.io/auth-response-headers': ifExternal(
      responseHeaders,
      join(',', responseHeaders),
    ),
    'traefik.ingress.kubernetes.io/router.middlewares': when<string>(
      usesMiddleware(ingress),
      str`${Release.namespace}-${middleware}@kubernetescrd`,
    ),
  };
}

function usesMiddleware(ingress: IngressValues): Expr<boolean> {
  const { basicAuth, externalAuth } = protections(ingress);
  return and(eq(ingress.controller, 'traefik'), or(basicAuth, externalAuth));
}
