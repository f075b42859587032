import { isMap } from '../../../src/helm/expression/go-value';
import { withValueAt } from '../../property/leaves';

type Values = Record<string, unknown>;

const HOSTS = 'broker-{ordinal}.danube.example.com';

const tls = { tls: { enabled: true, secretName: 'broker-tls' }, config: { auth: { mode: 'tls' } } };

const scaled = { hpa: { enabled: true, maxReplicas: 4 } };

const clients = { networkPolicy: { externalClients: ['203.0.113.0/24'] } };

/** Brokers with external access, and more values of theirs. */
function external(externalAccess: Values, broker: Values = {}): Values {
  return { broker: { ...broker, externalAccess } };
}

const ingress = { type: 'Ingress', advertisedAddrTemplate: `${HOSTS}:443` };
const gateway = { type: 'Gateway', gateway: { parentRefs: [{ name: 'edge' }] } };

const mcpAccess = { enabled: true, sourceRanges: ['203.0.113.7/32'], unauthenticated: 'allow' };

/** Sets that use every part of external access and of mcpAccess. */
export const EXTERNAL_SETS: readonly (readonly [string, Values])[] = [
  [
    'node ports from a base',
    { ...external({ type: 'NodePort', nodePortBase: 31650 }), ...clients },
  ],
  [
    'node ports of named nodes, with an autoscaler',
    {
      ...external(
        {
          enabled: true,
          type: 'NodePort',
          nodePortBase: 31650,
          externalTrafficPolicy: 'Local',
          advertisedAddrTemplate: '{nodeName}.example.com:{nodePort}',
        },
        { hpa: { enabled: true, maxReplicas: 5 } },
      ),
      ...clients,
    },
  ],
  [
    'node ports behind one name',
    {
      ...external({
        type: 'NodePort',
        nodePortBase: 31650,
        advertisedAddrTemplate: 'danube.example.com:{nodePort}',
      }),
      ...clients,
    },
  ],
  [
    'allotted node ports behind a balancer of the user',
    {
      ...external({ type: 'NodePort', advertisedAddrTemplate: `${HOSTS}:{port}` }),
      networkPolicy: { enabled: false },
    },
  ],
  [
    'allotted node ports',
    { ...external({ type: 'NodePort', discovery: { enabled: true } }), ...clients },
  ],
  [
    'allotted node ports and a service account that is there',
    {
      ...external(
        { type: 'NodePort', discovery: { enabled: true } },
        { serviceAccount: { create: false, name: 'reader' } },
      ),
      ...clients,
    },
  ],
  [
    'load balancers with names',
    {
      ...external({
        type: 'LoadBalancer',
        advertisedAddrTemplate: `${HOSTS}:6650`,
        annotations: { 'external-dns.alpha.kubernetes.io/hostname': HOSTS },
        loadBalancerSourceRanges: ['198.51.100.0/24'],
        loadBalancerClass: 'example.com/internal',
        externalTrafficPolicy: 'Local',
        allocateLoadBalancerNodePorts: false,
      }),
    },
  ],
  [
    'load balancers with TLS',
    {
      ...external({ type: 'LoadBalancer', advertisedAddrTemplate: `${HOSTS}:{port}` }, tls),
      ...clients,
    },
  ],
  [
    'load balancers whose addresses are found',
    { ...external({ type: 'LoadBalancer', discovery: { enabled: true } }), ...clients },
  ],
  [
    'load balancers whose addresses are found, and named',
    {
      ...external({
        type: 'LoadBalancer',
        discovery: { enabled: true },
        advertisedAddrTemplate: '{loadBalancer}:6650',
      }),
      ...clients,
    },
  ],
  [
    'allotted node ports, with an autoscaler',
    { ...external({ type: 'NodePort', discovery: { enabled: true } }, scaled), ...clients },
  ],
  ['TLS through ingress-nginx, with an autoscaler', external(ingress, { ...tls, ...scaled })],
  [
    'TLSRoutes, with an autoscaler',
    external({ ...gateway, advertisedAddrTemplate: `${HOSTS}:443` }, { ...tls, ...scaled }),
  ],
  [
    'GRPCRoutes, with an autoscaler',
    external({ ...gateway, advertisedAddrTemplate: `${HOSTS}:80` }, scaled),
  ],
  ['TLS through ingress-nginx', external(ingress, tls)],
  [
    'TLS through ingress-nginx and its own certificate',
    {
      ...external(ingress, tls),
      ingress: { className: 'nginx', tls: [{ secretName: 'danube-{ordinal}-tls' }] },
      networkPolicy: { clients: [{ podSelector: { matchLabels: { app: 'ingress' } } }] },
    },
  ],
  [
    'cleartext through Traefik',
    {
      ...external({ type: 'Ingress', advertisedAddrTemplate: '{podName}.example.com:80' }),
      ingress: { enabled: true, controller: 'traefik', annotations: { of: '{podName}' } },
    },
  ],
  ['TLSRoutes', external({ ...gateway, advertisedAddrTemplate: `${HOSTS}:443` }, tls)],
  ['GRPCRoutes', external({ ...gateway, advertisedAddrTemplate: `${HOSTS}:80` })],
  [
    'names of the user inside the cluster',
    external({
      enabled: false,
      advertisedAddrTemplate: '{podName}.{headlessService}.{namespace}.svc.cluster.local:6650',
    }),
  ],
  ['names of the user with an ordinal', external({ advertisedAddrTemplate: `${HOSTS}:6650` })],
  [
    'one broker with a name',
    external({ advertisedAddrTemplate: 'danube.example.com:6650' }, { replicaCount: 1 }),
  ],
  ['access for MCP', { mcpAccess }],
  [
    'access for MCP by node ports',
    {
      mcpAccess: {
        ...mcpAccess,
        type: 'NodePort',
        adminNodePort: 31051,
        prometheusNodePort: 31090,
      },
    },
  ],
  ['access for MCP by allotted node ports', { mcpAccess: { ...mcpAccess, type: 'NodePort' } }],
  [
    'access for MCP without Prometheus',
    { mcpAccess: { ...mcpAccess, prometheus: false }, networkPolicy: { enabled: false } },
  ],
];

const ACCESS = 'broker.externalAccess';
const TEMPLATE = `${ACCESS}.advertisedAddrTemplate`;

/** One set for each rule of external access and mcpAccess that breaks it. */
export const EXTERNAL_REFUSED: readonly (readonly [string, Values])[] = [
  [`${ACCESS}.type`, external({ enabled: true })],
  ['broker.service.type', { broker: { service: { type: 'NodePort' } } }],
  [`${ACCESS}.enabled`, { ...external({ enabled: false, type: 'NodePort', nodePortBase: 31650 }) }],
  ['ingress.enabled', { ingress: { enabled: true } }],
  [`${ACCESS}.annotations`, external({ annotations: { a: 'b' } })],
  [`${ACCESS}.nodePortBase`, external({ nodePortBase: 31650 })],
  [`${ACCESS}.externalTrafficPolicy`, external({ externalTrafficPolicy: 'Local' })],
  [`${ACCESS}.loadBalancerSourceRanges`, external({ loadBalancerSourceRanges: ['10.0.0.0/8'] })],
  [`${ACCESS}.loadBalancerClass`, external({ loadBalancerClass: 'a' })],
  [`${ACCESS}.allocateLoadBalancerNodePorts`, external({ allocateLoadBalancerNodePorts: false })],
  [`${ACCESS}.gateway.parentRefs`, external({ gateway: { parentRefs: [{ name: 'edge' }] } })],
  [`${ACCESS}.gateway.annotations`, external({ gateway: { annotations: { a: 'b' } } })],
  [`${ACCESS}.gateway.tlsRouteVersion`, external({ gateway: { tlsRouteVersion: 'v1alpha2' } })],
  [`${ACCESS}.discovery.enabled`, external({ discovery: { enabled: true } })],
  ['ingress.controller', { ingress: { controller: 'traefik' } }],
  ['ingress.className', { ingress: { className: 'nginx' } }],
  ['ingress.annotations', { ingress: { annotations: { a: 'b' } } }],
  ['ingress.tls', { ingress: { tls: [{ secretName: 'a' }] } }],
  ['ingress.hosts', { ingress: { hosts: ['a.example.com'] } }],
  [TEMPLATE, external({ advertisedAddrTemplate: '{nodeIP}:{nodePort}' })],
  [TEMPLATE, external({ advertisedAddrTemplate: '{loadBalancer}:6650' })],
  [TEMPLATE, external({ type: 'LoadBalancer', advertisedAddrTemplate: '{loadBalancer}:{port}' })],
  [
    TEMPLATE,
    external({
      type: 'LoadBalancer',
      advertisedAddrTemplate: '{podName}.{headlessService}.{namespace}.svc:6650',
    }),
  ],
  [TEMPLATE, external({ type: 'Ingress' }, tls)],
  [TEMPLATE, external(gateway)],
  [TEMPLATE, external({ type: 'LoadBalancer' })],
  [TEMPLATE, external({ advertisedAddrTemplate: 'danube.example.com:6650' })],
  [
    TEMPLATE,
    external(
      { advertisedAddrTemplate: 'danube.example.com:6650' },
      { replicaCount: 1, hpa: { enabled: true } },
    ),
  ],
  [TEMPLATE, external({ type: 'LoadBalancer', advertisedAddrTemplate: `${HOSTS}:443` })],
  [
    `${ACCESS}.gateway.parentRefs`,
    external({ type: 'Gateway', advertisedAddrTemplate: `${HOSTS}:80` }),
  ],
  [`${ACCESS}.nodePortBase`, external({ type: 'NodePort', nodePortBase: 65534 })],
  [`${ACCESS}.nodePortBase`, external({ type: 'NodePort' })],
  [
    `${ACCESS}.discovery.enabled`,
    external({ type: 'NodePort', nodePortBase: 31650, discovery: { enabled: true } }),
  ],
  [
    `${ACCESS}.discovery.enabled`,
    external({
      type: 'LoadBalancer',
      advertisedAddrTemplate: `${HOSTS}:{port}`,
      discovery: { enabled: true },
    }),
  ],
  [
    'broker.serviceAccount.name',
    external(
      { type: 'NodePort', discovery: { enabled: true } },
      { serviceAccount: { create: false } },
    ),
  ],
  ['ingress.tls', { ...external(ingress), ingress: { tls: [{ secretName: 'a' }] } }],
  ['ingress.controller', external(ingress)],
  ['ingress.controller', { ...external(ingress, tls), ingress: { controller: 'traefik' } }],
  ['networkPolicy.externalClients', external({ type: 'NodePort', nodePortBase: 31650 })],
  [
    'networkPolicy.externalClients',
    external({
      type: 'LoadBalancer',
      advertisedAddrTemplate: `${HOSTS}:{port}`,
      loadBalancerSourceRanges: ['203.0.113.0/24'],
    }),
  ],
  ['mcpAccess.unauthenticated', { mcpAccess: { ...mcpAccess, unauthenticated: '' } }],
  ['mcpAccess.unauthenticated', { mcpAccess: { unauthenticated: 'allow' } }],
  ['mcpAccess.sourceRanges', { mcpAccess: { ...mcpAccess, sourceRanges: [] } }],
  ['mcpAccess.sourceRanges', { mcpAccess: { ...mcpAccess, sourceRanges: ['0.0.0.0/0'] } }],
  ['mcpAccess.sourceRanges', { mcpAccess: { ...mcpAccess, sourceRanges: ['::/0'] } }],
  [
    'networkPolicy.enabled',
    { mcpAccess: { ...mcpAccess, type: 'NodePort' }, networkPolicy: { enabled: false } },
  ],
  ['mcpAccess.adminNodePort', { mcpAccess: { adminNodePort: 31051 } }],
  ['mcpAccess.prometheusNodePort', { mcpAccess: { ...mcpAccess, prometheusNodePort: 31090 } }],
  [
    'mcpAccess.prometheusNodePort',
    {
      mcpAccess: {
        ...mcpAccess,
        type: 'NodePort',
        adminNodePort: 31051,
        prometheusNodePort: 31051,
      },
    },
  ],
];

const MOST_BROKERS = 12;

/** Changes random values so that external access and mcpAccess are each of one mode. */
export function keepingExternalRules(values: Values): Values {
  let kept = values;
  const at = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), kept);
  const set = (path: string, value: unknown) => {
    kept = withValueAt(kept, path.split('.'), value);
  };
  const type = at(`${ACCESS}.type`) ?? 'ClusterIP';
  const isTls = at('broker.config.auth.mode') === 'tls';
  const hasTemplate = Boolean(at(TEMPLATE));
  const modes: readonly (readonly [string, unknown, readonly unknown[]])[] = [
    ['annotations', {}, ['NodePort', 'LoadBalancer', 'Ingress', 'Gateway']],
    ['nodePortBase', 0, ['NodePort']],
    ['externalTrafficPolicy', '', ['NodePort', 'LoadBalancer']],
    ['loadBalancerSourceRanges', [], ['LoadBalancer']],
    ['loadBalancerClass', '', ['LoadBalancer']],
    ['allocateLoadBalancerNodePorts', true, ['LoadBalancer']],
    ['gateway', {}, ['Gateway']],
  ];
  for (const [key, none, readers] of modes) {
    if (!readers.includes(type)) {
      set(`${ACCESS}.${key}`, none);
    }
  }
  set(`${ACCESS}.enabled`, null);
  set('ingress', type === 'Ingress' ? { ...ingressOf(), enabled: true, hosts: [] } : {});
  if (type !== 'ClusterIP') {
    for (const path of ['replicaCount', 'hpa.minReplicas', 'hpa.maxReplicas']) {
      const count = at(`broker.${path}`);
      set(`broker.${path}`, typeof count === 'number' ? Math.min(count, MOST_BROKERS) : 3);
    }
  }
  if (type === 'Gateway') {
    set(`${ACCESS}.gateway.parentRefs`, [{ name: 'edge', sectionName: 'brokers' }]);
  }
  const hasBase = type === 'NodePort' && Boolean(at(`${ACCESS}.nodePortBase`));
  set(`${ACCESS}.nodePortBase`, hasBase ? 31650 : 0);
  set(TEMPLATE, hasTemplate || type === 'Ingress' || type === 'Gateway' ? `${HOSTS}:{port}` : '');
  const finds = !hasTemplate && ((type === 'NodePort' && !hasBase) || type === 'LoadBalancer');
  set(`${ACCESS}.discovery.enabled`, finds);
  const isService = type === 'NodePort' || type === 'LoadBalancer';
  const given = at('networkPolicy.externalClients');
  if (isService && !(Array.isArray(given) && given.length > 0)) {
    set('networkPolicy.externalClients', ['203.0.113.0/24']);
  }
  set('mcpAccess', mcpAccessOf());
  if (at('mcpAccess.type') === 'NodePort') {
    set('networkPolicy.enabled', true);
  }
  return kept;

  function ingressOf(): Values {
    const random = at('ingress');
    const own = isMap(random) ? random : {};
    return isTls ? { ...own, controller: 'nginx' } : { ...own, controller: 'traefik', tls: [] };
  }

  function mcpAccessOf(): Values {
    const random = at('mcpAccess');
    const own = isMap(random) ? random : {};
    return {
      ...own,
      sourceRanges: ['203.0.113.7/32'],
      unauthenticated: own.enabled === true ? 'allow' : '',
      adminNodePort: 0,
      prometheusNodePort: own.enabled === true && own.type === 'NodePort' ? 31090 : 0,
    };
  }
}
