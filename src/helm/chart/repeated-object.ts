import { Construct } from 'constructs';
import { retyped } from '../expression/expression';
import { ANY } from '../expression/value-type';
import type { Items } from '../manifest/dynamic';
import { each } from '../manifest/each';
import { Each, Splice } from '../manifest/node';

/**
 * One object for each element of a list value, or for each number up to a count:
 * `new RepeatedObject<Service>(this, 'service', each(until(v.count), (ordinal) => ({ ... })))`.
 * With `splice(v.extraObjects)` the elements are the objects.
 *
 * All are in one template file, in a `{{ range }}`.
 */
export class RepeatedObject<X extends object> extends Construct {
  readonly loop: Each;

  /** @throws when `objects` is neither `each(...)` nor `splice(...)`. */
  constructor(scope: Construct, id: string, objects: Items<X>) {
    super(scope, id);
    const loop = objects instanceof Splice ? loopOver(objects) : objects;
    if (!(loop instanceof Each)) {
      throw new Error(`${this.node.path}: a RepeatedObject takes each(...) or splice(...)`);
    }
    this.loop = loop;
  }
}

function loopOver({ list }: Splice): Items {
  return each(retyped<readonly unknown[]>(list, list.$type), (element) => retyped(element, ANY));
}
