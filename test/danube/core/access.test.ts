import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { findPodTemplates } from '../../objects/pod-template';
import { NAMED_SETS } from './core-sets';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** The kinds that a release of this chart may hold: all of them live in its namespace. */
const NAMESPACED = new Set([
  'Certificate',
  'ConfigMap',
  'CronJob',
  'Deployment',
  'GRPCRoute',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
  'StatefulSet',
  'TLSRoute',
]);

test.each(NAMED_SETS)('no object is of the whole cluster: $name', ({ set }) => {
  const kinds = decoded(chart, set).map(({ kind }) => kind);
  expect(kinds.filter((kind) => !NAMESPACED.has(kind))).toEqual([]);
});

test('each component has an account of its own, and only Prometheus a token', () => {
  const objects = decoded(chart, { values: {}, releaseName: 'r' });
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual([
    'r-danube-broker',
    'r-etcd',
    'r-prometheus',
  ]);
  expect(accounts.map((account) => account.automountServiceAccountToken)).toEqual([
    false,
    false,
    false,
  ]);
  const pods = findPodTemplates([...objects]).map(({ spec }) => [
    spec.serviceAccountName ?? 'default',
    spec.automountServiceAccountToken,
  ]);
  expect(Object.fromEntries(pods)).toEqual({
    default: false,
    'r-danube-broker': false,
    'r-etcd': false,
    'r-prometheus': true,
  });
});

test('the one Role reads what discovery of targets reads, and nothing else', () => {
  const roles = decoded(chart, { values: {} }).filter(({ kind }) => kind === 'Role');
  expect(roles.map(({ rules }) => rules)).toEqual([
    [
      {
        apiGroups: [''],
        resources: ['endpoints', 'pods', 'services'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  ]);
});

test('without Prometheus nothing may ask the API server', () => {
  const kinds = decoded(chart, { values: { prometheus: { enabled: false } } }).map(
    ({ kind }) => kind,
  );
  expect(kinds).not.toContain('Role');
  expect(kinds).not.toContain('RoleBinding');
});
