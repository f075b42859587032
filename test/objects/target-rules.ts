import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IIngress, IIngressBackend } from 'kubernetes-models/networking.k8s.io/v1';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IService } from 'kubernetes-models/v1';
import { type KubernetesObject, type Report } from './kubernetes-object';
import { findObject, objectExists, type Release } from './release';

/** Objects that name another object: it exists, with the port that they name. */
export function checkTargets(object: KubernetesObject, release: Release, report: Report): void {
  const plain: unknown = object;
  switch (object.kind) {
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      checkRoleBinding(plain as IRoleBinding, release, report);
      break;
    case 'HorizontalPodAutoscaler':
      checkAutoscaler(plain as IHorizontalPodAutoscaler, release, report);
      break;
    case 'Ingress':
      checkIngress(plain as IIngress, release, report);
      break;
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute':
      checkRoute(object, release, report);
      break;
  }
}

function checkRoleBinding(binding: IRoleBinding, release: Release, report: Report): void {
  const role = binding.roleRef;
  if (!objectExists(release, role.kind, role.name)) {
    report('roleRef', `there is no ${role.kind} "${role.name}"`);
  }
  (binding.subjects ?? []).forEach((subject, index) => {
    const path = `subjects[${index}]`;
    if (subject.kind !== 'ServiceAccount') {
      return;
    }
    if (subject.namespace !== release.namespace) {
      report(`${path}.namespace`, `"${subject.namespace ?? ''}" is not the release's namespace`);
    } else if (!objectExists(release, 'ServiceAccount', subject.name)) {
      report(`${path}.name`, `there is no ServiceAccount "${subject.name}"`);
    }
  });
}

function checkAutoscaler(
  autoscaler: IHorizontalPodAutoscaler,
  release: Release,
  report: Report,
): void {
  const target = autoscaler.spec?.scaleTargetRef;
  if (!target) {
    return;
  }
  const found = findObject(release, target.kind, target.name);
  const isExternal = release.isExternal({ kind: target.kind, name: target.name });
  if (found?.apiVersion !== target.apiVersion && !isExternal) {
    const name = `${target.apiVersion ?? ''} ${target.kind} "${target.name}"`;
    report('spec.scaleTargetRef', `there is no ${name}`);
  }
}

function checkIngress(ingress: IIngress, release: Release, report: Report): void {
  checkBackend(ingress.spec?.defaultBackend, 'spec.defaultBackend', release, report);
  (ingress.spec?.rules ?? []).forEach((rule, ruleIndex) => {
    (rule.http?.paths ?? []).forEach(({ backend }, index) => {
      const path = `spec.rules[${ruleIndex}].http.paths[${index}].backend`;
      checkBackend(backend, path, release, report);
    });
  });
}

function checkBackend(
  backend: IIngressBackend | undefined,
  path: string,
  release: Release,
  report: Report,
): void {
  const service = backend?.service;
  if (service) {
    const port = service.port?.name ?? service.port?.number;
    checkServicePort(service.name, port, `${path}.service`, release, report);
  }
}

function checkServicePort(
  name: string,
  port: string | number | undefined,
  path: string,
  release: Release,
  report: Report,
): void {
  const service = findObject(release, 'Service', name) as IService | undefined;
  if (!service) {
    if (!release.isExternal({ kind: 'Service', name })) {
      report(path, `there is no Service "${name}"`);
    }
    return;
  }
  const ports = service.spec?.ports ?? [];
  if (!ports.some((candidate) => candidate.name === port || candidate.port === port)) {
    report(path, `Service "${name}" has no port ${String(port)}`);
  }
}

interface RouteSpec {
  rules?: { backendRefs?: { kind?: string; name: string; port?: number }[] }[];
}

function checkRoute(route: KubernetesObject, release: Release, report: Report): void {
  const { rules } = route.spec as RouteSpec;
  (rules ?? []).forEach((rule, ruleIndex) => {
    (rule.backendRefs ?? []).forEach((backend, index) => {
      const path = `spec.rules[${ruleIndex}].backendRefs[${index}]`;
      if ((backend.kind ?? 'Service') === 'Service') {
        checkServicePort(backend.name, backend.port, path, release, report);
      }
    });
  });
}
