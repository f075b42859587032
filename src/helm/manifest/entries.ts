import { Expr, type ManifestNode } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { path, reference, type Ref } from '../expression/references';
import { ANY, STRING } from '../expression/value-type';
import type { Dynamic } from './dynamic';
import { withVariables } from './loop-variable';
import { Comment, Entries, TemplateTree } from './node';

/**
 * Spread entries stand in a map under reserved keys, which survive `{ ...spread(x) }`. The counter
 * keeps them apart and, where cdk8s sorts keys, in the order of writing.
 */
const SPREAD = '\u0000spread:';
let spreads = 0;

function reservedKey(): string {
  spreads += 1;
  return SPREAD + String(spreads).padStart(9, '0');
}

/** Whether a map key stands for spread entries. */
export function isSpreadKey(key: string): boolean {
  return key.startsWith(SPREAD);
}

/**
 * The same entries in an order that stays when cdk8s sorts keys, which puts reserved ones first:
 * own entries before a spread become spread entries too.
 */
export function sortable(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const lastSpread = Object.keys(map).findLastIndex(isSpreadKey);
  const entries = Object.entries(map).map(([key, value], index) => {
    if (index > lastSpread) {
      return [key, value] as const;
    }
    return [reservedKey(), isSpreadKey(key) ? value : { [key]: value }] as const;
  });
  return Object.fromEntries(entries);
}

/** Entries of a map-valued expression or conditional: `{ own: 1, ...spread(v.podLabels) }`. */
export function spread<V>(
  map: ManifestNode<Readonly<Record<string, V>> | undefined>,
): Record<string, V>;
export function spread<X extends object>(map: ManifestNode<X | undefined>): Partial<X>;
export function spread(map: ManifestNode): object {
  return { [reservedKey()]: map };
}

/** The map entries that a template yields, where a spread value is one. */
export function includedMap(value: unknown): Record<string, unknown> | undefined {
  if (value instanceof TemplateTree) {
    return isMap(value.tree) ? value.tree : undefined;
  }
  if (!(value instanceof Expr) || value.$operation.op !== 'include') {
    return undefined;
  }
  const { body } = value.$operation.template;
  return isMap(body) ? body : undefined;
}

/** Entries computed from a map value, one for each of its entries, in the order of the keys. */
export function entries<V, U>(
  map: Expr<Readonly<Record<string, V>> | undefined>,
  value: (key: Expr<string>, value: Ref<V>) => Dynamic<U>,
  key: (key: Expr<string>) => Expr<string> = (unchanged) => unchanged,
): Record<string, Dynamic<U>> {
  return withVariables(['$key', '$value'], ([keyVariable, valueVariable]) => {
    const k = path<string>(keyVariable, [], STRING);
    const v = reference<V>(path(valueVariable, [], map.$type.item ?? ANY));
    const made: Record<string, unknown> = {
      [reservedKey()]: new Entries(map, keyVariable, valueVariable, key(k), value(k, v)),
    };
    return made as Record<string, Dynamic<U>>;
  });
}

/** A remark before the next field: `{ ...comment('why'), field: 1 }`. It adds no entry. */
export function comment(text: string): object {
  return { [reservedKey()]: new Comment(text) };
}
