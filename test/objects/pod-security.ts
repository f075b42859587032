import type { IContainer, IPodSecurityContext, ISecurityContext } from 'kubernetes-models/v1';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { childPath, type KubernetesObject, type Report, reportOn } from './kubernetes-object';
import {
  findPodTemplate,
  podContainers,
  type PodContainer,
  type PodTemplate,
} from './pod-template';

export interface RestrictedOptions {
  /** Containers that the user supplied: the house rules do not bind them. */
  ignoreContainers?: (name: string) => boolean;
}

/**
 * What breaks the Pod Security Standard `restricted` (v1.33), and the house rules: a read-only root
 * file system, no API token unless it is of use, and resource requests and a memory limit.
 */
export function checkRestricted(
  objects: KubernetesObject[],
  options: RestrictedOptions = {},
): string[] {
  const problems: string[] = [];
  for (const object of objects) {
    const template = findPodTemplate(object);
    if (template) {
      const report = reportOn(object, problems);
      checkStandard(template, report);
      checkHouseRules(template, objects, options, report);
    }
  }
  return problems;
}

function checkStandard(template: PodTemplate, report: Report): void {
  checkHostAccess(template, report);
  checkVolumeTypes(template, report);
  checkSysctls(template, report);
  checkAppArmorAnnotations(template, report);
  const context = template.spec.securityContext ?? {};
  checkEitherContext(context, `${template.specPath}.securityContext`, report);
  for (const container of podContainers(template)) {
    checkContainer(container, context, report);
  }
}

function checkHostAccess({ spec, specPath }: PodTemplate, report: Report): void {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const) {
    if (spec[field]) {
      report(`${specPath}.${field}`, 'must not be true');
    }
  }
}

const allowedVolumes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Rules out hostPath too. */
function checkVolumeTypes({ spec, specPath }: PodTemplate, report: Report): void {
  (spec.volumes ?? []).forEach((volume, index) => {
    for (const type of Object.keys(volume)) {
      if (type !== 'name' && !allowedVolumes.has(type)) {
        report(`${specPath}.volumes[${index}].${type}`, 'this type of volume is not allowed');
      }
    }
  });
}

const allowedSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

function checkSysctls({ spec, specPath }: PodTemplate, report: Report): void {
  (spec.securityContext?.sysctls ?? []).forEach(({ name }, index) => {
    if (!allowedSysctls.has(name)) {
      report(`${specPath}.securityContext.sysctls[${index}].name`, `"${name}" is not allowed`);
    }
  });
}

/** How profiles were set before Kubernetes 1.30; still honoured. */
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

function checkAppArmorAnnotations(template: PodTemplate, report: Report): void {
  for (const [key, profile] of Object.entries(template.metadata.annotations ?? {})) {
    const isAllowed = profile === 'runtime/default' || profile.startsWith('localhost/');
    if (key.startsWith(appArmorPrefix) && !isAllowed) {
      const path = childPath(`${template.metadataPath}.annotations`, key);
      report(path, `"${profile}" is not allowed`);
    }
  }
}

const allowedProfiles = ['RuntimeDefault', 'Localhost'];

const allowedSelinuxTypes = [
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

/** What holds for a pod's security context as for a container's. */
function checkEitherContext(
  context: IPodSecurityContext | ISecurityContext,
  path: string,
  report: Report,
): void {
  const { appArmorProfile, seccompProfile, seLinuxOptions } = context;
  if (context.windowsOptions?.hostProcess) {
    report(`${path}.windowsOptions.hostProcess`, 'must not be true');
  }
  if (appArmorProfile && !allowedProfiles.includes(appArmorProfile.type)) {
    report(`${path}.appArmorProfile.type`, `"${appArmorProfile.type}" is not allowed`);
  }
  if (seccompProfile && !allowedProfiles.includes(seccompProfile.type)) {
    report(`${path}.seccompProfile.type`, `"${seccompProfile.type}" is not allowed`);
  }
  if (seLinuxOptions?.type && !allowedSelinuxTypes.includes(seLinuxOptions.type)) {
    report(`${path}.seLinuxOptions.type`, `"${seLinuxOptions.type}" is not allowed`);
  }
  for (const field of ['user', 'role'] as const) {
    if (seLinuxOptions?.[field]) {
      report(`${path}.seLinuxOptions.${field}`, 'must not be set');
    }
  }
  if (context.runAsNonRoot === false) {
    report(`${path}.runAsNonRoot`, 'must not be false');
  }
  if (context.runAsUser === 0) {
    report(`${path}.runAsUser`, 'must not be 0');
  }
}

function checkContainer(
  { container, path }: PodContainer,
  podContext: IPodSecurityContext,
  report: Report,
): void {
  const context = container.securityContext ?? {};
  const at = `${path}.securityContext`;
  checkEitherContext(context, at, report);
  if (context.privileged) {
    report(`${at}.privileged`, 'must not be true');
  }
  if (context.allowPrivilegeEscalation !== false) {
    report(`${at}.allowPrivilegeEscalation`, 'must be false');
  }
  if (context.runAsNonRoot === undefined && podContext.runAsNonRoot === undefined) {
    report(`${at}.runAsNonRoot`, 'must be true, here or for the pod');
  }
  if (!context.seccompProfile && !podContext.seccompProfile) {
    report(`${at}.seccompProfile`, 'must be set, here or for the pod');
  }
  if (context.procMount !== undefined && context.procMount !== 'Default') {
    report(`${at}.procMount`, `"${context.procMount}" is not allowed`);
  }
  checkCapabilities(context, at, report);
  checkHostPorts(container, path, report);
}

function checkCapabilities(context: ISecurityContext, path: string, report: Report): void {
  if (!context.capabilities?.drop?.includes('ALL')) {
    report(`${path}.capabilities.drop`, 'must include ALL');
  }
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'NET_BIND_SERVICE') {
      report(`${path}.capabilities.add`, `"${capability}" is not allowed`);
    }
  }
}

function checkHostPorts(container: IContainer, path: string, report: Report): void {
  (container.ports ?? []).forEach(({ hostPort }, index) => {
    if (hostPort) {
      report(`${path}.ports[${index}].hostPort`, 'must not be set');
    }
  });
}

function checkHouseRules(
  template: PodTemplate,
  objects: KubernetesObject[],
  options: RestrictedOptions,
  report: Report,
): void {
  const { spec, specPath } = template;
  if (spec.automountServiceAccountToken !== false && !hasRole(spec.serviceAccountName, objects)) {
    const message = 'must be false, as no RoleBinding gives the ServiceAccount a role';
    report(`${specPath}.automountServiceAccountToken`, message);
  }
  for (const { container, path, role } of podContainers(template)) {
    if (options.ignoreContainers?.(container.name)) {
      continue;
    }
    if (container.securityContext?.readOnlyRootFilesystem !== true) {
      report(`${path}.securityContext.readOnlyRootFilesystem`, 'must be true');
    }
    // Ephemeral containers cannot have resources.
    if (role !== 'ephemeral') {
      checkResources(container, path, report);
    }
  }
}

function checkResources(container: IContainer, path: string, report: Report): void {
  const { requests, limits } = container.resources ?? {};
  for (const resource of ['cpu', 'memory']) {
    if (requests?.[resource] === undefined) {
      report(`${path}.resources.requests.${resource}`, 'must be set');
    }
  }
  if (limits?.memory === undefined) {
    report(`${path}.resources.limits.memory`, 'must be set');
  }
}

function hasRole(serviceAccount: string | undefined, objects: KubernetesObject[]): boolean {
  return objects.some((object) => {
    if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') {
      return false;
    }
    const { subjects } = object as unknown as IRoleBinding;
    return (subjects ?? []).some(
      ({ kind, name }) => kind === 'ServiceAccount' && name === (serviceAccount ?? 'default'),
    );
  });
}
