import type { Json } from './cluster';
import { CONNECTOR_JOURNEYS } from './connector-journeys';
import type { Journey } from './journeys';

/** No time between restarts: no software runs that would need it. */
const quick = { minReadySeconds: 0 };

function claim(name: string): object {
  const resources = { requests: { storage: '1Gi' } };
  const spec = { accessModes: ['ReadWriteMany'], resources };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec };
}

const coreMonitors: Json = {
  prometheus: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
  grafanaDashboard: { enabled: true },
};

const CORE_AND_ADMIN: readonly Journey[] = [
  {
    name: 'defaults, another version, 3 to 5 to 3 brokers',
    chart: 'danube-core',
    values: {},
    changes: [
      { name: 'a newer chart', values: {}, chartVersion: '99.0.0', keepsPods: true },
      { name: 'five brokers', values: { broker: { replicaCount: 5 } }, keepsPods: true },
      { name: 'three brokers', values: { broker: { replicaCount: 3 } } },
    ],
  },
  {
    name: 'configuration, image, TLS and monitoring',
    chart: 'danube-core',
    values: { broker: quick, etcd: { replicaCount: 3 } },
    changes: [
      {
        name: 'configuration',
        values: {
          broker: { ...quick, config: { autoCreateTopics: false } },
          etcd: { replicaCount: 3 },
        },
      },
      {
        name: 'image and TLS',
        values: {
          broker: {
            ...quick,
            image: { tag: 'v0.7.3' },
            tls: { enabled: true, secretName: 'broker-tls' },
            config: { auth: { mode: 'tls' } },
          },
          etcd: { replicaCount: 3 },
        },
      },
      {
        name: 'monitoring',
        values: { ...coreMonitors, broker: quick, etcd: { replicaCount: 3 } },
      },
    ],
  },
  {
    name: 'autoscaling, hard placement, volumes that go with the release',
    chart: 'danube-core',
    values: {
      broker: {
        ...quick,
        antiAffinity: 'hard',
        zoneSpread: 'hard',
        hpa: { enabled: true },
        persistence: { retentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } },
      },
      etcd: {
        replicaCount: 3,
        antiAffinity: 'hard',
        zoneSpread: 'hard',
        persistence: { retentionPolicy: { whenDeleted: 'Delete' } },
      },
      prometheus: { persistence: { enabled: true } },
    },
    changes: [],
    leavesNothing: true,
  },
  {
    name: 'shared volume, PodMonitors, no bundled parts',
    chart: 'danube-core',
    given: [claim('shared')],
    values: {
      broker: { ...quick, config: { storage: { sharedVolume: { existingClaim: 'shared' } } } },
      etcd: { enabled: false, external: { host: 'etcd.example.com' } },
      prometheus: { enabled: false, podMonitor: { enabled: true } },
    },
    changes: [],
  },
  {
    name: 'beside a core, then published with a password',
    chart: 'danube-admin',
    values: { core: { releaseName: 'danube' } },
    changes: [
      {
        name: 'nginx with a password',
        values: {
          core: { releaseName: 'danube' },
          adminUI: {
            ingress: {
              enabled: true,
              className: 'nginx',
              host: 'danube.example.com',
              protection: 'basicAuth',
              basicAuth: { secretName: 'users' },
            },
          },
        },
      },
      {
        name: 'Traefik with a password',
        values: {
          core: { releaseName: 'danube' },
          adminUI: {
            ingress: {
              enabled: true,
              controller: 'traefik',
              className: 'traefik',
              host: 'danube.example.com',
              protection: 'basicAuth',
              basicAuth: { secretName: 'users' },
            },
          },
        },
      },
      {
        name: 'a newer chart with an account for assistants',
        values: { core: { releaseName: 'danube' }, mcp: { rbac: { enabled: true } } },
        chartVersion: '99.0.0',
      },
    ],
  },
];

const stackConnectors: Json = {
  qdrant: {
    enabled: true,
    connector: {
      config: {
        qdrant: {
          url: 'http://qdrant:6334',
          routes: [
            { from: '/default/a', subscription: 'qdrant', to: 'vectors', vector_dimension: 384 },
          ],
        },
      },
    },
  },
};

const STACK: readonly Journey[] = [
  {
    name: 'defaults, a connector more, without the administration',
    chart: 'danube-stack',
    values: {},
    changes: [
      { name: 'a newer chart', values: {}, chartVersion: '99.0.0', keepsPods: true },
      { name: 'a connector', values: stackConnectors, keepsPods: true },
      {
        name: 'without the administration',
        values: { ...stackConnectors, 'danube-admin': { enabled: false } },
      },
    ],
  },
];

/** What the charts go through. A chart without a journey fails a test. */
export const JOURNEYS: readonly Journey[] = [...CORE_AND_ADMIN, ...STACK, ...CONNECTOR_JOURNEYS];
