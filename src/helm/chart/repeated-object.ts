import { Construct } from 'constructs';
import { retyped } from '../expression/expression';
import { ANY } from '../expression/value-type';
import type { Items } from '../manifest/dynamic';
import { each } from '../manifest/each';
import { patchedMap } from '../manifest/apply-patch';
import { Each, Splice } from '../manifest/node';
import type { Patch } from '../manifest/patch';

/** A change of each of the objects (see `Patch`). What kind of objects they are stays. */
export type RepeatedObjectPatch<X extends object> = {
  readonly [K in keyof X as K extends 'apiVersion' | 'kind' | 'status' ? never : K]?: Patch<X[K]>;
};

/**
 * One object for each element of a list value, or for each number up to a count:
 * `new RepeatedObject<Service>(this, 'service', each(until(v.count), (ordinal) => ({ ... })))`.
 * With `splice(v.extraObjects)` the elements are the objects.
 *
 * All are in one template file, in a `{{ range }}`.
 */
export class RepeatedObject<X extends object> extends Construct {
  private objects: Each;

  /** @throws when `objects` is neither `each(...)` nor `splice(...)`. */
  constructor(scope: Construct, id: string, objects: Items<X>) {
    super(scope, id);
    const loop = objects instanceof Splice ? loopOver(objects) : objects;
    if (!(loop instanceof Each)) {
      throw new Error(`${this.node.path}: a RepeatedObject takes each(...) or splice(...)`);
    }
    this.objects = loop;
  }

  get loop(): Each {
    return this.objects;
  }

  /**
   * Changes each of the objects, as `KubernetesObject.patch` does.
   *
   * @throws when the patch reaches into a value of the chart, which is known only at install.
   */
  patch(patch: RepeatedObjectPatch<X>): this {
    const { list, item, index, body } = this.objects;
    this.objects = new Each(list, item, index, patchedMap(body, patch, this.node.path));
    return this;
  }
}

function loopOver({ list }: Splice): Items {
  return each(retyped<readonly unknown[]>(list, list.$type), (element) => retyped(element, ANY));
}
