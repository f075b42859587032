import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** The spec of an object of the release `r`, such as `StatefulSet/r-etcd`. */
function specOf(name: string, values: object): Record<string, unknown> | undefined {
  const objects = decoded(chart, { values: { ...values }, releaseName: 'r' });
  const found = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name);
  return isMap(found?.spec) ? found.spec : undefined;
}

const BROKERS = 'StatefulSet/r-danube-broker';
const BROKER_BUDGET = 'PodDisruptionBudget/r-danube-broker';
const ETCD_BUDGET = 'PodDisruptionBudget/r-etcd';

function brokers(broker: object): Record<string, unknown> {
  return specOf(BROKERS, { broker }) ?? {};
}

test.each([3, 5] as const)('of %i etcd members a quorum always stays', (replicaCount) => {
  const { maxUnavailable } = specOf(ETCD_BUDGET, { etcd: { replicaCount } }) ?? {};
  const quorum = Math.floor(replicaCount / 2) + 1;
  expect(maxUnavailable).toBe(replicaCount - quorum);
});

test('a single etcd member blocks a drain only when it is asked to', () => {
  expect(specOf(ETCD_BUDGET, {})).toBeUndefined();
  const etcd = { pdb: { protectSingleMember: true } };
  expect(specOf(ETCD_BUDGET, { etcd })).toMatchObject({ maxUnavailable: 0 });
  expect(specOf(ETCD_BUDGET, { etcd: { replicaCount: 3, pdb: { enabled: false } } })).toBe(
    undefined,
  );
});

test('one broker at a time may be missing, and a single one blocks no drain', () => {
  expect(specOf(BROKER_BUDGET, {})).toMatchObject({ maxUnavailable: 1 });
  expect(specOf(BROKER_BUDGET, { broker: { replicaCount: 1 } })).toBeUndefined();
});

test('a budget of brokers has one of the two limits', () => {
  const budget = specOf(BROKER_BUDGET, { broker: { pdb: { minAvailable: 2, maxUnavailable: 2 } } });
  expect(budget).toHaveProperty('minAvailable', 2);
  expect(budget).not.toHaveProperty('maxUnavailable');
});

test('from 3 to 5 brokers and back nothing but the number changes', () => {
  const three = brokers({ replicaCount: 3 });
  const five = brokers({ replicaCount: 5 });
  expect(five).toEqual({ ...three, replicas: 5 });
  expect(brokers({ replicaCount: 3 })).toEqual(three);
});

test('an autoscaler takes over the number of brokers and changes nothing else of them', () => {
  const scaled = brokers({ hpa: { enabled: true, minReplicas: 3, maxReplicas: 8 } });
  expect(scaled).not.toHaveProperty('replicas');
  expect({ ...scaled, replicas: 3 }).toEqual(brokers({}));
  expect(brokers({ hpa: { enabled: true, minReplicas: 5, maxReplicas: 50 } })).toEqual(scaled);
});

test('an autoscaler adds brokers at once and takes them away one by one', () => {
  const { behavior } = specOf('HorizontalPodAutoscaler/r-danube-broker', {
    broker: { hpa: { enabled: true } },
  }) ?? { behavior: undefined };
  expect(behavior).toEqual({
    scaleDown: {
      stabilizationWindowSeconds: 1800,
      policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }],
    },
  });
});

function placement(values: object): unknown {
  const { template } = specOf(BROKERS, values) ?? {};
  const spec = isMap(template) && isMap(template.spec) ? template.spec : {};
  return [spec.affinity, spec.topologySpreadConstraints];
}

test.each([
  ['soft', 'preferredDuringSchedulingIgnoredDuringExecution', 'ScheduleAnyway'],
  ['hard', 'requiredDuringSchedulingIgnoredDuringExecution', 'DoNotSchedule'],
])('%s: brokers keep apart by node and zone', (strictness, rule, whenUnsatisfiable) => {
  const broker = { antiAffinity: strictness, zoneSpread: strictness };
  expect(placement({ broker })).toEqual([
    { podAntiAffinity: { [rule]: [expect.anything()] } },
    [expect.objectContaining({ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable })],
  ]);
});

test("none: brokers go anywhere; and the user's own words win", () => {
  expect(placement({ broker: { antiAffinity: 'none', zoneSpread: 'none' } })).toEqual([
    undefined,
    undefined,
  ]);
  const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
  const topologySpreadConstraints = [
    { maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' },
  ];
  const broker = { antiAffinity: 'hard', affinity, topologySpreadConstraints };
  expect(placement({ broker })).toEqual([affinity, topologySpreadConstraints]);
});

test('the notes say what an autoscaler means for topics', () => {
  const notes = (broker: object) => chart.renderNotes({ values: { broker } });
  expect(notes({ hpa: { enabled: true } })).toMatch(/3 to 10 broker\(s\)/);
  expect(notes({ hpa: { enabled: true } })).toMatch(/adds gets new topics only/);
  expect(notes({ hpa: { enabled: true } })).toMatch(/WARNING: the autoscaler takes brokers away/);
  expect(notes({})).not.toMatch(/autoscaler/);
});
