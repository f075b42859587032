import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { CORE_CHART } from '../../../src/danube/chart-catalog';
import { coreValues } from '../../../src/danube/core/core-values';
import { DanubeCore } from '../../../src/danube/core/danube-core';
import { defineValues, HelmChart } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { NAMED_SETS } from './core-sets';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** What makes Kubernetes restart pods when it changes, and what it does not let change. */
function podSpecs(values: Record<string, unknown>, of: HelmChart = chart): Record<string, unknown> {
  const workloads = decoded(of, { values, releaseName: 'r' }).filter(({ kind }) =>
    ['StatefulSet', 'Deployment'].includes(kind),
  );
  return Object.fromEntries(
    workloads.map(({ metadata, spec }) => [metadata.name, isMap(spec) ? frozenParts(spec) : {}]),
  );
}

function frozenParts(spec: Spec): object {
  const { template, selector, volumeClaimTemplates, serviceName, podManagementPolicy } = spec;
  return { template, selector, volumeClaimTemplates, serviceName, podManagementPolicy };
}

type Spec = Record<string, unknown>;

function restarted(values: Record<string, unknown>): readonly string[] {
  const before = podSpecs({});
  const after = podSpecs(values);
  return Object.keys(before).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

describe('a new chart version', () => {
  const metadata = { ...CORE_CHART, version: '9.9.9', appVersion: '9.9.9' };
  const bumped = new HelmChart(new App(), 'danube-core', {
    metadata,
    values: defineValues(coreValues),
  });
  new DanubeCore(bumped, 'Default', { values: bumped.v });

  test.each(NAMED_SETS)('restarts no pod and changes no immutable field: $name', ({ set }) => {
    expect(podSpecs(set.values, bumped)).toEqual(podSpecs(set.values));
  });

  test('is in the labels of its objects', () => {
    const labels = (of: HelmChart) => decoded(of, { values: {} }).map(versionLabel);
    expect(labels(bumped)).not.toEqual(labels(chart));
  });
});

function versionLabel({ metadata }: KubernetesObject): unknown {
  return metadata.labels?.['helm.sh/chart'];
}

const DELETE = { whenDeleted: 'Delete', whenScaled: 'Delete' };

test.each([
  [
    'a key of the broker configuration',
    { broker: { config: { autoCreateTopics: false } } },
    ['r-danube-broker'],
  ],
  ['the cluster name', { global: { clusterName: 'other' } }, ['r-danube-broker']],
  ['the scrape interval', { prometheus: { scrapeInterval: '30s' } }, ['r-prometheus']],
  ['no alerts', { prometheus: { rules: { enabled: false } } }, ['r-prometheus']],
  ['monitors', { prometheus: { podMonitor: { enabled: true } } }, []],
  ['more brokers', { broker: { replicaCount: 5 } }, []],
  ['an autoscaler', { broker: { hpa: { enabled: true } } }, []],
  ['another disruption budget', { broker: { pdb: { minAvailable: 2 } } }, []],
  ['another update strategy', { broker: { updateStrategy: { partition: 1 } } }, []],
  ['another fate of claims', { broker: { persistence: { retentionPolicy: DELETE } } }, []],
  ['annotations of a Service', { broker: { service: { annotations: { a: 'b' } } } }, []],
  ['common annotations', { commonAnnotations: { a: 'b' } }, []],
])('%s restarts just the pods that read it', (_what, values, names) => {
  expect(restarted(values)).toEqual(names);
});
