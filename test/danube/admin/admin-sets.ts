import { ADMIN_OBJECTS } from '../../../src/danube/admin/admin-objects';
import { coalesce } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import type { NamedSet } from '../../property/leaves';
import {
  DUAL_STACK,
  keepFamilyRules,
  overriding,
  REFUSED_FAMILIES,
  toldApart,
} from '../extension-sets';
import { at, nested, soundPods, twice } from '../core/core-sets';

type Values = Record<string, unknown>;

function set(name: string, values: Values, releaseName = 'danube'): NamedSet {
  return { name, set: { values, releaseName, namespace: 'messaging' } };
}

const host = { enabled: true, host: 'ui.example.com' };
const basicAuth = { protection: 'basicAuth', basicAuth: { secretName: 'users' } };
const externalAuth = {
  protection: 'externalAuth',
  externalAuth: { url: 'http://proxy.auth:4180/auth', responseHeaders: ['X-User'] },
};

function ingress(values: Values): Values {
  return { adminUI: { ingress: { ...host, ...values } } };
}

function tls(values: Values): Values {
  return {
    admin: {
      config: { brokerEndpoint: 'https://broker.example.com:50051' },
      tls: { enabled: true, secretName: 'ca', ...values },
    },
  };
}

/** Sets that between them use every part of the chart. */
export const NAMED_SETS: readonly NamedSet[] = [
  set('defaults', {}),
  set('overridden pods, and objects told apart', {
    ...overriding('admin', 'adminUI'),
    ...toldApart(ADMIN_OBJECTS),
  }),
  set('both IP families', DUAL_STACK),
  set('core elsewhere', { core: { releaseName: 'foo', namespace: 'brokers' } }),
  set('core with an unusual name', { core: { releaseName: '1.foo' } }),
  set('explicit endpoints', {
    admin: {
      config: { brokerEndpoint: 'broker:50051', prometheusUrl: 'http://prometheus.metrics:9090' },
    },
  }),
  set('TLS to a proxy', tls({})),
  set('TLS with a client certificate', tls({ clientCertificate: true, domain: 'broker' })),
  set('server only', { adminUI: { enabled: false } }),
  set('server for others', {
    admin: {
      config: { prometheusUrl: 'http://prometheus.metrics:80' },
      networkPolicy: {
        from: [{ podSelector: { matchLabels: { a: 'b' } } }],
        to: [{ namespaceSelector: { matchLabels: { team: 'metrics' } } }],
        ports: [9090],
      },
    },
    adminUI: { enabled: false },
  }),
  set('nothing but an account for MCP', {
    admin: { enabled: false },
    adminUI: { enabled: false },
    mcp: { rbac: { enabled: true } },
  }),
  set('account for MCP in the namespace of the core', {
    core: { namespace: 'brokers' },
    mcp: { rbac: { enabled: true } },
  }),
  set('no network policies', {
    admin: { networkPolicy: { enabled: false } },
    adminUI: { networkPolicy: { enabled: false } },
  }),
  set('password', ingress({ ...basicAuth, className: 'nginx', annotations: { a: 'b' } })),
  set('password and certificate', ingress({ ...basicAuth, tls: { enabled: true } })),
  set('password with Traefik', ingress({ ...basicAuth, controller: 'traefik' })),
  set('external authentication', {
    adminUI: {
      ingress: {
        ...host,
        ...externalAuth,
        tls: { enabled: true, secretName: 'ui-tls' },
        externalAuth: {
          ...externalAuth.externalAuth,
          signInUrl: 'https://auth.example.com/start',
        },
      },
    },
  }),
  set('external authentication with Traefik', ingress({ ...externalAuth, controller: 'traefik' })),
  set('external authentication without more', {
    ...ingress({ protection: 'externalAuth', externalAuth: { url: 'http://auth:80/' } }),
  }),
  set('open to everybody', ingress({ protection: 'allowUnauthenticated' })),
  set('existing service accounts', {
    admin: { serviceAccount: { create: false, name: 'ops' } },
    adminUI: { serviceAccount: { create: false } },
  }),
  set('OpenShift', { platformAssignedIds: true }),
  set('mirror', {
    global: { imageRegistry: 'mirror.example.com:5000/x', imagePullSecrets: ['pull'] },
  }),
  set('overridden name', { nameOverride: 'second' }),
  set('overridden full name', { fullnameOverride: 'whole' }),
  set('unusual release name', {}, '1.very-long.release-name-that-cannot-be-a-prefix-123'),
];

/** Changes random values as little as the chart's rules demand. */
export function keepingRules(values: Values): Values {
  let kept = ['admin', 'adminUI'].reduce(soundPods, values);
  const get = (path: string) => at(kept, path);
  const change = (path: string, value: unknown) => {
    const merged = coalesce(kept, nested(path, value));
    kept = isMap(merged) ? merged : kept;
  };
  if (get('admin.enabled') === false) {
    change('adminUI.enabled', false);
  }
  if (get('adminUI.enabled') === false) {
    change('adminUI.ingress.enabled', false);
  }
  if (get('admin.config.requestTimeoutMs') !== undefined) {
    change('admin.config.requestTimeoutMs', 900);
  }
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const path = `admin.${probe}.timeoutSeconds`;
    if (Number(get(path) ?? 6) < 6) {
      change(path, 6);
    }
  }
  const isHttps = String(get('admin.config.brokerEndpoint')).startsWith('https://');
  change('admin.tls.enabled', isHttps);
  if (isHttps && !get('admin.tls.secretName')) {
    change('admin.tls.secretName', 'ca');
  }
  change('adminUI.ingress.path', '/');
  keepFamilyRules(get, change);
  if (get('adminUI.ingress.controller') === 'traefik') {
    change('adminUI.ingress.externalAuth.signInUrl', '');
  }
  if (get('adminUI.ingress.enabled') === true) {
    completeIngress();
  }
  change('admin.serviceAccount.name', accountOf('admin'));
  change('adminUI.serviceAccount.name', accountOf('adminUI'));
  return kept;

  function completeIngress(): void {
    const needed = {
      host: 'ui.example.com',
      protection: 'basicAuth',
      'basicAuth.secretName': 'users',
      'externalAuth.url': 'http://auth/',
    };
    for (const [key, value] of Object.entries(needed)) {
      if (!get(`adminUI.ingress.${key}`)) {
        change(`adminUI.ingress.${key}`, value);
      }
    }
  }

  /** The same name for two components would be made twice. */
  function accountOf(component: string): string {
    return get(`${component}.serviceAccount.name`) ? `${component.toLowerCase()}-account` : '';
  }
}

/** One set for each rule of the chart that breaks it, and what the message begins with. */
const REFUSED_VALUES: readonly (readonly [string, Values])[] = [
  ...REFUSED_FAMILIES,
  ['objectLabels', { objectLabels: { adminService: { 'helm.sh/chart': 'own' } } }],
  ['adminUI.enabled', { admin: { enabled: false } }],
  ['admin.extraEnv', twice('admin', 'RUST_LOG')],
  ['adminUI.extraEnv', twice('adminUI', 'A')],
  ...['startupProbe', 'livenessProbe', 'readinessProbe'].map(
    (probe) =>
      [`admin.${probe}.timeoutSeconds`, { admin: { [probe]: { timeoutSeconds: 5 } } }] as const,
  ),
  ['admin.startupProbe.timeoutSeconds', { admin: { config: { requestTimeoutMs: 6000 } } }],
  ['admin.tls.enabled', { admin: { tls: { enabled: true, secretName: 'ca' } } }],
  [
    'admin.tls.enabled',
    {
      admin: {
        config: { brokerEndpoint: 'http://broker:50051' },
        tls: { enabled: true, secretName: 'ca' },
      },
    },
  ],
  ['admin.tls.enabled', tls({ enabled: false })],
  ['admin.tls.secretName', tls({ secretName: '' })],
  ['adminUI.ingress.enabled', { adminUI: { enabled: false, ingress: { ...host, ...basicAuth } } }],
  ['adminUI.ingress.protection', ingress({})],
  ['adminUI.ingress.basicAuth.secretName', ingress({ protection: 'basicAuth' })],
  ['adminUI.ingress.externalAuth.url', ingress({ protection: 'externalAuth' })],
  [
    'adminUI.ingress.externalAuth.signInUrl',
    ingress({
      controller: 'traefik',
      protection: 'externalAuth',
      externalAuth: { url: 'http://auth/', signInUrl: 'http://auth/start' },
    }),
  ],
  ['adminUI.ingress.host', { adminUI: { ingress: { enabled: true, ...basicAuth } } }],
  ['adminUI.ingress.path', ingress({ ...basicAuth, path: '/danube' })],
  [
    'adminUI.serviceAccount.name',
    {
      admin: { serviceAccount: { name: 'same' } },
      adminUI: { serviceAccount: { name: 'same' } },
    },
  ],
];

export const REFUSED_SETS = REFUSED_VALUES.map(([path, values]) => ({
  ...set(`refused: ${path}`, values),
  path,
}));
