import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IContainer, ILifecycleHandler, IProbe } from 'kubernetes-models/v1';
import { type Report } from './kubernetes-object';
import { dataKeys } from './pod-references';
import { containerHasPort } from './pod-ports';
import {
  podContainers,
  type PodContainer,
  type PodTemplate,
  runningContainers,
} from './pod-template';
import { type Release } from './release';

/** What a pod's containers refer to within the pod: volumes, ports and variables. */
export function checkContainerWiring(
  template: PodTemplate,
  release: Release,
  report: Report,
): void {
  checkContainerNames(template, report);
  checkVolumes(template, report);
  checkSharedPorts(template, report);
  for (const container of podContainers(template)) {
    checkProbePorts(container, report);
    checkVariables(container, release, report);
  }
}

function checkContainerNames(template: PodTemplate, report: Report): void {
  const seen = new Set<string>();
  for (const { container, path } of podContainers(template)) {
    if (seen.has(container.name)) {
      report(`${path}.name`, `another container is named "${container.name}"`);
    }
    seen.add(container.name);
  }
}

interface NamedVolume {
  name: string;
  path: string;
}

function checkVolumes(template: PodTemplate, report: Report): void {
  const volumes = namedVolumes(template);
  const mounted = new Set<string>();
  for (const { container, path } of podContainers(template)) {
    for (const field of ['volumeMounts', 'volumeDevices'] as const) {
      (container[field] ?? []).forEach(({ name }, index) => {
        mounted.add(name);
        if (!volumes.some((volume) => volume.name === name)) {
          report(`${path}.${field}[${index}].name`, `there is no volume "${name}"`);
        }
      });
    }
  }
  for (const { name, path } of volumes) {
    if (!mounted.has(name)) {
      report(path, `no container mounts the volume "${name}"`);
    }
  }
}

function namedVolumes({ owner, spec, specPath }: PodTemplate): NamedVolume[] {
  const volumes = (spec.volumes ?? []).map(({ name }, index) => ({
    name,
    path: `${specPath}.volumes[${index}]`,
  }));
  if (owner.kind !== 'StatefulSet') {
    return volumes;
  }
  const claims = (owner as IStatefulSet).spec?.volumeClaimTemplates ?? [];
  const claimed = claims.map(({ metadata }, index) => ({
    name: metadata?.name ?? '',
    path: `spec.volumeClaimTemplates[${index}]`,
  }));
  return [...volumes, ...claimed];
}

function checkSharedPorts(template: PodTemplate, report: Report): void {
  const holders = new Map<string, string>();
  for (const { container, path } of runningContainers(template)) {
    (container.ports ?? []).forEach(({ containerPort, protocol }, index) => {
      const port = `${containerPort}/${protocol ?? 'TCP'}`;
      const holder = holders.get(port);
      if (holder !== undefined && holder !== container.name) {
        report(`${path}.ports[${index}]`, `the container "${holder}" has port ${port} too`);
      }
      holders.set(port, container.name);
    });
  }
}

function checkProbePorts({ container, path }: PodContainer, report: Report): void {
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    checkHandlerPort(container, container[name], `${path}.${name}`, report);
  }
  for (const name of ['postStart', 'preStop'] as const) {
    checkHandlerPort(container, container.lifecycle?.[name], `${path}.lifecycle.${name}`, report);
  }
}

function checkHandlerPort(
  container: IContainer,
  handler: (IProbe & ILifecycleHandler) | undefined,
  path: string,
  report: Report,
): void {
  for (const name of ['httpGet', 'tcpSocket', 'grpc'] as const) {
    const port = handler?.[name]?.port;
    if (port !== undefined && !containerHasPort(container, port)) {
      report(`${path}.${name}.port`, `the container has no port ${port}`);
    }
  }
}

/** Kubernetes leaves a reference to a variable that is not defined (yet) as it is written. */
function checkVariables({ container, path }: PodContainer, release: Release, report: Report): void {
  const defined = importedVariables(container, release);
  if (!defined) {
    return;
  }
  const variables = container.env ?? [];
  variables.forEach(({ name, value }, index) => {
    reportUndefined(value, defined, `${path}.env[${index}].value`, report);
    defined.add(name);
  });
  for (const field of ['command', 'args'] as const) {
    (container[field] ?? []).forEach((argument, index) => {
      reportUndefined(argument, defined, `${path}.${field}[${index}]`, report);
    });
  }
  (container.volumeMounts ?? []).forEach(({ subPathExpr }, index) => {
    reportUndefined(subPathExpr, defined, `${path}.volumeMounts[${index}].subPathExpr`, report);
  });
}

/** The variables of `envFrom`; undefined when they cannot be known from the rendered objects. */
function importedVariables(container: IContainer, release: Release): Set<string> | undefined {
  const variables = new Set(['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT']);
  for (const { configMapRef, secretRef, prefix } of container.envFrom ?? []) {
    const keys = configMapRef
      ? dataKeys(release, 'ConfigMap', configMapRef.name ?? '')
      : dataKeys(release, 'Secret', secretRef?.name ?? '');
    if (!keys) {
      return undefined;
    }
    keys.forEach((key) => variables.add(`${prefix ?? ''}${key}`));
  }
  return variables;
}

/** Upper case only: `$(hostname)` in a script is the shell's. `$$(NAME)` is an escape. */
const variableReference = /\$\$|\$\(([A-Z_][A-Z0-9_]*)\)/g;

function reportUndefined(
  text: string | undefined,
  defined: Set<string>,
  path: string,
  report: Report,
): void {
  for (const match of (text ?? '').matchAll(variableReference)) {
    const name = match.at(1);
    if (name !== undefined && !defined.has(name)) {
      report(path, `the variable ${name} is not defined before`);
    }
  }
}
