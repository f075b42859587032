import type { IContainer, IProbe, IVolume } from 'kubernetes-models/v1';
import { type KubernetesObject, type Report } from './kubernetes-object';
import { reportName } from './metadata-rules';
import { dataKey, dns1123Label, dns1123Subdomain, environmentName, portName } from './name-syntax';
import {
  findPodTemplate,
  podContainers,
  type PodContainer,
  type PodTemplate,
} from './pod-template';
import { quantityValue } from './quantity';

/** What the API server checks of pods besides the types of their fields. */
export function checkPod(object: KubernetesObject, report: Report): void {
  const template = findPodTemplate(object);
  if (!template) {
    return;
  }
  const containers = podContainers(template);
  reportDuplicates(
    containers.map(({ container, path }) => ({ path: `${path}.name`, value: container.name })),
    'container name',
    report,
  );
  containers.forEach((container) => {
    checkContainer(container, report);
  });
  checkVolumes(template, report);
  checkRestartPolicy(template, report);
}

/** A value and its path, to tell which of several are the same. */
interface Located {
  path: string;
  value: string;
}

export function reportDuplicates(values: Located[], what: string, report: Report): void {
  const seen = new Set<string>();
  for (const { path, value } of values) {
    if (seen.has(value)) {
      report(path, `duplicate ${what} "${value}"`);
    }
    seen.add(value);
  }
}

function checkContainer({ container, path }: PodContainer, report: Report): void {
  reportName(`${path}.name`, container.name, dns1123Label, report);
  if (container.image !== undefined && container.image.trim() !== container.image) {
    report(`${path}.image`, `"${container.image}" has spaces around it`);
  }
  if (!container.image) {
    report(`${path}.image`, 'is missing');
  }
  checkContainerPorts(container, path, report);
  checkEnvironment(container, path, report);
  checkMountPaths(container, path, report);
  checkResources(container, path, report);
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    checkProbe(container[name], `${path}.${name}`, report);
  }
}

function checkContainerPorts(container: IContainer, path: string, report: Report): void {
  const names: Located[] = [];
  (container.ports ?? []).forEach((port, index) => {
    const at = `${path}.ports[${index}]`;
    if (port.containerPort < 1 || port.containerPort > 65535) {
      report(`${at}.containerPort`, `${port.containerPort} is not a port`);
    }
    if (port.name !== undefined) {
      reportName(`${at}.name`, port.name, portName, report);
      names.push({ path: `${at}.name`, value: port.name });
    }
  });
  reportDuplicates(names, 'port name', report);
}

function checkEnvironment(container: IContainer, path: string, report: Report): void {
  const variables = container.env ?? [];
  variables.forEach((variable, index) => {
    const at = `${path}.env[${index}]`;
    reportName(`${at}.name`, variable.name, environmentName, report);
    if (variable.valueFrom) {
      if (variable.value) {
        report(at, 'has both value and valueFrom');
      }
      reportUnlessOne(variable.valueFrom, [], `${at}.valueFrom`, 'source', report);
    }
  });
  reportDuplicates(
    variables.map(({ name }, index) => ({ path: `${path}.env[${index}].name`, value: name })),
    'environment variable',
    report,
  );
}

function checkMountPaths(container: IContainer, path: string, report: Report): void {
  const mounts = container.volumeMounts ?? [];
  mounts.forEach((mount, index) => {
    const at = `${path}.volumeMounts[${index}]`;
    if (mount.mountPath === '' || mount.mountPath.includes(':')) {
      report(`${at}.mountPath`, `"${mount.mountPath}" is not a mount path`);
    }
    if (mount.subPath?.startsWith('/') || mount.subPath?.split('/').includes('..')) {
      report(`${at}.subPath`, `"${mount.subPath}" is not a relative path within the volume`);
    }
  });
  reportDuplicates(
    mounts.map(({ mountPath }, index) => ({
      path: `${path}.volumeMounts[${index}].mountPath`,
      value: mountPath,
    })),
    'mount path',
    report,
  );
}

type Quantities = Record<string, string | number>;

function checkResources(container: IContainer, path: string, report: Report): void {
  const limits: Partial<Quantities> = container.resources?.limits ?? {};
  const requests = container.resources?.requests ?? {};
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit !== undefined && quantityValue(request) > quantityValue(limit)) {
      report(`${path}.resources.requests.${name}`, `${request} is more than the limit ${limit}`);
    }
  }
}

const probeHandlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

function checkProbe(probe: IProbe | undefined, path: string, report: Report): void {
  if (!probe) {
    return;
  }
  const handlers = Object.keys(probe).filter((key) => probeHandlers.includes(key));
  if (handlers.length !== 1) {
    report(path, `must have exactly one handler, has ${handlers.length}`);
  }
}

function checkVolumes(template: PodTemplate, report: Report): void {
  const volumes = template.spec.volumes ?? [];
  const path = `${template.specPath}.volumes`;
  volumes.forEach((volume, index) => {
    checkVolume(volume, `${path}[${index}]`, report);
  });
  reportDuplicates(
    volumes.map(({ name }, index) => ({ path: `${path}[${index}].name`, value: name })),
    'volume name',
    report,
  );
}

function checkVolume(volume: IVolume, path: string, report: Report): void {
  reportName(`${path}.name`, volume.name, dns1123Label, report);
  reportUnlessOne(volume, ['name'], path, 'volume source', report);
  for (const source of ['configMap', 'secret'] as const) {
    (volume[source]?.items ?? []).forEach(({ key }, index) => {
      reportName(`${path}.${source}.items[${index}].key`, key, dataKey, report);
    });
  }
  if (volume.secret?.secretName) {
    reportName(`${path}.secret.secretName`, volume.secret.secretName, dns1123Subdomain, report);
  }
  if (volume.configMap?.name) {
    reportName(`${path}.configMap.name`, volume.configMap.name, dns1123Subdomain, report);
  }
}

function reportUnlessOne(
  fields: object,
  except: string[],
  path: string,
  what: string,
  report: Report,
): void {
  const keys = Object.keys(fields).filter((key) => !except.includes(key));
  if (keys.length !== 1) {
    report(path, `must have exactly one ${what}, has ${keys.length}`);
  }
}

function checkRestartPolicy(template: PodTemplate, report: Report): void {
  const { kind } = template.owner;
  if (kind === 'Pod') {
    return;
  }
  const policy = template.spec.restartPolicy ?? 'Always';
  const runsToEnd = kind === 'Job' || kind === 'CronJob';
  if (runsToEnd === (policy === 'Always')) {
    report(`${template.specPath}.restartPolicy`, `a ${kind} cannot have ${policy}`);
  }
}
