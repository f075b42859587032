export interface ObjectMetadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [key: string]: unknown;
}

/** A decoded Kubernetes object, as `kubectl apply` would receive it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  [key: string]: unknown;
}

/** How one rule tells what is wrong: at which path of the object, and why. */
export type Report = (path: string, message: string) => void;

export function describeProblem(object: KubernetesObject, path: string, message: string): string {
  const { metadata } = object as Partial<KubernetesObject>;
  const name = metadata?.name ?? '(unnamed)';
  const where = path === '' ? '' : ` ${path}`;
  return `${object.kind}/${name}${where}: ${message}`;
}

/** A Report that adds the problems of `object` to `problems`. */
export function reportOn(object: KubernetesObject, problems: string[]): Report {
  return (path, message) => {
    problems.push(describeProblem(object, path, message));
  };
}

/** `path.key`, or `path["key"]` for keys such as `app.kubernetes.io/name`. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === 'number') {
    return `${path}[${key}]`;
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
    return `${path}["${key}"]`;
  }
  return path === '' ? key : `${path}.${key}`;
}
