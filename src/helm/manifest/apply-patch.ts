import { Expr, retyped } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { omit } from '../expression/operators';
import { splice } from './each';
import { isSpreadKey, spread } from './entries';
import { Comment, TemplateTree, When } from './node';
import { Whole } from './patch';

type Fields = Readonly<Record<string, unknown>>;

function patchedNode(tree: unknown, patch: unknown, path: string): unknown {
  if (patch === null) {
    return undefined;
  }
  if (patch instanceof Whole) {
    return patch.value;
  }
  if (!isMap(patch) && !Array.isArray(patch)) {
    return patch;
  }
  if (tree instanceof TemplateTree) {
    return patchedNode(tree.tree, patch, path);
  }
  if (tree instanceof When) {
    const then = patchedNode(tree.then, patch, path);
    return new When(tree.condition, then, patchedNode(tree.otherwise, patch, path));
  }
  return isMap(patch) ? patchedMap(tree, patch, path) : patchedList(tree, patch, path);
}

/**
 * A map with a patch applied (see `Patch`). Its nodes stay nodes, so that both readings see the
 * patch: a `when` is patched in its branches. What is taken away is `undefined`.
 *
 * @param path where the map is, for messages.
 * @throws when the patch reaches into a value, whose fields are known only at install.
 */
export function patchedMap(tree: unknown, patch: object, path: string): Fields {
  const fields: Fields = tree instanceof Expr ? { ...spread<object>(tree) } : { ...asMap(tree) };
  return Object.entries<unknown>({ ...patch }).reduce(
    (map, [key, change]) =>
      isSpreadKey(key) ? { ...map, [key]: change } : patchedEntry(map, key, change, path),
    fields,
  );
}

function asMap(tree: unknown): Fields {
  return isMap(tree) ? tree : {};
}

function patchedEntry(map: Fields, key: string, change: unknown, path: string): Fields {
  const where = `${path}.${key}`;
  const isOwn = map[key] !== undefined;
  const lastSpread = Object.entries(map).findLastIndex(isSpread);
  if (change === null) {
    return withoutKey(map, key, where);
  }
  if (!isOwn && lastSpread >= 0 && (isMap(change) || Array.isArray(change))) {
    throw new Error(`${where} is known only at install: give all of it, in whole(...)`);
  }
  const patched = patchedNode(map[key], change, where);
  if (isOwn && Object.keys(map).indexOf(key) > lastSpread) {
    return { ...map, [key]: patched };
  }
  // The last of equal keys counts.
  const others = Object.entries(map).filter(([other]) => other !== key);
  return Object.fromEntries([...others, [key, patched]]);
}

function isSpread([key, value]: readonly [string, unknown]): boolean {
  return isSpreadKey(key) && !(value instanceof Comment);
}

/** The key goes from a map of the user too, if one is spread there. */
function withoutKey(map: Fields, key: string, where: string): Fields {
  const entries = Object.entries({ ...map, [key]: undefined });
  return Object.fromEntries(
    entries.map(([other, value]) => {
      if (!isSpread([other, value])) {
        return [other, value];
      }
      if (!(value instanceof Expr) || value.$operation.op === 'include') {
        throw new Error(`${where} may come from a template or a loop: it cannot be taken away`);
      }
      return [other, omit(retyped<Fields>(value, value.$type), key)];
    }),
  );
}

function patchedList(tree: unknown, patch: readonly unknown[], path: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(tree) ? tree : [];
  if (![...list, ...patch].some((item) => nameOf(item) !== undefined)) {
    return patch;
  }
  // The items of a list value have names that nobody knows yet.
  const items = tree instanceof Expr ? [splice(retyped<unknown[]>(tree, tree.$type))] : list;
  return patch.reduce<readonly unknown[]>((now, change) => patchedItem(now, change, path), items);
}

function patchedItem(list: readonly unknown[], change: unknown, path: string): readonly unknown[] {
  const name = nameOf(change);
  if (name === undefined || !list.some((item) => isNamed(item, name))) {
    return [...list, patchedNode(undefined, change, path)];
  }
  const where = `${path}[${name}]`;
  return list.map((item) => (isNamed(item, name) ? patchedNamed(item, name, change, where) : item));
}

/** The name of an item, if it is written out; several mounts may have one volume. */
function nameOf(item: unknown): string | undefined {
  const name = isMap(item) ? (item.mountPath ?? item.name) : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isNamed(item: unknown, name: string): boolean {
  return item instanceof When
    ? isNamed(item.then, name) || isNamed(item.otherwise, name)
    : nameOf(item) === name;
}

/** Of a conditional item only the branch that has the name changes. */
function patchedNamed(item: unknown, name: string, change: unknown, path: string): unknown {
  if (item instanceof When) {
    const [then, otherwise] = [item.then, item.otherwise].map((branch) =>
      isNamed(branch, name) ? patchedNamed(branch, name, change, path) : branch,
    );
    return new When(item.condition, then, otherwise);
  }
  return patchedNode(item, change, path);
}
