import { App } from 'cdk8s';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import type { HelmChart } from '../../../src/helm';
import { findPodTemplate } from '../../objects/pod-template';
import { checkRestricted } from '../../objects/pod-security';
import { validateObject } from '../../objects/validate-object';
import { decoded } from '../core/decoded';
import { overriding, POD_OVERRIDES } from '../extension-sets';

const core = new DanubeCoreChart(new App(), 'danube-core');
const admin = new DanubeAdminChart(new App(), 'danube-admin');

interface Overridden {
  readonly chart: HelmChart;
  readonly values: Record<string, unknown>;
  /** Workloads and test pods of the chart. */
  readonly pods: number;
}

const ALL_OF_CORE = overriding('broker', 'prometheus', 'tests');
const CASES: readonly Overridden[] = [
  {
    chart: core,
    values: {
      ...ALL_OF_CORE,
      etcd: {
        podOverrides: POD_OVERRIDES,
        snapshots: { enabled: true },
        defrag: { enabled: true },
      },
    },
    // Brokers, etcd, Prometheus; member check, snapshots, defragmentation; three tests.
    pods: 9,
  },
  { chart: admin, values: overriding('admin', 'adminUI'), pods: 2 },
];

test.each(CASES)('every pod of $chart.metadata.name takes them and stays restricted', (each) => {
  const objects = [...decoded(each.chart, { values: each.values })];
  const pods = objects.map(findPodTemplate).filter((pod) => pod !== undefined);
  expect(pods).toHaveLength(each.pods);
  for (const { spec } of pods) {
    expect(spec).toMatchObject(POD_OVERRIDES.spec ?? {});
    expect(spec.securityContext).toMatchObject(POD_OVERRIDES.securityContext ?? {});
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true });
  }
  expect(objects.flatMap(validateObject)).toEqual([]);
  expect(checkRestricted(objects)).toEqual([]);
});

test.each([
  ['the network of the node', { spec: { hostNetwork: true } }],
  ['another user', { securityContext: { runAsUser: 0 } }],
  ['no profile for system calls', { securityContext: { seccompProfile: { type: 'Unconfined' } } }],
  ['a setting of the whole node', { securityContext: { sysctls: [{ name: 'vm.swappiness' }] } }],
  ['another role of SELinux', { securityContext: { seLinuxOptions: { role: 'r', level: 's0' } } }],
  ['a misspelt field', { spec: { hostAlias: [] } }],
  ['a field that has a value of its own', { spec: { nodeSelector: { a: 'b' } } }],
])('%s is refused', (_what, podOverrides) => {
  const overrides: Readonly<Record<string, unknown>> = { broker: { podOverrides } };
  expect(() => core.values.resolve(overrides)).toThrow('broker.podOverrides');
});
