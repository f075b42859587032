import type { Expr } from '../expression/expression';
import { knownFields, type Ref } from '../expression/references';
import { each } from './each';
import { entries } from './entries';
import { nonEmpty } from './non-empty';

export interface ValuesTreeOptions {
  /**
   * What becomes of a key, given as its path below the values (`qdrant.routes.from`) and its tree:
   * the fields that take its place. Default: the key itself.
   */
  readonly fields?: (path: string, field: ValuesTreeField) => Readonly<Record<string, unknown>>;
}

/** A key of the values, and what a text file would say of it. */
export interface ValuesTreeField {
  readonly key: string;
  /** The tree of its value; for objects and lists of them with these fields for their keys. */
  readonly tree: (fields?: ValuesTreeOptions['fields']) => unknown;
}

/**
 * The tree of a text file (`tomlFile`, `yamlFile`) that says what values say, key by key: groups
 * become tables, lists of objects loops, maps of free keys entries. What is left out in the values
 * is left out in the file, and so is a text whose default is empty while it is empty.
 *
 * @throws at synth when a value may be of several types.
 */
export function valuesTree(values: Ref<object>, options: ValuesTreeOptions = {}): object {
  return treeOfMap(values, '', options.fields);
}

function treeOfMap(map: Expr, at: string, fields: ValuesTreeOptions['fields']): object {
  const written = knownFields(map as Expr<Readonly<Record<string, unknown>>>).filter(
    ([, { $type }]) => $type.refused !== true,
  );
  const made = written.map(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const tree: ValuesTreeField['tree'] = (inner = fields) => treeOf(value, path, inner);
    return fields === undefined ? { [key]: tree() } : fields(path, { key, tree });
  });
  return Object.fromEntries(made.flatMap((one) => Object.entries(one)));
}

function treeOf(value: Expr, path: string, fields: ValuesTreeOptions['fields']): unknown {
  const type = value.$type;
  if (type.fields !== undefined) {
    return treeOfMap(value, path, fields);
  }
  if (type.kind === 'map') {
    return entries(value as Expr<Readonly<Record<string, unknown>>>, (_key, inner) => inner);
  }
  if (type.kind === 'list' && type.item?.fields !== undefined) {
    const items = value as Expr<readonly object[]>;
    return [each(items, (item) => treeOfMap(item, path, fields))];
  }
  if (type.kind === 'any') {
    throw new Error(`${path} may be of several types: write its part of the file out`);
  }
  return type.blankIsNone === true ? nonEmpty(value as Expr<string>) : value;
}
