import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import type { IDeployment, IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IConfigMap, ISecret, IService } from 'kubernetes-models/v1';
import { childPath, type KubernetesObject, type Report } from './kubernetes-object';
import { reportName } from './metadata-rules';
import { dataKey, dns1123Label, dns1123Subdomain, portName } from './name-syntax';
import { reportDuplicates } from './pod-rules';

/** What the API server checks of some kinds besides the types of their fields. */
export function checkKind(object: KubernetesObject, report: Report): void {
  const plain: unknown = object;
  switch (object.kind) {
    case 'Service':
      checkService(plain as IService, report);
      break;
    case 'ConfigMap':
      checkConfigMap(plain as IConfigMap, report);
      break;
    case 'Secret':
      checkSecret(plain as ISecret, report);
      break;
    case 'Deployment':
    case 'DaemonSet':
    case 'ReplicaSet':
      checkSelector(plain as IDeployment, report);
      break;
    case 'StatefulSet':
      checkStatefulSet(plain as IStatefulSet, report);
      break;
    case 'CronJob':
      checkCronJob(plain as ICronJob, report);
      break;
    case 'HorizontalPodAutoscaler':
      checkAutoscaler(plain as IHorizontalPodAutoscaler, report);
      break;
    case 'PodDisruptionBudget':
      checkDisruptionBudget(plain as IPodDisruptionBudget, report);
      break;
    case 'Ingress':
      checkIngress(plain as IIngress, report);
      break;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      checkRoleBinding(plain as IRoleBinding, report);
      break;
  }
}

function checkService(service: IService, report: Report): void {
  const ports = service.spec?.ports ?? [];
  const needsPorts = service.spec?.type !== 'ExternalName' && service.spec?.clusterIP !== 'None';
  if (needsPorts && ports.length === 0) {
    report('spec.ports', 'is missing');
  }
  ports.forEach((port, index) => {
    const path = `spec.ports[${index}]`;
    checkPortNumber(`${path}.port`, port.port, report);
    if (port.name !== undefined) {
      reportName(`${path}.name`, port.name, dns1123Label, report);
    } else if (ports.length > 1) {
      report(`${path}.name`, 'is missing, and the Service has several ports');
    }
    checkPortReference(`${path}.targetPort`, port.targetPort, report);
  });
  const names = ports.map((port, index) => ({
    path: `spec.ports[${index}].name`,
    value: port.name ?? String(index),
  }));
  reportDuplicates(names, 'port name', report);
  const numbers = ports.map((port, index) => ({
    path: `spec.ports[${index}].port`,
    value: `${port.port}/${port.protocol ?? 'TCP'}`,
  }));
  reportDuplicates(numbers, 'port', report);
}

function checkPortNumber(path: string, port: number, report: Report): void {
  if (port < 1 || port > 65535) {
    report(path, `${port} is not a port`);
  }
}

function checkPortReference(path: string, port: string | number | undefined, report: Report): void {
  if (typeof port === 'number') {
    checkPortNumber(path, port, report);
  } else if (port !== undefined) {
    reportName(path, port, portName, report);
  }
}

const maxDataLength = 1024 * 1024;

function checkConfigMap(configMap: IConfigMap, report: Report): void {
  const data = configMap.data ?? {};
  const binaryData = configMap.binaryData ?? {};
  checkDataKeys('data', data, report);
  checkDataKeys('binaryData', binaryData, report);
  for (const key of Object.keys(binaryData)) {
    if (key in data) {
      report(childPath('binaryData', key), 'is in data too');
    }
  }
  const text = Object.values(data).join('') + Object.values(binaryData).join('');
  if (Buffer.byteLength(text) > maxDataLength) {
    report('data', 'is larger than 1 MiB');
  }
}

function checkDataKeys(path: string, data: Record<string, unknown>, report: Report): void {
  for (const key of Object.keys(data)) {
    reportName(childPath(path, key), key, dataKey, report);
  }
}

function checkSecret(secret: ISecret, report: Report): void {
  checkDataKeys('data', secret.data ?? {}, report);
  checkDataKeys('stringData', secret.stringData ?? {}, report);
}

function checkSelector(workload: IDeployment | IStatefulSet, report: Report): void {
  const selector = workload.spec?.selector;
  const labelCount = Object.keys(selector?.matchLabels ?? {}).length;
  const expressionCount = selector?.matchExpressions?.length ?? 0;
  if (labelCount + expressionCount === 0) {
    report('spec.selector', 'is empty');
  }
}

function checkStatefulSet(statefulSet: IStatefulSet, report: Report): void {
  checkSelector(statefulSet, report);
  const claims = statefulSet.spec?.volumeClaimTemplates ?? [];
  const names: { path: string; value: string }[] = [];
  claims.forEach((claim, index) => {
    const path = `spec.volumeClaimTemplates[${index}]`;
    const name = claim.metadata?.name ?? '';
    reportName(`${path}.metadata.name`, name, dns1123Label, report);
    names.push({ path: `${path}.metadata.name`, value: name });
    if (!claim.spec?.accessModes?.length) {
      report(`${path}.spec.accessModes`, 'is missing');
    }
    if (claim.spec?.resources?.requests?.storage === undefined) {
      report(`${path}.spec.resources.requests.storage`, 'is missing');
    }
  });
  reportDuplicates(names, 'volume claim name', report);
}

function checkCronJob(cronJob: ICronJob, report: Report): void {
  const schedule = cronJob.spec?.schedule ?? '';
  const fields = schedule.trim().split(/\s+/);
  const isMacro = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;
  const isField = /^[0-9A-Za-z*?,/-]+$/;
  const hasFields = fields.length === 5 && fields.every((field) => isField.test(field));
  if (!hasFields && !isMacro.test(schedule)) {
    report('spec.schedule', `"${schedule}" is not a schedule`);
  }
}

function checkAutoscaler(autoscaler: IHorizontalPodAutoscaler, report: Report): void {
  const minReplicas = autoscaler.spec?.minReplicas ?? 1;
  const maxReplicas = autoscaler.spec?.maxReplicas ?? 1;
  if (minReplicas < 1) {
    report('spec.minReplicas', `${minReplicas} is less than 1`);
  }
  if (maxReplicas < minReplicas) {
    report('spec.maxReplicas', `${maxReplicas} is less than minReplicas ${minReplicas}`);
  }
}

function checkDisruptionBudget(budget: IPodDisruptionBudget, report: Report): void {
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    report('spec', 'has both minAvailable and maxUnavailable');
  }
  checkCountOrPercentage('spec.minAvailable', minAvailable, report);
  checkCountOrPercentage('spec.maxUnavailable', maxUnavailable, report);
}

function checkCountOrPercentage(
  path: string,
  value: string | number | undefined,
  report: Report,
): void {
  if (typeof value === 'string' && !/^([0-9]|[1-9][0-9]|100)%$/.test(value)) {
    report(path, `"${value}" is not a percentage`);
  }
  if (typeof value === 'number' && value < 0) {
    report(path, `${value} is less than 0`);
  }
}

function checkIngress(ingress: IIngress, report: Report): void {
  const { rules, defaultBackend } = ingress.spec ?? {};
  if (!rules?.length && !defaultBackend) {
    report('spec', 'has neither rules nor a default backend');
  }
  (rules ?? []).forEach((rule, ruleIndex) => {
    if (rule.host) {
      const host = rule.host.replace(/^\*\./, '');
      reportName(`spec.rules[${ruleIndex}].host`, host, dns1123Subdomain, report);
    }
    (rule.http?.paths ?? []).forEach((path, index) => {
      const at = `spec.rules[${ruleIndex}].http.paths[${index}]`;
      if (path.pathType !== 'ImplementationSpecific' && !path.path?.startsWith('/')) {
        report(`${at}.path`, `"${path.path ?? ''}" does not start with a slash`);
      }
      const port = path.backend.service?.port;
      if (port && (port.name === undefined) === (port.number === undefined)) {
        report(`${at}.backend.service.port`, 'must have either a name or a number');
      }
    });
  });
}

function checkRoleBinding(binding: IRoleBinding, report: Report): void {
  (binding.subjects ?? []).forEach((subject, index) => {
    const path = `subjects[${index}]`;
    if (subject.kind !== 'ServiceAccount') {
      return;
    }
    reportName(`${path}.name`, subject.name, dns1123Subdomain, report);
    if (!subject.namespace) {
      report(`${path}.namespace`, 'is missing');
    }
  });
}
