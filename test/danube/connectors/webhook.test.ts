import { join } from 'node:path';
import { WebhookConnectorChart } from '../../../src';
import { TRAIN_0_7 } from '../../../src/danube/release-train';
import { isMap } from '../../../src/helm/expression/go-value';
import { at } from '../core/core-sets';
import { DUAL_STACK } from '../extension-sets';
import { proveConnectorChart } from './connector-proof';
import {
  keepingSourceRules,
  merged,
  newest,
  setsOn,
  sourceRefusals,
  sourceSets,
  type Values,
} from './connector-sets';
import '../../objects/traefik-middleware';

const payments = { from: '/payments', to: '/default/payments' };
const orders = { from: '/shop/orders', to: '/shop/orders', partitions: 3, reliable_dispatch: true };

const minimal = {
  connector: { config: { auth: { type: 'none' }, routes: [payments] } },
};
const { tags } = TRAIN_0_7.connectors.webhook;
const props = {
  minimal,
  tags,
  secrets: ['WEBHOOK_SECRET'],
  replicas: 'any' as const,
  routes: 'config.routes',
};
const { set, refused } = setsOn(minimal);

const auth = (values: Values): Values => ({ connector: { config: { auth: values } } });
const server = (values: Values): Values => ({ connector: { config: { server: values } } });
const routes = (...list: readonly Values[]): Values => ({
  connector: { config: { routes: list } },
});
const existing: Values = { connector: { secrets: { existingSecret: 'keys' } } };
const apikey = merged(auth({ type: 'apikey' }), existing);
const ingress = (values: Values): Values =>
  merged(apikey, {
    connector: {
      ingress: {
        enabled: true,
        host: 'hooks.example.com',
        paths: [{ path: '/payments' }],
        ...values,
      },
    },
  });
const externalAuth = { url: 'http://verify.auth/hook' };
const limits = [
  { path: '/payments', requestsPerSecond: 50, burstMultiplier: 3 },
  { path: '/shop/orders' },
];
const hmac: Values = { connector: { allowUnverifiedHmac: true } };

/** Random values with auth that is complete, and an Ingress of paths that are there. */
function keepingRules(values: Values): Values {
  let kept = merged(keepingSourceRules(props, values), {
    connector: {
      allowUnverifiedHmac: true,
      secrets: { existingSecret: 'keys', trialValues: { WEBHOOK_SECRET: '' } },
    },
  });
  const change = (more: Values) => {
    kept = merged(kept, more);
  };
  if (!at(kept, 'connector.config.auth.type')) {
    change(auth({ type: 'jwt' }));
  }
  if (at(kept, 'connector.config.server.port') === (at(kept, 'connector.metricsPort') ?? 9090)) {
    change(server({ port: 8081 }));
  }
  const ports = [8080, 80, at(kept, 'connector.service.port')];
  if (ports.includes(at(kept, 'connector.metricsPort') ?? 9090)) {
    change({ connector: { metricsPort: 9091, service: { port: 81 } } });
  }
  const given = at(kept, 'connector.config.routes');
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  change({
    connector: {
      config: {
        routes: list.map((route, index) =>
          Object.assign({}, route, { to: `/default/topic-${String(index)}` }),
        ),
      },
    },
  });
  const schemas = at(kept, 'connector.config.schemas');
  if (Array.isArray(schemas)) {
    const list: readonly unknown[] = schemas;
    const onTopic = list.map((schema) => Object.assign({}, schema, { topic: '/default/topic-0' }));
    change({ connector: { config: { schemas: onTopic } } });
  }
  const paths = at(kept, 'connector.ingress.paths');
  const [one] = Array.isArray(paths) && isMap(paths[0]) ? [paths[0]] : [{}];
  change({
    connector: {
      hpa: { minReplicas: 1, maxReplicas: 3 },
      ingress: {
        host: at(kept, 'connector.ingress.host') || 'hooks.example.com',
        paths: [{ ...one, path: at(list[0], 'from') }],
        allowUnauthenticated: true,
      },
    },
  });
  return kept;
}

proveConnectorChart({
  ...props,
  newChart: (app) => new WebhookConnectorChart(app, 'danube-connector-webhook'),
  named: [
    ...sourceSets(props, payments.to),
    set('API key', apikey),
    set('IPv6 first', merged(newest(tags), DUAL_STACK)),
    set('both families by its own address', server({ host: '[::]' })),
    set(
      'API key of another variable',
      merged(apikey, auth({ secret_env: 'OTHER', header: 'x-b' })),
    ),
    set('API key by extraEnv', {
      ...merged(auth({ type: 'apikey' }), {
        connector: { extraEnv: [{ name: 'WEBHOOK_SECRET', value: 'x' }] },
      }),
    }),
    set('API key by envFrom', {
      ...merged(auth({ type: 'apikey' }), {
        connector: { envFrom: [{ secretRef: { name: 'keys' } }] },
      }),
    }),
    set('API key for a trial', {
      ...merged(auth({ type: 'apikey' }), {
        connector: { secrets: { trialValues: { WEBHOOK_SECRET: 'x' } } },
      }),
    }),
    set('token', merged(auth({ type: 'jwt' }), existing)),
    set('HMAC that is not verified', merged(auth({ type: 'hmac' }), existing, hmac)),
    set('two routes', routes(payments, orders)),
    set('two routes of 0.3', merged(newest(tags), routes(payments, orders))),
    set('two routes to one topic', routes(payments, { ...payments, from: '/b' })),
    set('autoscaling', { connector: { hpa: { enabled: true } } }),
    set('autoscaling of one', {
      connector: { hpa: { enabled: true, minReplicas: 1, maxReplicas: 1 } },
    }),
    set('clients', { connector: { clients: [{ ipBlock: { cidr: '10.0.0.0/8' } }] } }),
    set('published', ingress({})),
    set(
      'published for everybody',
      merged(ingress({ allowUnauthenticated: true }), auth({ type: 'none' })),
    ),
    set(
      'published for everybody with HMAC',
      merged(ingress({ allowUnauthenticated: true }), auth({ type: 'hmac' }), hmac),
    ),
    set('published and asked about', merged(ingress({ externalAuth }), auth({ type: 'none' }))),
    set(
      'published and asked about, with headers',
      ingress({ externalAuth: { ...externalAuth, responseHeaders: ['X-Tenant'] } }),
    ),
    set(
      'published with limits',
      merged(routes(payments, orders), ingress({ paths: limits, className: 'nginx' })),
    ),
    set('published with https', ingress({ tls: { enabled: true }, annotations: { a: 'b' } })),
    set(
      'published with annotations that the chart writes too',
      ingress({
        externalAuth,
        annotations: {
          'nginx.ingress.kubernetes.io/auth-url': 'http://other',
          'nginx.ingress.kubernetes.io/proxy-body-size': '1m',
        },
      }),
    ),
    set('published with a certificate', ingress({ tls: { enabled: true, secretName: 'hooks' } })),
    set(
      'published with Traefik',
      merged(routes(payments, orders), ingress({ controller: 'traefik', paths: limits })),
    ),
    set(
      'published with Traefik and asked about',
      ingress({
        controller: 'traefik',
        externalAuth: { ...externalAuth, responseHeaders: ['X-A'] },
      }),
    ),
    set(
      'published with Traefik and asked about without headers',
      ingress({ controller: 'traefik', externalAuth }),
    ),
  ],
  refused: [
    ...sourceRefusals(props, payments.to),
    refused('connector.config.auth.type', auth({ type: '' })),
    refused('connector.config.auth.type', merged(auth({ type: 'hmac' }), existing)),
    refused('connector.config.auth.secret_env', auth({ type: 'apikey' })),
    refused('connector.config.auth.secret_env', auth({ type: 'jwt' })),
    refused('connector.config.auth.secret_env', {
      connector: {
        config: { auth: { type: 'apikey', secret_env: 'OTHER' } },
        secrets: { fromKeys: { WEBHOOK_SECRET: { secretName: 'keys' } } },
      },
    }),
    refused('connector.config.auth.public_key_path', auth({ public_key_path: '/key' })),
    refused('connector.config.server.port', merged(newest(tags), server({ port: 9090 }))),
    refused(
      'connector.service.port',
      merged(newest(tags), { connector: { service: { port: 9090 } } }),
    ),
    refused('connector.config.server.tls_cert_path', server({ tls_cert_path: '/a' })),
    refused('connector.config.server.tls_key_path', server({ tls_key_path: '/a' })),
    refused('connector.config.rate_limit', { connector: { config: { rate_limit: { a: 1 } } } }),
    refused('connector.config.endpoints', { connector: { config: { endpoints: [] } } }),
    refused('connector.config.webhook', { connector: { config: { webhook: {} } } }),
    ...['rate_limit', 'path', 'danube_topic'].map((key) =>
      refused(`connector.config.routes[].${key}`, routes({ ...payments, [key]: 'x' })),
    ),
    refused('connector.config.routes', routes({ ...payments, from: '/health' })),
    refused('connector.config.routes', routes({ ...payments, from: '/ready' })),
    refused('connector.config.routes', routes(payments, { ...orders, from: '/payments' })),
    refused(
      'connector.config.routes',
      routes(payments, { ...payments, from: '/b', partitions: 2 }),
    ),
    refused(
      'connector.config.routes',
      routes(payments, { ...payments, from: '/b', reliable_dispatch: true }),
    ),
    refused('connector.env.SERVER_HOST', { connector: { env: { SERVER_HOST: 'a' } } }),
    refused('connector.env.SERVER_PORT', { connector: { env: { SERVER_PORT: '1' } } }),
    refused('connector.hpa.minReplicas', {
      connector: { hpa: { enabled: true, minReplicas: 11 } },
    }),
    refused('connector.ingress.host', ingress({ host: '' })),
    refused('connector.ingress.paths', ingress({ paths: [] })),
    refused('connector.ingress.paths', ingress({ paths: [{ path: '/elsewhere' }] })),
    refused(
      'connector.ingress.paths',
      ingress({ paths: [{ path: '/payments' }, { path: '/payments' }] }),
    ),
    refused('connector.ingress.allowUnauthenticated', merged(ingress({}), auth({ type: 'none' }))),
    refused(
      'connector.ingress.allowUnauthenticated',
      merged(ingress({}), auth({ type: 'hmac' }), hmac),
    ),
  ],
  misspelt: [
    { what: 'a host name', names: 'host', values: server({ host: 'localhost' }) },
    { what: 'IPv6 without brackets', names: 'host', values: server({ host: '::' }) },
    {
      what: 'a body that is too large',
      names: 'max_body_size',
      values: server({ max_body_size: 2097153 }),
    },
    { what: 'api_key', names: 'type', values: auth({ type: 'api_key' }) },
    { what: 'a path without a slash', names: 'from', values: routes({ ...payments, from: 'a' }) },
    { what: 'the path /', names: 'from', values: routes({ ...payments, from: '/' }) },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/webhook'),
});
