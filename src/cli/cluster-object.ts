import { isMap } from './plain-map';

/** An object as it would be given to Kubernetes. */
export interface ClusterObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

function isClusterObject(value: unknown): value is ClusterObject {
  return (
    isMap(value) &&
    typeof value.kind === 'string' &&
    isMap(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}

/** The objects among decoded documents, as plain data. */
export function clusterObjects(documents: readonly unknown[]): readonly ClusterObject[] {
  const plain: unknown = JSON.parse(JSON.stringify(documents));
  return (Array.isArray(plain) ? plain : []).filter(isClusterObject);
}

/** What stands at a path, such as `spec.template.spec`; undefined where nothing does. */
export function fieldAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), tree);
}

/** As `fieldAt`, for a list of maps; empty where there is none. */
export function itemsAt(tree: unknown, path: string): readonly Record<string, unknown>[] {
  const found = fieldAt(tree, path);
  return Array.isArray(found) ? found.filter(isMap) : [];
}

/** A text or number at a path, as text; `otherwise` where there is none. */
export function textAt(tree: unknown, path: string, otherwise = ''): string {
  const found = fieldAt(tree, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : otherwise;
}
