import { type KubernetesObject } from './kubernetes-object';
import { soundRelease } from './sound-release';

/**
 * One change to the sound release. `at` is a JSON pointer without its first slash. With `to` left
 * out the field is removed; a path that ends in `/-` appends to a list.
 */
export interface Change {
  object: string;
  at: string;
  to?: unknown;
}

export function changedRelease(changes: Change[]): KubernetesObject[] {
  const objects = soundRelease();
  for (const { object, at, to } of changes) {
    setField(findByName(objects, object), at, to);
  }
  return objects;
}

/** `name` is such as `Service/broker`. */
export function findByName(objects: KubernetesObject[], name: string): KubernetesObject {
  const found = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name);
  if (!found) {
    throw new Error(`there is no ${name}`);
  }
  return found;
}

type Container = Record<string, unknown>;

function setField(object: KubernetesObject, at: string, value: unknown): void {
  const keys = at.split('/').map((key) => key.replaceAll('~1', '/'));
  const last = keys.pop() as string;
  let parent: Container | unknown[] = object;
  for (const key of keys) {
    const child: unknown = parent[key];
    if (child === undefined) {
      throw new Error(`${object.kind} has nothing at ${key} of ${at}`);
    }
    parent = child as Container;
  }
  if (Array.isArray(parent) && last === '-') {
    parent.push(value);
  } else if (value === undefined) {
    Reflect.deleteProperty(parent, last);
  } else {
    parent[last] = value;
  }
}
