import { Expr } from '../expression/expression';
import { path, reference, type Ref } from '../expression/references';
import { ANY, INTEGER, STRING } from '../expression/value-type';
import type { Dynamic, Items } from './dynamic';
import type { Condition } from '../expression/operators';
import { mentionsVariable, withVariables } from './loop-variable';
import { Each, Splice } from './node';
import { when } from './when';

/**
 * List items made from the elements of a list value.
 *
 * Annotate the callback's return type (`(host): Dynamic<IngressRule> => ...`), since TypeScript
 * does not refuse misspelt optional fields in what a callback returns.
 */
export function each<X, U>(
  list: Expr<readonly X[] | undefined>,
  body: (item: Ref<X>, index: Expr<number>) => NoInfer<Dynamic<U>>,
): Items<U> {
  return withVariables([itemName(list), '$index'], ([item, index]) => {
    const element = new Expr(
      { op: 'reference', root: item, path: [], nilPrefixes: [] },
      list.$type.item ?? ANY,
    );
    const made = body(reference<X>(element), path<number>(index, [], INTEGER));
    return new Each<U>(list, item, mentionsVariable(made, index) ? index : undefined, made);
  });
}

/** List items made from the entries of a map value, in the order of the keys. */
export function eachEntry<V, U>(
  map: Expr<Readonly<Record<string, V>> | undefined>,
  body: (key: Expr<string>, value: Ref<V>) => NoInfer<Dynamic<U>>,
): Items<U> {
  return withVariables(['$key', '$value'], ([key, value]) => {
    const element = reference<V>(path(value, [], map.$type.item ?? ANY));
    return new Each<U>(map, value, key, body(path<string>(key, [], STRING), element));
  });
}

/** As `eachEntry`, of those entries alone for which a condition holds. */
export function eachEntryWhere<V, U>(
  map: Expr<Readonly<Record<string, V>> | undefined>,
  condition: (key: Expr<string>, value: Ref<V>) => Condition,
  body: (key: Expr<string>, value: Ref<V>) => NoInfer<Dynamic<U>>,
): Items<U> {
  return withVariables(['$key', '$value'], ([keyName, valueName]) => {
    const key = path<string>(keyName, [], STRING);
    const value = reference<V>(path(valueName, [], map.$type.item ?? ANY));
    const made: unknown = body(key, value);
    return new Each<U>(map, valueName, keyName, when(condition(key, value), made));
  });
}

/** The elements of a list value, unchanged, as items of a list. */
export function splice<U>(list: Expr<readonly U[] | undefined>): Items<U> {
  return new Splice<U>(list);
}

/** Names the loop variable after the list: `$host` for `.Values.ingress.hosts`. */
function itemName(list: Expr): string {
  const operation = list.$operation;
  if (operation.op === 'call' && operation.name === 'until') {
    return '$ordinal';
  }
  const last = operation.op === 'reference' ? operation.path[operation.path.length - 1] : undefined;
  const plural = (last ?? '').replace(/[^A-Za-z0-9]/g, '').replace(/^extra(?=[A-Z])/, '');
  const singular = plural.endsWith('ies')
    ? plural.slice(0, -3) + 'y'
    : plural.replace(/(?<=[^s])s$/, '');
  const name = singular === plural || singular === '' ? singular + 'Item' : singular;
  return '$' + name.charAt(0).toLowerCase() + name.slice(1);
}
