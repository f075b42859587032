import type { ClusterObject } from './cluster-object';
import { isMap } from './plain-map';

/** A field that differs; undefined where one side does not have it. */
export interface FieldChange {
  /** `spec.template.spec.containers[broker].image` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: string;
  readonly name: string;
  /** Empty for objects that are on one side only. */
  readonly fields: readonly FieldChange[];
}

/** What stands in place of what a Secret holds. */
export const HIDDEN = '(hidden)';

/** What Kubernetes tells the items of a list apart by; undefined where it is only their order. */
function keyOf(item: unknown): string | undefined {
  if (!isMap(item)) {
    return undefined;
  }
  const { name, mountPath, port, key } = item;
  const found = mountPath ?? name ?? key ?? port;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** The items of a list by what tells them apart, if all of them have that and no two the same. */
function byKey(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const items = new Map<string, unknown>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined || items.has(key)) {
      return undefined;
    }
    items.set(key, item);
  }
  return items;
}

function byNumber(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(list.map((item, index) => [String(index), item]));
}

function pathTo(path: string, key: string): string {
  const isPlain = /^[\w-]+$/.test(key);
  return isPlain ? `${path}${path === '' ? '' : '.'}${key}` : `${path}["${key}"]`;
}

function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly FieldChange[] {
  const [old, fresh] = [byKey(before), byKey(after)];
  const isKeyed = old !== undefined && fresh !== undefined;
  const [olds, news] = isKeyed ? [old, fresh] : [byNumber(before), byNumber(after)];
  const keys = [...new Set([...olds.keys(), ...news.keys()])];
  return keys.flatMap((key) => fieldChanges(olds.get(key), news.get(key), `${path}[${key}]`));
}

function fieldChanges(before: unknown, after: unknown, path: string): readonly FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => fieldChanges(before[key], after[key], pathTo(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return listChanges(before, after, path);
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

/** What a Secret holds is compared and not shown. */
function hidden(object: ClusterObject, change: FieldChange): FieldChange {
  if (object.kind !== 'Secret' || !/^(data|stringData)\b/.test(change.path)) {
    return change;
  }
  const shown = (value: unknown): unknown => (value === undefined ? undefined : HIDDEN);
  return { ...change, before: shown(change.before), after: shown(change.after) };
}

function identity({ kind, metadata }: ClusterObject): string {
  return JSON.stringify([kind, metadata.namespace ?? '', metadata.name]);
}

/** What differs between the objects of two releases, in the order of their objects. */
export function objectChanges(
  before: readonly ClusterObject[],
  after: readonly ClusterObject[],
): readonly ObjectChange[] {
  const olds = new Map(before.map((object) => [identity(object), object]));
  const news = new Map(after.map((object) => [identity(object), object]));
  const all = [...new Set([...olds.keys(), ...news.keys()])];
  return all.flatMap((key): readonly ObjectChange[] => {
    const [old, fresh] = [olds.get(key), news.get(key)];
    if (old === undefined || fresh === undefined) {
      const change = old === undefined ? 'added' : 'removed';
      return [old ?? fresh].flatMap((object) =>
        object === undefined
          ? []
          : [{ change, kind: object.kind, name: object.metadata.name, fields: [] } as const],
      );
    }
    const fields = fieldChanges(old, fresh, '').map((field) => hidden(fresh, field));
    const { kind, metadata } = fresh;
    return fields.length === 0 ? [] : [{ change: 'changed', kind, name: metadata.name, fields }];
  });
}
