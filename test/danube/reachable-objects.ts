import { Construct } from 'constructs';
import { KubernetesObject, RepeatedObject } from '../../src/helm';
import { isMap } from '../../src/helm/expression/go-value';

type EmittedObject = KubernetesObject<object> | RepeatedObject<object>;

function isEmitted(value: unknown): value is EmittedObject {
  return value instanceof KubernetesObject || value instanceof RepeatedObject;
}

/**
 * The objects that a user of a construct gets at through its properties, as
 * `core.broker.statefulSet`: name of the property path to the path of the object.
 */
export function reachableObjects(construct: object, path = ''): ReadonlyMap<string, EmittedObject> {
  const found = Object.entries(construct).flatMap(([name, value]: [string, unknown]) => {
    const below = path === '' ? name : `${path}.${name}`;
    if (isEmitted(value)) {
      return [[below, value] as const];
    }
    const isPart = value instanceof Construct || isMap(value) || Array.isArray(value);
    return isPart ? [...reachableObjects(value, below)] : [];
  });
  return new Map(found);
}
