import type { Expr } from '../expression/expression';
import { has, literal, not } from '../expression/operators';
import { isSpreadKey } from './entries';
import { guarded, type LoweringContext } from './guard';
import type { Line } from './line';
import { writtenEntries } from './presence';

/**
 * Keys that a map writes after a certain entry, and whether they are always there. As in a
 * JavaScript literal the later key wins, even if its value is absent.
 */
export type LaterKeys = ReadonlyMap<string, boolean>;

export const NO_KEYS: LaterKeys = new Map();

/** The keys that come after an entry of a map, and those after the map itself. */
export function keysAfter(
  map: Record<string, unknown>,
  key: string,
  afterMap: LaterKeys,
): LaterKeys {
  const entries = Object.entries(map);
  const position = entries.findIndex(([other]) => other === key);
  const written = writtenEntries(Object.fromEntries(entries.slice(position + 1)));
  const known = written.filter(([later]) => !isSpreadKey(later));
  const keys = known.map(([later, when]): [string, boolean] => [later, when === true]);
  return new Map([...keys, ...afterMap]);
}

/**
 * Whether a template's entries can stand as they are before the later keys. A sure later key wins
 * over one that a user's map brings in, because YAML takes the last; a conditional one does not.
 */
export function canInclude(body: Record<string, unknown>, later: LaterKeys): boolean {
  const keys = writtenEntries(body).map(([key]) => key);
  const isOpen = keys.some(isSpreadKey);
  const collides = keys.some((key) => later.has(key));
  return !collides && !(isOpen && [...later.values()].includes(false));
}

/** The lines of a computed entry, left out where a later key has its name. */
export function unlessLater(
  key: Expr<string>,
  later: LaterKeys,
  context: LoweringContext,
  body: (context: LoweringContext) => readonly Line[],
): readonly Line[] {
  return later.size === 0
    ? body(context)
    : guarded(not(has(key, literal([...later.keys()]))), context, body);
}
