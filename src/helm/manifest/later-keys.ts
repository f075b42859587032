import type { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { has, literal, not } from '../expression/operators';
import { includedMap, isSpreadKey } from './entries';
import { guarded, type LoweringContext } from './guard';
import type { Line } from './line';
import { presence } from './presence';

/**
 * Keys that a map writes after a certain entry, and whether they are always there. As in a
 * JavaScript literal the later key wins, even if its value is absent.
 */
export type LaterKeys = ReadonlyMap<string, boolean>;

export const NO_KEYS: LaterKeys = new Map();

/** The keys that entries of a map write, as far as they are known at synth. */
function writtenKeys(entries: readonly (readonly [string, unknown])[]): [string, boolean][] {
  return entries.flatMap(([key, value]): [string, boolean][] => {
    if (isSpreadKey(key)) {
      return writtenKeys(Object.entries(includedMap(value) ?? {}));
    }
    return value === undefined ? [] : [[key, presence(value) === true]];
  });
}

/** The keys that come after an entry of a map, and those after the map itself. */
export function keysAfter(
  map: Record<string, unknown>,
  key: string,
  afterMap: LaterKeys,
): LaterKeys {
  const entries = Object.entries(map);
  const position = entries.findIndex(([other]) => other === key);
  return new Map([...writtenKeys(entries.slice(position + 1)), ...afterMap]);
}

/**
 * Whether a template's entries can stand as they are before the later keys. A sure later key wins
 * over one that a user's map brings in, because YAML takes the last; a conditional one does not.
 */
export function canInclude(body: Record<string, unknown>, later: LaterKeys): boolean {
  const entries = Object.entries(body);
  const isOpen = entries.some(([key, value]) => isSpreadKey(key) && !isMap(value));
  const collides = writtenKeys(entries).some(([key]) => later.has(key));
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
