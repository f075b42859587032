import type { ILabelSelector } from '@kubernetes-models/apimachinery/apis/meta/v1/LabelSelector';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import { type KubernetesObject, type Report } from './kubernetes-object';
import { labelsMatch, selectorMatches } from './label-selector';
import { podHasPort } from './pod-ports';
import { findPodTemplate, type PodTemplate } from './pod-template';
import { findObject, objectsOfKind, type Release } from './release';

/** Selectors choose pods (or Services) of the release, and ports choose ports of these. */
export function checkSelectors(object: KubernetesObject, release: Release, report: Report): void {
  const plain: unknown = object;
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
      checkWorkloadSelector(object, release, report);
      break;
    case 'StatefulSet':
      checkWorkloadSelector(object, release, report);
      checkGoverningService(plain as IStatefulSet, release, report);
      break;
    case 'Service':
      checkServiceSelector(plain as IService, release, report);
      break;
    case 'PodDisruptionBudget':
      checkBudgetSelector(plain as IPodDisruptionBudget, release, report);
      break;
    case 'NetworkPolicy':
      checkPolicySelector(plain as INetworkPolicy, release, report);
      break;
    case 'ServiceMonitor':
      checkServiceMonitor(object, release, report);
      break;
    case 'PodMonitor':
      checkPodMonitor(object, release, report);
      break;
  }
}

function selectedTemplates(release: Release, selector: ILabelSelector): PodTemplate[] {
  return release.templates.filter(({ labels }) => selectorMatches(selector, labels));
}

function ownerName({ owner }: PodTemplate): string {
  return `${owner.kind}/${owner.metadata.name}`;
}

function checkWorkloadSelector(object: KubernetesObject, release: Release, report: Report): void {
  const { selector } = object.spec as { selector: ILabelSelector };
  const own = findPodTemplate(object);
  if (!own || !selectorMatches(selector, own.labels)) {
    report('spec.selector', "does not match its own pods' labels");
  }
  for (const template of selectedTemplates(release, selector)) {
    if (template.owner !== object) {
      report('spec.selector', `matches the pods of ${ownerName(template)} too`);
    }
  }
}

function checkGoverningService(statefulSet: IStatefulSet, release: Release, report: Report): void {
  const name = statefulSet.spec?.serviceName;
  if (!name) {
    report('spec.serviceName', 'is missing');
    return;
  }
  const service = findObject(release, 'Service', name) as IService | undefined;
  if (!service) {
    report('spec.serviceName', `there is no Service "${name}"`);
    return;
  }
  if (service.spec?.clusterIP !== 'None') {
    report('spec.serviceName', `Service "${name}" is not headless`);
  }
  const labels = statefulSet.spec?.template.metadata?.labels ?? {};
  const selector = service.spec?.selector;
  if (!selector || !labelsMatch(selector, labels)) {
    report('spec.serviceName', `Service "${name}" does not select its pods`);
  }
}

function checkServiceSelector(service: IService, release: Release, report: Report): void {
  const selector = service.spec?.selector;
  if (!selector) {
    return;
  }
  const templates = templatesBehind(selector, release);
  if (templates.length === 0) {
    report('spec.selector', 'matches no pods');
  }
  (service.spec?.ports ?? []).forEach((port, index) => {
    const target = port.targetPort ?? port.port;
    const path = `spec.ports[${index}].targetPort`;
    reportPodsWithoutPort(templates, target, port.protocol ?? 'TCP', path, report);
  });
}

/** The controller gives each pod of a StatefulSet its name as a label too. */
const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

function templatesBehind(selector: Record<string, string>, release: Release): PodTemplate[] {
  const { [POD_NAME_LABEL]: podName = '', ...matchLabels } = selector;
  const templates = selectedTemplates(release, { matchLabels });
  return podName === ''
    ? templates
    : templates.filter(({ owner }) => hasPod(owner, podName, release));
}

/** Whether a StatefulSet has a pod of that name, at least when it is scaled up. */
function hasPod(owner: KubernetesObject, podName: string, release: Release): boolean {
  const [, name, ordinal] = /^(.*)-(0|[1-9][0-9]*)$/.exec(podName) ?? [];
  return (
    owner.kind === 'StatefulSet' &&
    owner.metadata.name === name &&
    Number(ordinal) < mostReplicas(owner as IStatefulSet, release)
  );
}

function mostReplicas(owner: IStatefulSet, release: Release): number {
  const scalers = objectsOfKind(release, 'HorizontalPodAutoscaler') as IHorizontalPodAutoscaler[];
  const scaler = scalers.find(({ spec }) => spec?.scaleTargetRef.name === owner.metadata?.name);
  return scaler?.spec?.maxReplicas ?? owner.spec?.replicas ?? 1;
}

function reportPodsWithoutPort(
  templates: PodTemplate[],
  port: string | number,
  protocol: string,
  path: string,
  report: Report,
): void {
  for (const template of templates) {
    if (!podHasPort(template, port, protocol)) {
      report(path, `pods of ${ownerName(template)} have no port ${port}/${protocol}`);
    }
  }
}

function checkBudgetSelector(budget: IPodDisruptionBudget, release: Release, report: Report): void {
  const templates = selectedTemplates(release, budget.spec?.selector ?? {});
  if (templates.length === 0) {
    report('spec.selector', 'matches no pods');
  }
}

function checkPolicySelector(policy: INetworkPolicy, release: Release, report: Report): void {
  const templates = selectedTemplates(release, policy.spec?.podSelector ?? {});
  if (templates.length === 0) {
    report('spec.podSelector', 'matches no pods');
  }
  (policy.spec?.ingress ?? []).forEach((rule, ruleIndex) => {
    (rule.ports ?? []).forEach(({ port, protocol, endPort }, index) => {
      const path = `spec.ingress[${ruleIndex}].ports[${index}].port`;
      if (port === undefined || endPort !== undefined) {
        return;
      }
      const isOpen = (template: PodTemplate) => podHasPort(template, port, protocol ?? 'TCP');
      if (!templates.some(isOpen)) {
        report(path, `no matched pods have port ${port}/${protocol ?? 'TCP'}`);
      }
    });
  });
}

interface MonitorEndpoint {
  port?: string;
  targetPort?: string | number;
}

interface MonitorSpec {
  selector: ILabelSelector;
  endpoints?: MonitorEndpoint[];
  podMetricsEndpoints?: MonitorEndpoint[];
}

function checkServiceMonitor(monitor: KubernetesObject, release: Release, report: Report): void {
  const { selector, endpoints } = monitor.spec as MonitorSpec;
  const services = objectsOfKind(release, 'Service').filter((service) =>
    selectorMatches(selector, service.metadata.labels ?? {}),
  );
  if (services.length === 0) {
    report('spec.selector', 'matches no Services');
    return;
  }
  (endpoints ?? []).forEach(({ port, targetPort }, index) => {
    const path = `spec.endpoints[${index}]`;
    const ports = services.flatMap((service) => (service as IService).spec?.ports ?? []);
    if (port !== undefined && !ports.some(({ name }) => name === port)) {
      report(`${path}.port`, `no matched Service has a port "${port}"`);
    }
    if (targetPort !== undefined && !servicesReachPort(services, targetPort, release)) {
      report(`${path}.targetPort`, `no pods of matched Services have port ${targetPort}`);
    }
  });
}

function servicesReachPort(
  services: KubernetesObject[],
  port: string | number,
  release: Release,
): boolean {
  return services.some((service) => {
    const matchLabels = (service as IService).spec?.selector ?? {};
    const templates = selectedTemplates(release, { matchLabels });
    return templates.some((template) => podHasPort(template, port));
  });
}

function checkPodMonitor(monitor: KubernetesObject, release: Release, report: Report): void {
  const { selector, podMetricsEndpoints } = monitor.spec as MonitorSpec;
  const templates = selectedTemplates(release, selector);
  if (templates.length === 0) {
    report('spec.selector', 'matches no pods');
    return;
  }
  (podMetricsEndpoints ?? []).forEach((endpoint, index) => {
    const port = endpoint.port ?? endpoint.targetPort;
    if (port !== undefined && !templates.some((template) => podHasPort(template, port))) {
      report(`spec.podMetricsEndpoints[${index}].port`, `no matched pods have port ${port}`);
    }
  });
}
