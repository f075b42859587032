import { childPath, type KubernetesObject, type Report } from './kubernetes-object';
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  labelValue,
  limitedTo,
  nameProblem,
  type NameSyntax,
  qualifiedNameProblem,
} from './name-syntax';

/** 52: the StatefulSet's and CronJob's controllers append up to 11 characters to their names. */
const nameSyntaxes: Record<string, NameSyntax> = {
  Namespace: dns1123Label,
  Service: dns1035Label,
  StatefulSet: limitedTo(52, dns1123Label),
  CronJob: limitedTo(52, dns1123Subdomain),
  // Names of these end up in labels of their pods.
  Deployment: limitedTo(63, dns1123Subdomain),
  DaemonSet: limitedTo(63, dns1123Subdomain),
  Job: limitedTo(63, dns1123Subdomain),
};

const maxAnnotationsLength = 256 * 1024;

type Fields = Record<string, unknown>;

export function checkMetadata(object: KubernetesObject, report: Report): void {
  const { name, namespace } = object.metadata;
  const syntax = nameSyntaxes[object.kind] ?? dns1123Subdomain;
  reportName('metadata.name', name, syntax, report);
  if (namespace !== undefined) {
    reportName('metadata.namespace', namespace, dns1123Label, report);
  }
  if (object.kind === 'Service') {
    checkLabels('spec.selector', (object.spec as Fields).selector, report);
  }
  checkNested(object, '', report);
}

export function reportName(path: string, name: string, syntax: NameSyntax, report: Report): void {
  const problem = nameProblem(name, syntax);
  if (problem) {
    report(path, problem);
  }
}

/** Labels, annotations and selectors look the same wherever they are in an object. */
function checkNested(value: unknown, path: string, report: Report): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkNested(item, childPath(path, index), report);
    });
    return;
  }
  if (!isFields(value)) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const at = childPath(path, key);
    if (key === 'metadata' && isFields(child)) {
      checkLabels(`${at}.labels`, child.labels, report);
      checkAnnotations(`${at}.annotations`, child.annotations, report);
    } else if (key === 'matchLabels' || key === 'nodeSelector') {
      checkLabels(at, child, report);
    } else if (key === 'matchExpressions' && Array.isArray(child)) {
      child.forEach((term, index) => {
        checkExpression(childPath(at, index), term, report);
      });
    } else {
      checkNested(child, at, report);
    }
  }
}

function checkLabels(path: string, labels: unknown, report: Report): void {
  if (!isFields(labels)) {
    return;
  }
  for (const [key, value] of Object.entries(labels)) {
    const at = childPath(path, key);
    const keyProblem = qualifiedNameProblem(key);
    if (keyProblem) {
      report(at, keyProblem);
    }
    if (typeof value !== 'string') {
      report(at, 'must be string');
    } else {
      reportName(at, value, labelValue, report);
    }
  }
}

function checkAnnotations(path: string, annotations: unknown, report: Report): void {
  if (!isFields(annotations)) {
    return;
  }
  let length = 0;
  for (const [key, value] of Object.entries(annotations)) {
    const problem = qualifiedNameProblem(key.toLowerCase());
    if (problem) {
      report(childPath(path, key), problem);
    }
    length += key.length + String(value).length;
  }
  if (length > maxAnnotationsLength) {
    report(path, `longer than ${maxAnnotationsLength} characters in all`);
  }
}

function checkExpression(path: string, term: unknown, report: Report): void {
  const { key, operator, values } = term as { key: string; operator: string; values?: unknown[] };
  const keyProblem = qualifiedNameProblem(key);
  if (keyProblem) {
    report(`${path}.key`, keyProblem);
  }
  const valueCount = values?.length ?? 0;
  const takesValues = ['In', 'NotIn', 'Gt', 'Lt'].includes(operator);
  if (!takesValues && !['Exists', 'DoesNotExist'].includes(operator)) {
    report(`${path}.operator`, `"${operator}" is not an operator`);
  } else if (takesValues && valueCount === 0) {
    report(`${path}.values`, `${operator} needs values`);
  } else if (!takesValues && valueCount > 0) {
    report(`${path}.values`, `${operator} takes no values`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
