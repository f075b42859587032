import { type KubernetesObject } from './kubernetes-object';
import { checkObjectGraph } from './object-graph';
import { type ExternalObjects } from './release';
import { type Change, changedRelease } from './release-change';
import { releaseNamespace, soundRelease } from './sound-release';

const brokerPod = 'spec/template/spec';
const brokerContainer = `${brokerPod}/containers/0`;
const containerPath = 'StatefulSet/broker spec.template.spec.containers[0]';
const volumesPath = 'StatefulSet/broker spec.template.spec.volumes';

function statefulSet(at: string, to?: unknown): Change {
  return { object: 'StatefulSet/broker', at, to };
}

function deployment(at: string, to?: unknown): Change {
  return { object: 'Deployment/gateway', at, to };
}

function problemsOf(changes: Change[], external?: ExternalObjects): string[] {
  return checkObjectGraph(changedRelease(changes), { namespace: releaseNamespace, external });
}

function problemsWith(added: KubernetesObject): string[] {
  return checkObjectGraph([...soundRelease(), added], { namespace: releaseNamespace });
}

test('a sound release has no problems', () => {
  expect(problemsOf([])).toEqual([]);
});

/** Each changed release has just the expected problems. */
type Case = [string, Change[], string[]];

function runCases(cases: Case[]): void {
  test.each(cases)('%s', (_rule, changes, expected) => {
    expect(problemsOf(changes)).toEqual(expected);
  });
}

describe('identities', () => {
  test('an object rendered twice', () => {
    const [account] = soundRelease();
    expect(problemsWith(account)).toEqual(['ServiceAccount/broker: is rendered more than once']);
  });

  test('the namespace may be left out of one of them', () => {
    const [account] = soundRelease();
    account.metadata.namespace = releaseNamespace;
    expect(problemsWith(account)).toEqual(['ServiceAccount/broker: is rendered more than once']);
  });

  runCases([
    [
      'another namespace',
      [{ object: 'Secret/broker-token', at: 'metadata/namespace', to: 'default' }],
      [
        'Secret/broker-token metadata.namespace: ' +
          `"default" is not the release's namespace "messaging"`,
      ],
    ],
  ]);
});

describe('selectors', () => {
  const monitor: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'broker' },
    spec: {
      selector: { matchLabels: { component: 'broker' } },
      endpoints: [{ port: 'metrics' }, { targetPort: 9040 }],
    },
  };

  const podMonitor: KubernetesObject = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'broker' },
    spec: {
      selector: { matchLabels: { component: 'broker' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    },
  };

  runCases([
    [
      'a workload that does not match its own pods',
      [deployment('spec/selector/matchLabels/component', 'other')],
      ["Deployment/gateway spec.selector: does not match its own pods' labels"],
    ],
    [
      "a workload that matches another one's pods",
      [deployment('spec/selector/matchLabels/component')],
      [
        'Deployment/gateway spec.selector: matches the pods of StatefulSet/broker too',
        'Deployment/gateway spec.selector: matches the pods of CronJob/cleanup too',
      ],
    ],
    [
      'a Service without pods',
      [{ object: 'Service/gateway', at: 'spec/selector/component', to: 'other' }],
      ['Service/gateway spec.selector: matches no pods'],
    ],
    [
      'a named target port',
      [{ object: 'Service/gateway', at: 'spec/ports/0/targetPort', to: 'web' }],
      ['Service/gateway spec.ports[0].targetPort: pods of Deployment/gateway have no port web/TCP'],
    ],
    [
      'a numbered target port',
      [{ object: 'Service/broker', at: 'spec/ports/1/targetPort', to: 9041 }],
      [
        'Service/broker spec.ports[1].targetPort: ' +
          'pods of StatefulSet/broker have no port 9041/TCP',
      ],
    ],
    [
      'a port without a target',
      [{ object: 'Service/gateway', at: 'spec/ports/0/targetPort' }],
      ['Service/gateway spec.ports[0].targetPort: pods of Deployment/gateway have no port 80/TCP'],
    ],
    [
      'the protocol of a target port',
      [{ object: 'Service/gateway', at: 'spec/ports/0/protocol', to: 'UDP' }],
      [
        'Service/gateway spec.ports[0].targetPort: ' +
          'pods of Deployment/gateway have no port http/UDP',
      ],
    ],
    [
      'a StatefulSet without a Service',
      [statefulSet('spec/serviceName')],
      ['StatefulSet/broker spec.serviceName: is missing'],
    ],
    [
      'a StatefulSet whose Service is not there',
      [statefulSet('spec/serviceName', 'other')],
      ['StatefulSet/broker spec.serviceName: there is no Service "other"'],
    ],
    [
      'a StatefulSet whose Service is not its own',
      [statefulSet('spec/serviceName', 'gateway')],
      [
        'StatefulSet/broker spec.serviceName: Service "gateway" is not headless',
        'StatefulSet/broker spec.serviceName: Service "gateway" does not select its pods',
      ],
    ],
    [
      'a disruption budget',
      [
        {
          object: 'PodDisruptionBudget/broker',
          at: 'spec/selector/matchLabels/component',
          to: 'other',
        },
      ],
      ['PodDisruptionBudget/broker spec.selector: matches no pods'],
    ],
    [
      'a network policy',
      [
        {
          object: 'NetworkPolicy/broker',
          at: 'spec/podSelector/matchExpressions/0/operator',
          to: 'DoesNotExist',
        },
      ],
      [
        'NetworkPolicy/broker spec.podSelector: matches no pods',
        'NetworkPolicy/broker spec.ingress[0].ports[0].port: no matched pods have port grpc/TCP',
        'NetworkPolicy/broker spec.ingress[0].ports[1].port: no matched pods have port 9040/TCP',
      ],
    ],
    [
      'a port of a network policy',
      [{ object: 'NetworkPolicy/broker', at: 'spec/ingress/0/ports/0/port', to: 'http' }],
      ['NetworkPolicy/broker spec.ingress[0].ports[0].port: no matched pods have port http/TCP'],
    ],
  ]);

  test('monitors that find something', () => {
    expect(problemsWith(monitor)).toEqual([]);
    expect(problemsWith(podMonitor)).toEqual([]);
  });

  test('a ServiceMonitor without Services', () => {
    const spec = { ...(monitor.spec as object), selector: { matchLabels: { component: 'x' } } };
    expect(problemsWith({ ...monitor, spec })).toEqual([
      'ServiceMonitor/broker spec.selector: matches no Services',
    ]);
  });

  test('ports of a ServiceMonitor', () => {
    const spec = { ...(monitor.spec as object), endpoints: [{ port: 'a' }, { targetPort: 1 }] };
    expect(problemsWith({ ...monitor, spec })).toEqual([
      'ServiceMonitor/broker spec.endpoints[0].port: no matched Service has a port "a"',
      'ServiceMonitor/broker spec.endpoints[1].targetPort: ' +
        'no pods of matched Services have port 1',
    ]);
  });

  test('a PodMonitor without pods', () => {
    const spec = { ...(podMonitor.spec as object), selector: { matchLabels: { component: 'x' } } };
    expect(problemsWith({ ...podMonitor, spec })).toEqual([
      'PodMonitor/broker spec.selector: matches no pods',
    ]);
  });

  test('ports of a PodMonitor', () => {
    const spec = { ...(podMonitor.spec as object), podMetricsEndpoints: [{ port: 'a' }] };
    expect(problemsWith({ ...podMonitor, spec })).toEqual([
      'PodMonitor/broker spec.podMetricsEndpoints[0].port: no matched pods have port a',
    ]);
  });
});

describe('containers', () => {
  const sidecar = { name: 'proxy', image: 'proxy:1', ports: [{ containerPort: 6650 }] };

  runCases([
    [
      'a mount without a volume',
      [statefulSet(`${brokerContainer}/volumeMounts/-`, { name: 'cache', mountPath: '/cache' })],
      [`${containerPath}.volumeMounts[3].name: there is no volume "cache"`],
    ],
    [
      'a volume without a mount',
      [statefulSet(`${brokerPod}/volumes/-`, { name: 'cache', emptyDir: {} })],
      [`${volumesPath}[2]: no container mounts the volume "cache"`],
    ],
    [
      'a claim without a mount',
      [statefulSet('spec/volumeClaimTemplates/-', { metadata: { name: 'wal' } })],
      ['StatefulSet/broker spec.volumeClaimTemplates[1]: no container mounts the volume "wal"'],
    ],
    [
      'container names',
      [statefulSet(`${brokerPod}/initContainers/0/name`, 'broker')],
      [`${containerPath}.name: another container is named "broker"`],
    ],
    [
      'the same port in two containers',
      [statefulSet(`${brokerPod}/containers/-`, sidecar)],
      [
        'StatefulSet/broker spec.template.spec.containers[1].ports[0]: ' +
          'the container "broker" has port 6650/TCP too',
      ],
    ],
    [
      'the same port in an init container, which ends before',
      [statefulSet(`${brokerPod}/initContainers/0/ports`, [{ containerPort: 6650 }])],
      [],
    ],
    [
      'the same number with another protocol',
      [
        statefulSet(`${brokerPod}/containers/-`, {
          ...sidecar,
          ports: [{ containerPort: 6650, protocol: 'UDP' }],
        }),
      ],
      [],
    ],
    [
      'a named port of a probe',
      [statefulSet(`${brokerContainer}/readinessProbe/tcpSocket/port`, 'admin')],
      [`${containerPath}.readinessProbe.tcpSocket.port: the container has no port admin`],
    ],
    [
      'a numbered port of a probe',
      [statefulSet(`${brokerContainer}/livenessProbe/httpGet/port`, 9041)],
      [`${containerPath}.livenessProbe.httpGet.port: the container has no port 9041`],
    ],
    [
      'a port of a hook',
      [statefulSet(`${brokerContainer}/lifecycle`, { preStop: { httpGet: { port: 1 } } })],
      [`${containerPath}.lifecycle.preStop.httpGet.port: the container has no port 1`],
    ],
    [
      'a variable in the arguments',
      [statefulSet(`${brokerContainer}/args/0`, '--id=$(POD_NAMES)')],
      [`${containerPath}.args[0]: the variable POD_NAMES is not defined before`],
    ],
    [
      'a variable in the command',
      [statefulSet(`${brokerContainer}/command`, ['run', '$(POD_NAMES)'])],
      [`${containerPath}.command[1]: the variable POD_NAMES is not defined before`],
    ],
    [
      'a variable that is defined later',
      [statefulSet(`${brokerContainer}/env/0`, { name: 'FIRST', value: '$(ADDRESS)' })],
      [
        `${containerPath}.env[0].value: the variable ADDRESS is not defined before`,
        `${containerPath}.env[2].value: the variable POD_NAME is not defined before`,
        `${containerPath}.args[0]: the variable POD_NAME is not defined before`,
      ],
    ],
    [
      'a variable in a path',
      [
        statefulSet(`${brokerContainer}/volumeMounts/0/subPathExpr`, '$(POD_NAME)'),
        statefulSet(`${brokerContainer}/volumeMounts/2/subPathExpr`, '$(POD_UID)'),
      ],
      [`${containerPath}.volumeMounts[2].subPathExpr: the variable POD_UID is not defined before`],
    ],
  ]);

  test('variables of external objects are not known', () => {
    const changes = [
      statefulSet(`${brokerContainer}/envFrom/0/configMapRef/name`, 'users'),
      statefulSet(`${brokerContainer}/args/0`, '$(FROM_USERS)'),
    ];
    expect(problemsOf(changes, [{ kind: 'ConfigMap', name: 'users' }])).toEqual([]);
  });
});

describe('references of pods', () => {
  const missing = { name: 'other', key: 'key' };

  runCases([
    [
      'a ServiceAccount',
      [statefulSet(`${brokerPod}/serviceAccountName`, 'other')],
      [
        'StatefulSet/broker spec.template.spec.serviceAccountName: ' +
          'there is no ServiceAccount "other"',
      ],
    ],
    [
      'an image pull Secret',
      [deployment(`${brokerPod}/imagePullSecrets/0/name`, 'registry')],
      [
        'Deployment/gateway spec.template.spec.imagePullSecrets[0]: ' +
          'there is no Secret "registry"',
      ],
    ],
    [
      'a ConfigMap volume',
      [statefulSet(`${brokerPod}/volumes/0/configMap`, { name: 'other', optional: false })],
      [
        `${volumesPath}[0].configMap: there is no ConfigMap "other"`,
        `${containerPath}.volumeMounts[1].subPath: there is no ConfigMap "other"`,
      ],
    ],
    [
      'an optional ConfigMap volume',
      [statefulSet(`${brokerPod}/volumes/0/configMap`, { name: 'other', optional: true })],
      [],
    ],
    [
      'a key of a ConfigMap volume',
      [statefulSet(`${brokerPod}/volumes/0/configMap/items`, [{ key: 'a', path: 'danube.yml' }])],
      [`${volumesPath}[0].configMap.items[0].key: ConfigMap "broker-config" has no key "a"`],
    ],
    [
      'a subPath of a ConfigMap volume',
      [statefulSet(`${brokerContainer}/volumeMounts/1/subPath`, 'danube.yaml')],
      [
        `${containerPath}.volumeMounts[1].subPath: ` +
          'ConfigMap "broker-config" has no key "danube.yaml"',
      ],
    ],
    [
      'a key of a projected Secret',
      [statefulSet(`${brokerPod}/volumes/1/projected/sources/0/secret/items/0/key`, 'a')],
      [
        `${volumesPath}[1].projected.sources[0].secret.items[0].key: ` +
          'Secret "broker-token" has no key "a"',
      ],
    ],
    [
      'a Secret volume',
      [statefulSet(`${brokerPod}/volumes/1`, { name: 'token', secret: { secretName: 'other' } })],
      [`${volumesPath}[1].secret: there is no Secret "other"`],
    ],
    [
      'a claim',
      [
        statefulSet(`${brokerPod}/volumes/1`, {
          name: 'token',
          persistentVolumeClaim: { claimName: 'other' },
        }),
      ],
      [
        `${volumesPath}[1].persistentVolumeClaim.claimName: ` +
          'there is no PersistentVolumeClaim "other"',
      ],
    ],
    [
      'a Secret of a variable',
      [statefulSet(`${brokerContainer}/env/1/valueFrom/secretKeyRef`, missing)],
      [`${containerPath}.env[1].valueFrom.secretKeyRef: there is no Secret "other"`],
    ],
    [
      'an optional Secret of a variable',
      [
        statefulSet(`${brokerContainer}/env/1/valueFrom/secretKeyRef`, {
          ...missing,
          optional: true,
        }),
      ],
      [],
    ],
    [
      'a key of a variable',
      [
        statefulSet(`${brokerContainer}/env/1/valueFrom`, {
          configMapKeyRef: { name: 'broker-config', key: 'token' },
        }),
      ],
      [
        `${containerPath}.env[1].valueFrom.configMapKeyRef: ` +
          'ConfigMap "broker-config" has no key "token"',
      ],
    ],
    [
      'a Secret of all variables',
      [statefulSet(`${brokerContainer}/envFrom/-`, { secretRef: { name: 'other' } })],
      [`${containerPath}.envFrom[1].secretRef: there is no Secret "other"`],
    ],
  ]);

  const otherAccount = statefulSet(`${brokerPod}/serviceAccountName`, 'other');

  test('external objects as a list', () => {
    expect(problemsOf([otherAccount], [{ kind: 'ServiceAccount', name: 'other' }])).toEqual([]);
    expect(problemsOf([otherAccount], [{ kind: 'Secret', name: 'other' }])).toHaveLength(1);
  });

  test('external objects as a predicate', () => {
    expect(problemsOf([otherAccount], ({ name }) => name === 'other')).toEqual([]);
    expect(problemsOf([otherAccount], () => false)).toHaveLength(1);
  });

  test('the Secret of a Certificate', () => {
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'broker' },
      spec: { secretName: 'broker-tls' },
    };
    const source = { secretName: 'broker-tls', items: [{ key: 'tls.crt', path: 'a' }] };
    const volume = { name: 'token', secret: source };
    const objects = changedRelease([statefulSet(`${brokerPod}/volumes/1`, volume)]);
    const options = { namespace: releaseNamespace };
    expect(checkObjectGraph([...objects, certificate], options)).toEqual([]);
    source.items[0].key = 'key.pem';
    const changed = changedRelease([statefulSet(`${brokerPod}/volumes/1`, volume)]);
    expect(checkObjectGraph([...changed, certificate], options)).toEqual([
      `${volumesPath}[1].secret.items[0].key: Secret "broker-tls" has no key "key.pem"`,
    ]);
  });
});

describe('targets', () => {
  const backend = 'spec/rules/0/http/paths/0/backend/service';

  runCases([
    [
      'the Role of a RoleBinding',
      [{ object: 'RoleBinding/broker', at: 'roleRef/name', to: 'other' }],
      ['RoleBinding/broker roleRef: there is no Role "other"'],
    ],
    [
      'the ServiceAccount of a RoleBinding',
      [{ object: 'RoleBinding/broker', at: 'subjects/0/name', to: 'other' }],
      ['RoleBinding/broker subjects[0].name: there is no ServiceAccount "other"'],
    ],
    [
      "the namespace of a RoleBinding's subject",
      [{ object: 'RoleBinding/broker', at: 'subjects/0/namespace', to: 'default' }],
      [`RoleBinding/broker subjects[0].namespace: "default" is not the release's namespace`],
    ],
    [
      'the target of an autoscaler',
      [
        {
          object: 'HorizontalPodAutoscaler/gateway',
          at: 'spec/scaleTargetRef/kind',
          to: 'StatefulSet',
        },
      ],
      [
        'HorizontalPodAutoscaler/gateway spec.scaleTargetRef: ' +
          'there is no apps/v1 StatefulSet "gateway"',
      ],
    ],
    [
      'the Service of an Ingress',
      [{ object: 'Ingress/gateway', at: `${backend}/name`, to: 'other' }],
      [
        'Ingress/gateway spec.rules[0].http.paths[0].backend.service: ' +
          'there is no Service "other"',
      ],
    ],
    [
      'the port of an Ingress',
      [{ object: 'Ingress/gateway', at: `${backend}/port/name`, to: 'https' }],
      [
        'Ingress/gateway spec.rules[0].http.paths[0].backend.service: ' +
          'Service "gateway" has no port https',
      ],
    ],
    [
      'the default backend of an Ingress',
      [
        {
          object: 'Ingress/gateway',
          at: 'spec/defaultBackend',
          to: { service: { name: 'gateway', port: { number: 81 } } },
        },
      ],
      ['Ingress/gateway spec.defaultBackend.service: Service "gateway" has no port 81'],
    ],
  ]);

  test.each([
    ['broker', 6650, []],
    ['broker', 1, ['Service "broker" has no port 1']],
    ['other', 6650, ['there is no Service "other"']],
  ])('a route to %s:%d', (name, port, expected) => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      metadata: { name: 'broker' },
      spec: { rules: [{ backendRefs: [{ name, port }] }] },
    };
    const path = 'GRPCRoute/broker spec.rules[0].backendRefs[0]';
    expect(problemsWith(route)).toEqual(expected.map((message) => `${path}: ${message}`));
  });
});
