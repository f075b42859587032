import type { Construct } from 'constructs';
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  asString,
  each,
  eq,
  Gate,
  gt,
  join,
  KubernetesObject,
  mul,
  nonEmpty,
  Release,
  RepeatedObject,
  sha256,
  str,
  trunc,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type Ref,
} from '../../../helm/index';
import type { ReleaseContext } from '../../release-context';
import type { webhookValues } from './webhook-values';

/** What Traefik does with a request before it passes it on. */
export interface Middleware {
  apiVersion: 'traefik.io/v1alpha1';
  kind: 'Middleware';
  metadata: { name: string };
  spec: {
    rateLimit?: { average: number; burst: number };
    forwardAuth?: { address: string; authResponseHeaders?: string[] };
  };
}

/** The objects of the way in; those for Traefik are there with that controller only. */
export interface WebhookIngress {
  readonly ingresses: RepeatedObject<Ingress>;
  readonly limits: RepeatedObject<Middleware>;
  readonly authentication: KubernetesObject<Middleware>;
}

export interface WebhookIngressProps {
  readonly values: Ref<z.output<typeof webhookValues>>;
  readonly release: ReleaseContext;
  readonly name: Expr<string>;
  readonly component: string;
}

type Path = z.output<typeof webhookValues>['ingress']['paths'][number];

/**
 * The way in from outside, with the limits and the authentication that the connector lacks: an
 * Ingress for each path, because annotations of ingress-nginx hold for a whole Ingress.
 */
export function addWebhookIngress(scope: Construct, props: WebhookIngressProps): WebhookIngress {
  const { values, release, name, component } = props;
  const { ingress } = values;
  const gate = new Gate(scope, 'ingress', ingress.enabled);
  const metadata = release.metadata(name, component, {
    object: 'connectorIngress',
    annotations: ingress.annotations,
  });
  const ingresses = new RepeatedObject<Ingress>(
    gate,
    'Default',
    each(ingress.paths, (path): Dynamic<Ingress> => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        ...metadata,
        name: nameOfPath(name, path),
        annotations: { ...metadata.annotations, ...annotationsOf(props, path) },
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
                  path: path.path,
                  pathType: 'Exact',
                  backend: { service: { name, port: { name: 'http' } } },
                },
              ],
            },
          },
        ],
      },
    })),
  );

  const traefik = new Gate(gate, 'traefik', eq(ingress.controller, 'traefik'));
  const limits = new RepeatedObject<Middleware>(
    traefik,
    'limit',
    each(ingress.paths, (path): Dynamic<Middleware> => ({
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'Middleware',
      metadata: {
        ...release.metadata(name, component, { object: 'connectorIngressTraefikLimit' }),
        name: nameOfPath(name, path),
      },
      spec: {
        // An average of 0 is no limit.
        rateLimit: {
          average: path.requestsPerSecond,
          burst: when(
            gt(path.requestsPerSecond, 0),
            mul(path.requestsPerSecond, path.burstMultiplier),
            1,
          ),
        },
      },
    })),
  );
  const auth = new Gate(traefik, 'auth', ingress.externalAuth.url);
  const authentication = new KubernetesObject<Middleware>(auth, 'Default', {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: release.metadata(str`${name}-auth`, component, {
      object: 'connectorIngressTraefikAuth',
    }),
    spec: {
      forwardAuth: {
        address: ingress.externalAuth.url,
        authResponseHeaders: nonEmpty(ingress.externalAuth.responseHeaders),
      },
    },
  });
  return { ingresses, limits, authentication };
}

/** Paths have characters that names have not. */
function nameOfPath(name: Expr<string>, { path }: Ref<Path>): Expr<string> {
  return str`${name}-${trunc(8, sha256(path))}`;
}

function annotationsOf(
  { values, name }: WebhookIngressProps,
  path: Ref<Path>,
): DynamicFields<Record<string, string>> {
  const { ingress, config } = values;
  const { url, responseHeaders } = ingress.externalAuth;
  const isNginx = eq(ingress.controller, 'nginx');
  const isLimited = gt(path.requestsPerSecond, 0);
  const limit = str`${Release.namespace}-${nameOfPath(name, path)}@kubernetescrd`;
  const ifNginx = (used: Expr | boolean, value: Expr<string>) =>
    when<string>(and(isNginx, used), value);
  return {
    'nginx.ingress.kubernetes.io/proxy-body-size': ifNginx(
      true,
      asString(config.server.max_body_size),
    ),
    'nginx.ingress.kubernetes.io/limit-rps': ifNginx(isLimited, asString(path.requestsPerSecond)),
    'nginx.ingress.kubernetes.io/limit-burst-multiplier': ifNginx(
      isLimited,
      asString(path.burstMultiplier),
    ),
    'nginx.ingress.kubernetes.io/auth-url': ifNginx(url, url),
    'nginx.ingress.kubernetes.io/auth-response-headers': ifNginx(
      and(url, responseHeaders),
      join(',', responseHeaders),
    ),
    'traefik.ingress.kubernetes.io/router.middlewares': when<string>(
      eq(ingress.controller, 'traefik'),
      when<string>(url, str`${limit},${Release.namespace}-${name}-auth@kubernetescrd`, limit),
    ),
  };
}
