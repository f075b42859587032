import { type KubernetesObject } from './kubernetes-object';
import { checkRestricted } from './pod-security';
import { type Change, changedRelease } from './release-change';
import { soundRelease } from './sound-release';

const pod = 'spec/template/spec';
const container = `${pod}/containers/0`;
const context = `${container}/securityContext`;
const podPath = 'Deployment/gateway spec.template.spec';
const containerPath = `${podPath}.containers[0]`;
const contextPath = `${containerPath}.securityContext`;

function deployment(at: string, to?: unknown): Change {
  return { object: 'Deployment/gateway', at, to };
}

type Case = [string, Change[], string[]];

function runCases(cases: Case[]): void {
  test.each(cases)('%s', (_rule, changes, expected) => {
    expect(checkRestricted(changedRelease(changes))).toEqual(expected);
  });
}

test('a sound release has no problems', () => {
  expect(checkRestricted(soundRelease())).toEqual([]);
});

describe('the baseline', () => {
  runCases([
    [
      'host network',
      [deployment(`${pod}/hostNetwork`, true)],
      [`${podPath}.hostNetwork: must not be true`],
    ],
    ['host PID', [deployment(`${pod}/hostPID`, true)], [`${podPath}.hostPID: must not be true`]],
    ['host IPC', [deployment(`${pod}/hostIPC`, true)], [`${podPath}.hostIPC: must not be true`]],
    ['no host network', [deployment(`${pod}/hostNetwork`, false)], []],
    [
      'host process',
      [deployment(`${context}/windowsOptions`, { hostProcess: true })],
      [`${contextPath}.windowsOptions.hostProcess: must not be true`],
    ],
    [
      'privileged',
      [deployment(`${context}/privileged`, true)],
      [`${contextPath}.privileged: must not be true`],
    ],
    [
      'host port',
      [deployment(`${container}/ports/0/hostPort`, 8080)],
      [`${containerPath}.ports[0].hostPort: must not be set`],
    ],
    [
      'hostPath',
      [deployment(`${pod}/volumes`, [{ name: 'a', hostPath: { path: '/' } }])],
      [`${podPath}.volumes[0].hostPath: this type of volume is not allowed`],
    ],
    [
      'AppArmor of a pod',
      [deployment(`${pod}/securityContext/appArmorProfile`, { type: 'Unconfined' })],
      [`${podPath}.securityContext.appArmorProfile.type: "Unconfined" is not allowed`],
    ],
    [
      'AppArmor of a container',
      [deployment(`${context}/appArmorProfile`, { type: 'RuntimeDefault' })],
      [],
    ],
    [
      'AppArmor as an annotation',
      [
        deployment('spec/template/metadata/annotations', {
          'container.apparmor.security.beta.kubernetes.io/gateway': 'unconfined',
          'container.apparmor.security.beta.kubernetes.io/other': 'runtime/default',
        }),
      ],
      [
        'Deployment/gateway spec.template.metadata.annotations' +
          '["container.apparmor.security.beta.kubernetes.io/gateway"]: ' +
          '"unconfined" is not allowed',
      ],
    ],
    [
      'SELinux type',
      [deployment(`${context}/seLinuxOptions`, { type: 'spc_t' })],
      [`${contextPath}.seLinuxOptions.type: "spc_t" is not allowed`],
    ],
    [
      'SELinux type that is allowed',
      [deployment(`${context}/seLinuxOptions`, { type: 'container_t', level: 's0' })],
      [],
    ],
    [
      'SELinux user and role',
      [deployment(`${pod}/securityContext/seLinuxOptions`, { user: 'a', role: 'b' })],
      [
        `${podPath}.securityContext.seLinuxOptions.user: must not be set`,
        `${podPath}.securityContext.seLinuxOptions.role: must not be set`,
      ],
    ],
    [
      'proc mount',
      [deployment(`${context}/procMount`, 'Unmasked')],
      [`${contextPath}.procMount: "Unmasked" is not allowed`],
    ],
    ['default proc mount', [deployment(`${context}/procMount`, 'Default')], []],
    [
      'sysctl',
      [deployment(`${pod}/securityContext/sysctls`, [{ name: 'kernel.msgmax', value: '1' }])],
      [`${podPath}.securityContext.sysctls[0].name: "kernel.msgmax" is not allowed`],
    ],
    [
      'safe sysctl',
      [
        deployment(`${pod}/securityContext/sysctls`, [
          { name: 'net.ipv4.tcp_keepalive_time', value: '60' },
        ]),
      ],
      [],
    ],
  ]);
});

describe('the restricted standard', () => {
  const localhost = { type: 'Localhost', localhostProfile: 'a.json' };

  runCases([
    [
      'volume type',
      [deployment(`${pod}/volumes`, [{ name: 'a', nfs: { server: 'b', path: '/' } }])],
      [`${podPath}.volumes[0].nfs: this type of volume is not allowed`],
    ],
    [
      'volume types that are allowed',
      [
        deployment(`${pod}/volumes`, [
          { name: 'a', emptyDir: {} },
          { name: 'b', ephemeral: {} },
        ]),
      ],
      [],
    ],
    [
      'privilege escalation',
      [deployment(`${context}/allowPrivilegeEscalation`)],
      [`${contextPath}.allowPrivilegeEscalation: must be false`],
    ],
    [
      'non-root left open',
      [deployment(`${pod}/securityContext/runAsNonRoot`)],
      [`${contextPath}.runAsNonRoot: must be true, here or for the pod`],
    ],
    [
      'non-root for the container alone',
      [
        deployment(`${pod}/securityContext/runAsNonRoot`),
        deployment(`${context}/runAsNonRoot`, true),
      ],
      [],
    ],
    [
      'non-root switched off for the container',
      [deployment(`${context}/runAsNonRoot`, false)],
      [`${contextPath}.runAsNonRoot: must not be false`],
    ],
    [
      'non-root switched off for the pod',
      [
        deployment(`${pod}/securityContext/runAsNonRoot`, false),
        deployment(`${context}/runAsNonRoot`, true),
      ],
      [`${podPath}.securityContext.runAsNonRoot: must not be false`],
    ],
    [
      'root user of the pod',
      [deployment(`${pod}/securityContext/runAsUser`, 0)],
      [`${podPath}.securityContext.runAsUser: must not be 0`],
    ],
    [
      'root user of the container',
      [deployment(`${context}/runAsUser`, 0)],
      [`${contextPath}.runAsUser: must not be 0`],
    ],
    [
      'no seccomp profile',
      [deployment(`${pod}/securityContext/seccompProfile`)],
      [`${contextPath}.seccompProfile: must be set, here or for the pod`],
    ],
    [
      'seccomp profile of the container alone',
      [
        deployment(`${pod}/securityContext/seccompProfile`),
        deployment(`${context}/seccompProfile`, localhost),
      ],
      [],
    ],
    [
      'unconfined seccomp profile',
      [deployment(`${context}/seccompProfile`, { type: 'Unconfined' })],
      [`${contextPath}.seccompProfile.type: "Unconfined" is not allowed`],
    ],
    [
      'capabilities not dropped',
      [deployment(`${context}/capabilities`, { drop: ['NET_RAW'] })],
      [`${contextPath}.capabilities.drop: must include ALL`],
    ],
    [
      'capability added',
      [deployment(`${context}/capabilities/add`, ['SYS_TIME'])],
      [`${contextPath}.capabilities.add: "SYS_TIME" is not allowed`],
    ],
    [
      'the one capability that may be added',
      [deployment(`${context}/capabilities/add`, ['NET_BIND_SERVICE'])],
      [],
    ],
  ]);
});

describe('the house rules', () => {
  runCases([
    [
      'root file system',
      [deployment(`${context}/readOnlyRootFilesystem`)],
      [`${contextPath}.readOnlyRootFilesystem: must be true`],
    ],
    [
      'API token without a use',
      [deployment(`${pod}/automountServiceAccountToken`)],
      [
        `${podPath}.automountServiceAccountToken: ` +
          'must be false, as no RoleBinding gives the ServiceAccount a role',
      ],
    ],
    [
      'API token of a ServiceAccount with a role',
      [
        deployment(`${pod}/automountServiceAccountToken`),
        deployment(`${pod}/serviceAccountName`, 'broker'),
      ],
      [],
    ],
    [
      'resources',
      [deployment(`${container}/resources`)],
      [
        `${containerPath}.resources.requests.cpu: must be set`,
        `${containerPath}.resources.requests.memory: must be set`,
        `${containerPath}.resources.limits.memory: must be set`,
      ],
    ],
  ]);

  const sidecar = {
    name: 'proxy',
    image: 'proxy:1',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };

  test('do not bind ignored containers', () => {
    const objects = changedRelease([deployment(`${pod}/containers/-`, sidecar)]);
    expect(checkRestricted(objects)).toHaveLength(4);
    const ignoreContainers = (name: string) => name === 'proxy';
    expect(checkRestricted(objects, { ignoreContainers })).toEqual([]);
  });

  test('though the standard does', () => {
    const root = { ...sidecar, securityContext: { ...sidecar.securityContext, runAsUser: 0 } };
    const objects = changedRelease([deployment(`${pod}/containers/-`, root)]);
    expect(checkRestricted(objects, { ignoreContainers: () => true })).toEqual([
      `${podPath}.containers[1].securityContext.runAsUser: must not be 0`,
    ]);
  });
});

describe('where containers are', () => {
  const loose = { name: 'a', image: 'b' };

  function looseContainerProblems(path: string): string[] {
    return [
      `${path}.securityContext.allowPrivilegeEscalation: must be false`,
      `${path}.securityContext.capabilities.drop: must include ALL`,
    ];
  }

  const options = { ignoreContainers: () => true };

  test.each(['initContainers', 'ephemeralContainers'])('%s', (field) => {
    const objects = changedRelease([deployment(`${pod}/${field}`, [loose])]);
    expect(checkRestricted(objects, options)).toEqual(
      looseContainerProblems(`${podPath}.${field}[0]`),
    );
  });

  const looseSpec = {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [loose],
  };
  const template = { spec: looseSpec };
  const holders: [string, object, string][] = [
    ['Pod', { spec: looseSpec }, 'spec'],
    ['Deployment', { spec: { template } }, 'spec.template.spec'],
    ['StatefulSet', { spec: { template } }, 'spec.template.spec'],
    ['DaemonSet', { spec: { template } }, 'spec.template.spec'],
    ['Job', { spec: { template } }, 'spec.template.spec'],
    [
      'CronJob',
      { spec: { jobTemplate: { spec: { template } } } },
      'spec.jobTemplate.spec.template.spec',
    ],
  ];

  test.each(holders)('%s', (kind, fields, path) => {
    const object: KubernetesObject = {
      apiVersion: 'any/v1',
      kind,
      metadata: { name: 'c' },
      ...fields,
    };
    expect(checkRestricted([object], options)).toEqual(
      looseContainerProblems(`${kind}/c ${path}.containers[0]`),
    );
  });
});
