import { type KubernetesObject } from './kubernetes-object';
import { type Change, changedRelease, findByName } from './release-change';
import { soundRelease } from './sound-release';
import { findKindDeclaration } from './type-schema';
import { registerSchema, validateObject } from './validate-object';

const brokerPod = 'spec/template/spec';
const brokerContainer = `${brokerPod}/containers/0`;
const containerPath = 'spec.template.spec.containers[0]';
const longName = 'a'.repeat(54);

function statefulSet(at: string, to?: unknown): Change {
  return { object: 'StatefulSet/broker', at, to };
}

function problemsOf(change: Change): string[] {
  const changed = changedRelease([change]);
  // A change of the name leaves the object under its new name, so all are validated.
  return changed.flatMap(validateObject);
}

test('a sound release has no problems', () => {
  expect(soundRelease().flatMap(validateObject)).toEqual([]);
});

describe('types of fields', () => {
  const cases: [string, Change, string[]][] = [
    [
      'unknown field',
      statefulSet(`${brokerContainer}/imagePullpolicy`, 'Always'),
      [`StatefulSet/broker ${containerPath}: unknown field "imagePullpolicy"`],
    ],
    [
      'unknown field at the top',
      { object: 'ConfigMap/broker-config', at: 'spec', to: {} },
      ['ConfigMap/broker-config: unknown field "spec"'],
    ],
    [
      'unknown field of the metadata',
      statefulSet('metadata/label', {}),
      ['StatefulSet/broker metadata: unknown field "label"'],
    ],
    [
      'enum',
      statefulSet(`${brokerContainer}/imagePullPolicy`, 'Sometimes'),
      [
        `StatefulSet/broker ${containerPath}.imagePullPolicy: ` +
          'must be one of Always, IfNotPresent, Never',
      ],
    ],
    [
      'missing field',
      statefulSet('spec/selector'),
      ['StatefulSet/broker spec: missing field "selector"'],
    ],
    ['missing spec', statefulSet('spec'), ['StatefulSet/broker spec: is missing']],
    [
      'string for a number',
      statefulSet('spec/replicas', '3'),
      [
        'StatefulSet/broker spec.replicas: must be number',
        'StatefulSet/broker spec.replicas: must be integer',
      ],
    ],
    [
      'fraction for an integer',
      statefulSet('spec/replicas', 1.5),
      [
        'StatefulSet/broker spec.replicas: must be integer',
        'StatefulSet/broker spec.replicas: must be int32',
      ],
    ],
    [
      'null',
      statefulSet(`${brokerPod}/tolerations`, null),
      ['StatefulSet/broker spec.template.spec.tolerations: must be array'],
    ],
    [
      'number for a string',
      { object: 'ConfigMap/broker-config', at: 'data/LOG_LEVEL', to: 3 },
      ['ConfigMap/broker-config data.LOG_LEVEL: must be string'],
    ],
    [
      'label that is no string',
      statefulSet('spec/template/metadata/labels/sharded', true),
      ['StatefulSet/broker spec.template.metadata.labels.sharded: must be string'],
    ],
    [
      'int or string',
      { object: 'Service/gateway', at: 'spec/ports/0/targetPort', to: true },
      ['Service/gateway spec.ports[0].targetPort: must be string or integer'],
    ],
    [
      'quantity',
      statefulSet(`${brokerContainer}/resources/limits/memory`, '128 MB'),
      [
        `StatefulSet/broker ${containerPath}.resources.limits.memory: must match pattern`,
        `StatefulSet/broker ${containerPath}.resources.limits.memory: must be quantity`,
      ],
    ],
  ];

  test.each(cases)('%s', (_rule, change, expected) => {
    const problems = problemsOf(change);
    const shortened = problems.map((problem) => problem.replace(/(must match pattern) .*/, '$1'));
    for (const line of expected) {
      expect(shortened).toContain(line);
    }
  });

  const accepted: [string, Change][] = [
    ['number as a quantity', statefulSet(`${brokerContainer}/resources/limits/cpu`, 2)],
    ['exponent', statefulSet(`${brokerContainer}/resources/limits/memory`, '1e9')],
    ['fraction', statefulSet(`${brokerContainer}/resources/limits/memory`, '1.5Gi')],
    ['map with any key', statefulSet('spec/template/metadata/labels/any-key', 'value')],
    ['native sidecar', statefulSet(`${brokerPod}/initContainers/0/restartPolicy`, 'Always')],
  ];

  test.each(accepted)('%s is right', (_rule, change) => {
    expect(problemsOf(change)).toEqual([]);
  });
});

describe('names', () => {
  const cases: [string, Change, string][] = [
    [
      'Service',
      { object: 'Service/broker', at: 'metadata/name', to: '1broker' },
      'Service/1broker metadata.name: "1broker" is no valid DNS-1035 label',
    ],
    [
      'Service, too long',
      { object: 'Service/broker', at: 'metadata/name', to: 'a'.repeat(64) },
      `Service/${'a'.repeat(64)} metadata.name: "${'a'.repeat(64)}" is longer than 63 characters`,
    ],
    [
      'StatefulSet',
      statefulSet('metadata/name', longName),
      `StatefulSet/${longName} metadata.name: "${longName}" is longer than 52 characters`,
    ],
    [
      'StatefulSet with a dot',
      statefulSet('metadata/name', 'a.b'),
      'StatefulSet/a.b metadata.name: "a.b" is no valid DNS-1123 label',
    ],
    [
      'CronJob',
      { object: 'CronJob/cleanup', at: 'metadata/name', to: longName },
      `CronJob/${longName} metadata.name: "${longName}" is longer than 52 characters`,
    ],
    [
      'Deployment',
      { object: 'Deployment/gateway', at: 'metadata/name', to: 'a'.repeat(64) },
      `Deployment/${'a'.repeat(64)} metadata.name: "${'a'.repeat(64)}" is longer than ` +
        '63 characters',
    ],
    [
      'ConfigMap',
      { object: 'ConfigMap/broker-config', at: 'metadata/name', to: 'Broker' },
      'ConfigMap/Broker metadata.name: "Broker" is no valid DNS-1123 subdomain',
    ],
    [
      'missing name',
      { object: 'ConfigMap/broker-config', at: 'metadata/name' },
      'ConfigMap/(unnamed) metadata.name: is missing',
    ],
    [
      'namespace',
      { object: 'Service/broker', at: 'metadata/namespace', to: 'a.b' },
      'Service/broker metadata.namespace: "a.b" is no valid DNS-1123 label',
    ],
    [
      'label key',
      statefulSet('metadata/labels/a b', 'c'),
      'StatefulSet/broker metadata.labels["a b"]: "a b" is no valid qualified name',
    ],
    [
      'label key with a wrong domain',
      statefulSet('metadata/labels/Danube~1x', 'c'),
      'StatefulSet/broker metadata.labels["Danube/x"]: "Danube" is no valid DNS-1123 subdomain',
    ],
    [
      'label value',
      statefulSet('spec/template/metadata/labels/version', '1.0+build'),
      'StatefulSet/broker spec.template.metadata.labels.version: ' +
        '"1.0+build" is no valid label value',
    ],
    [
      'label value, too long',
      statefulSet('spec/selector/matchLabels/component', 'a'.repeat(64)),
      'StatefulSet/broker spec.selector.matchLabels.component: ' +
        `"${'a'.repeat(64)}" is longer than 63 characters`,
    ],
    [
      'selector of a Service',
      { object: 'Service/gateway', at: 'spec/selector/component', to: '-' },
      'Service/gateway spec.selector.component: "-" is no valid label value',
    ],
    [
      'operator of an expression',
      {
        object: 'NetworkPolicy/broker',
        at: 'spec/podSelector/matchExpressions/0/operator',
        to: 'Is',
      },
      'NetworkPolicy/broker spec.podSelector.matchExpressions[0].operator: ' +
        '"Is" is not an operator',
    ],
    [
      'values of an expression',
      {
        object: 'NetworkPolicy/broker',
        at: 'spec/podSelector/matchExpressions/0/values',
        to: [],
      },
      'NetworkPolicy/broker spec.podSelector.matchExpressions[0].values: In needs values',
    ],
    [
      'annotation key',
      statefulSet('spec/template/metadata/annotations/a~1b~1c', 'd'),
      'StatefulSet/broker spec.template.metadata.annotations["a/b/c"]: ' +
        '"a/b/c" is no valid qualified name',
    ],
    [
      'annotations, too long',
      statefulSet('metadata/annotations', { a: 'b'.repeat(300_000) }),
      'StatefulSet/broker metadata.annotations: longer than 262144 characters in all',
    ],
  ];

  test.each(cases)('%s', (_rule, change, expected) => {
    expect(problemsOf(change)).toEqual([expected]);
  });

  const accepted: [string, Change][] = [
    ['Service of 63', { object: 'Service/gateway', at: 'metadata/name', to: 'a'.repeat(63) }],
    ['StatefulSet of 52', statefulSet('metadata/name', 'a'.repeat(52))],
    ['ConfigMap with dots', { object: 'ConfigMap/broker-config', at: 'metadata/name', to: 'a.b' }],
    ['empty label value', statefulSet('metadata/labels/version', '')],
  ];

  test.each(accepted)('%s is right', (_rule, change) => {
    expect(problemsOf(change)).toEqual([]);
  });
});

describe('pods', () => {
  const cases: [string, Change, string][] = [
    [
      'container name',
      statefulSet(`${brokerContainer}/name`, 'Broker'),
      `${containerPath}.name: "Broker" is no valid DNS-1123 label`,
    ],
    [
      'duplicate container name',
      statefulSet(`${brokerContainer}/name`, 'prepare'),
      `${containerPath}.name: duplicate container name "prepare"`,
    ],
    ['image', statefulSet(`${brokerContainer}/image`), `${containerPath}.image: is missing`],
    [
      'image with spaces',
      statefulSet(`${brokerContainer}/image`, 'danube '),
      `${containerPath}.image: "danube " has spaces around it`,
    ],
    [
      'port name',
      statefulSet(`${brokerContainer}/ports/0/name`, 'a-port-name-of-20-ch'),
      `${containerPath}.ports[0].name: "a-port-name-of-20-ch" is longer than 15 characters`,
    ],
    [
      'port name without a letter',
      statefulSet(`${brokerContainer}/ports/0/name`, '80'),
      `${containerPath}.ports[0].name: "80" is no valid IANA_SVC_NAME`,
    ],
    [
      'duplicate port name',
      statefulSet(`${brokerContainer}/ports/1/name`, 'grpc'),
      `${containerPath}.ports[1].name: duplicate port name "grpc"`,
    ],
    [
      'port number',
      statefulSet(`${brokerContainer}/ports/0/containerPort`, 70000),
      `${containerPath}.ports[0].containerPort: 70000 is not a port`,
    ],
    [
      'variable name',
      statefulSet(`${brokerContainer}/env/0/name`, '1ST'),
      `${containerPath}.env[0].name: "1ST" is no valid environment variable name`,
    ],
    [
      'duplicate variable',
      statefulSet(`${brokerContainer}/env/1/name`, 'POD_NAME'),
      `${containerPath}.env[1].name: duplicate environment variable "POD_NAME"`,
    ],
    [
      'variable with a value and a source',
      statefulSet(`${brokerContainer}/env/0/value`, 'a'),
      `${containerPath}.env[0]: has both value and valueFrom`,
    ],
    [
      'variable with two sources',
      statefulSet(`${brokerContainer}/env/0/valueFrom/configMapKeyRef`, { name: 'a', key: 'b' }),
      `${containerPath}.env[0].valueFrom: must have exactly one source, has 2`,
    ],
    [
      'duplicate mount path',
      statefulSet(`${brokerContainer}/volumeMounts/2/mountPath`, '/data'),
      `${containerPath}.volumeMounts[2].mountPath: duplicate mount path "/data"`,
    ],
    [
      'mount path',
      statefulSet(`${brokerContainer}/volumeMounts/2/mountPath`, 'a:b'),
      `${containerPath}.volumeMounts[2].mountPath: "a:b" is not a mount path`,
    ],
    [
      'subPath',
      statefulSet(`${brokerContainer}/volumeMounts/1/subPath`, '../a'),
      `${containerPath}.volumeMounts[1].subPath: "../a" is not a relative path within the volume`,
    ],
    [
      'request above the limit',
      statefulSet(`${brokerContainer}/resources/requests/memory`, '1Gi'),
      `${containerPath}.resources.requests.memory: 1Gi is more than the limit 128Mi`,
    ],
    [
      'probe with two handlers',
      statefulSet(`${brokerContainer}/readinessProbe/grpc`, { port: 6650 }),
      `${containerPath}.readinessProbe: must have exactly one handler, has 2`,
    ],
    [
      'duplicate volume',
      statefulSet(`${brokerPod}/volumes/1/name`, 'config'),
      'spec.template.spec.volumes[1].name: duplicate volume name "config"',
    ],
    [
      'volume without a source',
      statefulSet(`${brokerPod}/volumes/0/configMap`),
      'spec.template.spec.volumes[0]: must have exactly one volume source, has 0',
    ],
    [
      'volume name',
      statefulSet(`${brokerPod}/volumes/0/name`, 'a.b'),
      'spec.template.spec.volumes[0].name: "a.b" is no valid DNS-1123 label',
    ],
    [
      'key of an item',
      statefulSet(`${brokerPod}/volumes/0/configMap/items`, [{ key: 'a/b', path: 'a' }]),
      'spec.template.spec.volumes[0].configMap.items[0].key: "a/b" is no valid data key',
    ],
    [
      'restart policy',
      statefulSet(`${brokerPod}/restartPolicy`, 'Never'),
      'spec.template.spec.restartPolicy: a StatefulSet cannot have Never',
    ],
  ];

  test.each(cases)('%s', (_rule, change, expected) => {
    expect(problemsOf(change)).toEqual([`StatefulSet/broker ${expected}`]);
  });

  test('restart policy of a job', () => {
    const path = 'spec/jobTemplate/spec/template/spec/restartPolicy';
    expect(problemsOf({ object: 'CronJob/cleanup', at: path })).toEqual([
      'CronJob/cleanup spec.jobTemplate.spec.template.spec.restartPolicy: ' +
        'a CronJob cannot have Always',
    ]);
  });
});

describe('kinds', () => {
  const secondPort = { port: 81, targetPort: 'http' };
  const cases: [string, Change, string][] = [
    [
      'Service without ports',
      { object: 'Service/gateway', at: 'spec/ports', to: [] },
      'Service/gateway spec.ports: is missing',
    ],
    [
      'port without a name',
      { object: 'Service/gateway', at: 'spec/ports/-', to: secondPort },
      'Service/gateway spec.ports[1].name: is missing, and the Service has several ports',
    ],
    [
      'duplicate port name',
      { object: 'Service/broker', at: 'spec/ports/1/name', to: 'grpc' },
      'Service/broker spec.ports[1].name: duplicate port name "grpc"',
    ],
    [
      'duplicate port',
      { object: 'Service/broker', at: 'spec/ports/1/port', to: 6650 },
      'Service/broker spec.ports[1].port: duplicate port "6650/TCP"',
    ],
    [
      'port number',
      { object: 'Service/broker', at: 'spec/ports/1/port', to: 0 },
      'Service/broker spec.ports[1].port: 0 is not a port',
    ],
    [
      'target port name',
      { object: 'Service/broker', at: 'spec/ports/1/targetPort', to: 'a--b' },
      'Service/broker spec.ports[1].targetPort: "a--b" is no valid IANA_SVC_NAME',
    ],
    [
      'key of a ConfigMap',
      { object: 'ConfigMap/broker-config', at: 'data/a~1b', to: '' },
      'ConfigMap/broker-config data["a/b"]: "a/b" is no valid data key',
    ],
    [
      'key in data and binaryData',
      { object: 'ConfigMap/broker-config', at: 'binaryData', to: { LOG_LEVEL: '' } },
      'ConfigMap/broker-config binaryData.LOG_LEVEL: is in data too',
    ],
    [
      'large ConfigMap',
      { object: 'ConfigMap/broker-config', at: 'data/big', to: 'a'.repeat(1_100_000) },
      'ConfigMap/broker-config data: is larger than 1 MiB',
    ],
    [
      'data of a Secret',
      { object: 'Secret/broker-token', at: 'data/token', to: 'YQ' },
      'Secret/broker-token data.token: must be byte',
    ],
    [
      'key of a Secret',
      { object: 'Secret/broker-token', at: 'stringData', to: { 'a b': '' } },
      'Secret/broker-token stringData["a b"]: "a b" is no valid data key',
    ],
    [
      'empty selector',
      { object: 'Deployment/gateway', at: 'spec/selector', to: { matchLabels: {} } },
      'Deployment/gateway spec.selector: is empty',
    ],
    [
      'claim without a size',
      statefulSet('spec/volumeClaimTemplates/0/spec/resources', {}),
      'StatefulSet/broker spec.volumeClaimTemplates[0].spec.resources.requests.storage: ' +
        'is missing',
    ],
    [
      'claim without access modes',
      statefulSet('spec/volumeClaimTemplates/0/spec/accessModes'),
      'StatefulSet/broker spec.volumeClaimTemplates[0].spec.accessModes: is missing',
    ],
    [
      'schedule',
      { object: 'CronJob/cleanup', at: 'spec/schedule', to: '* * *' },
      'CronJob/cleanup spec.schedule: "* * *" is not a schedule',
    ],
    [
      'fewest replicas',
      { object: 'HorizontalPodAutoscaler/gateway', at: 'spec/minReplicas', to: 0 },
      'HorizontalPodAutoscaler/gateway spec.minReplicas: 0 is less than 1',
    ],
    [
      'most replicas',
      { object: 'HorizontalPodAutoscaler/gateway', at: 'spec/maxReplicas', to: 1 },
      'HorizontalPodAutoscaler/gateway spec.maxReplicas: 1 is less than minReplicas 2',
    ],
    [
      'budget with two bounds',
      { object: 'PodDisruptionBudget/broker', at: 'spec/minAvailable', to: 1 },
      'PodDisruptionBudget/broker spec: has both minAvailable and maxUnavailable',
    ],
    [
      'percentage',
      { object: 'PodDisruptionBudget/broker', at: 'spec/maxUnavailable', to: '1' },
      'PodDisruptionBudget/broker spec.maxUnavailable: "1" is not a percentage',
    ],
    [
      'Ingress without rules',
      { object: 'Ingress/gateway', at: 'spec/rules' },
      'Ingress/gateway spec: has neither rules nor a default backend',
    ],
    [
      'host',
      { object: 'Ingress/gateway', at: 'spec/rules/0/host', to: 'a_b' },
      'Ingress/gateway spec.rules[0].host: "a_b" is no valid DNS-1123 subdomain',
    ],
    [
      'path',
      { object: 'Ingress/gateway', at: 'spec/rules/0/http/paths/0/path', to: 'a' },
      'Ingress/gateway spec.rules[0].http.paths[0].path: "a" does not start with a slash',
    ],
    [
      'backend port',
      {
        object: 'Ingress/gateway',
        at: 'spec/rules/0/http/paths/0/backend/service/port/number',
        to: 80,
      },
      'Ingress/gateway spec.rules[0].http.paths[0].backend.service.port: ' +
        'must have either a name or a number',
    ],
    [
      'subject without a namespace',
      { object: 'RoleBinding/broker', at: 'subjects/0/namespace' },
      'RoleBinding/broker subjects[0].namespace: is missing',
    ],
  ];

  test.each(cases)('%s', (_rule, change, expected) => {
    expect(problemsOf(change)).toEqual([expected]);
  });

  const accepted: [string, Change][] = [
    [
      'headless Service without ports',
      { object: 'Service/broker', at: 'spec/ports', to: undefined },
    ],
    ['daily schedule', { object: 'CronJob/cleanup', at: 'spec/schedule', to: '@daily' }],
    ['wildcard host', { object: 'Ingress/gateway', at: 'spec/rules/0/host', to: '*.example.com' }],
    ['percentage', { object: 'PodDisruptionBudget/broker', at: 'spec/maxUnavailable', to: '50%' }],
  ];

  test.each(accepted)('%s is right', (_rule, change) => {
    expect(problemsOf(change)).toEqual([]);
  });
});

describe('kinds without a bundled schema', () => {
  const widget: KubernetesObject = {
    apiVersion: 'danube.dev/v1',
    kind: 'Widget',
    metadata: { name: 'one' },
    spec: { size: '10%', parts: [{ name: 'a' }], free: { any: 1 } },
  };

  const schema = {
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        properties: {
          size: { 'x-kubernetes-int-or-string': true, anyOf: [] },
          parts: {
            type: 'array',
            items: { type: 'object', properties: { name: { type: 'string' } } },
          },
          free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  };

  test('are an error until a schema is registered', () => {
    expect(validateObject(widget)).toEqual(['Widget/one: no schema for danube.dev/v1 Widget']);
    registerSchema('danube.dev/v1', 'Widget', schema);
    expect(validateObject(widget)).toEqual([]);
  });

  test('are as strict as built-in kinds once registered', () => {
    registerSchema('danube.dev/v1', 'Widget', schema);
    const changed = structuredClone(widget);
    changed.metadata.label = {};
    changed.spec = { size: true, parts: [{ nam: 'a' }], part: {} };
    expect(validateObject(changed).sort()).toEqual([
      'Widget/one metadata: unknown field "label"',
      'Widget/one spec.parts[0]: unknown field "nam"',
      'Widget/one spec.size: must be integer or string',
      'Widget/one spec: unknown field "part"',
    ]);
  });

  test('a kind is needed at all', () => {
    const nothing = { metadata: { name: 'a' } } as KubernetesObject;
    expect(validateObject(nothing)).toEqual(['undefined/a: apiVersion or kind is missing']);
  });

  test('parts of kinds are no kinds', () => {
    const container = { apiVersion: 'v1', kind: 'Container', metadata: { name: 'a' } };
    expect(validateObject(container)).toEqual(['Container/a: no schema for v1 Container']);
  });

  test('neither are old API versions', () => {
    const budget = findByName(soundRelease(), 'PodDisruptionBudget/broker');
    budget.apiVersion = 'policy/v1beta1';
    expect(validateObject(budget)).toEqual([
      'PodDisruptionBudget/broker: no schema for policy/v1beta1 PodDisruptionBudget',
    ]);
  });
});

describe('custom resources of installed packages', () => {
  const monitor: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'broker' },
    spec: { selector: { matchLabels: { a: 'b' } }, endpoints: [{ port: 'metrics' }] },
  };
  const podMonitor: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'broker' },
    spec: { selector: { matchLabels: { a: 'b' } }, podMetricsEndpoints: [{ port: 'metrics' }] },
  };
  const rule: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'broker' },
    spec: { groups: [{ name: 'a', rules: [{ alert: 'Down', expr: 'up == 0', for: '5m' }] }] },
  };
  const certificate: KubernetesObject = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'broker' },
    spec: { secretName: 'broker-tls', dnsNames: ['broker'], issuerRef: { name: 'ca' } },
  };
  const httpRoute: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'gateway' },
    spec: {
      parentRefs: [{ name: 'edge' }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name: 'gateway', port: 80 }],
        },
      ],
    },
  };
  const grpcRoute: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name: 'broker' },
    spec: {
      parentRefs: [{ name: 'edge' }],
      rules: [{ backendRefs: [{ name: 'broker', port: 6650 }] }],
    },
  };

  const kinds = [monitor, podMonitor, rule, certificate, httpRoute, grpcRoute].filter(
    ({ apiVersion, kind }) => findKindDeclaration(apiVersion, kind) !== undefined,
  );

  test('the kinds that the charts emit have their schemas installed', () => {
    expect(kinds).toEqual(expect.arrayContaining([monitor, podMonitor, rule]));
  });

  for (const resource of kinds) {
    const { kind } = resource;

    test(kind, () => {
      expect(validateObject(resource)).toEqual([]);
      const spec = { ...(resource.spec as object), surprise: 1 };
      const problem = `${kind}/${resource.metadata.name} spec: unknown field "surprise"`;
      expect(validateObject({ ...resource, spec })).toContain(problem);
    });
  }
});
