import { isMap } from '../plain-map';

/** What becomes of a key of an upstream chart. */
export interface MigrationRule {
  /** The key, with all that stands below it. */
  readonly from: string;
  /** Where it goes; without, it has no counterpart. */
  readonly to?: string;
  /** What it becomes there; undefined: in this case it has no counterpart. */
  readonly value?: (value: unknown) => unknown;
  /** Why it has no counterpart, or what changes. */
  readonly because?: string;
  /** Why it has none in this case. */
  readonly otherwise?: string;
}

/** What became of a key that somebody wrote. */
export interface MigratedKey {
  readonly from: string;
  /** Undefined when it was not carried over. */
  readonly to?: string;
  readonly because: string;
}

export interface Migration {
  readonly values: Readonly<Record<string, unknown>>;
  readonly keys: readonly MigratedKey[];
}

const UNKNOWN = 'the upstream chart has no such key';

/** Puts a value to a path, and makes the maps on the way. */
export function assign(values: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let group = values;
  for (const key of keys) {
    const inner = group[key];
    const next: Record<string, unknown> = isMap(inner) ? inner : {};
    group[key] = next;
    group = next;
  }
  group[last] = value;
}

function outcome(rule: MigrationRule, value: unknown): { to?: string; value?: unknown } {
  const { to, value: become } = rule;
  const becomes = become === undefined ? value : become(value);
  return to === undefined || becomes === undefined ? {} : { to, value: becomes };
}

/** Carries over what rules know; every key that was written has an entry. */
export function migrated(
  upstream: Readonly<Record<string, unknown>>,
  rules: readonly MigrationRule[],
): Migration {
  const byKey = new Map(rules.map((rule) => [rule.from, rule]));
  const values: Record<string, unknown> = {};
  const keys: MigratedKey[] = [];
  const visit = (tree: Readonly<Record<string, unknown>>, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      const from = path === '' ? key : `${path}.${key}`;
      const rule = byKey.get(from);
      if (rule === undefined && isMap(value) && Object.keys(value).length > 0) {
        visit(value, from);
      } else if (rule === undefined) {
        const isGroup = rules.some((each) => each.from.startsWith(`${from}.`));
        keys.push({ from, because: isGroup ? 'nothing stands below it' : UNKNOWN });
      } else {
        const { to, value: becomes } = outcome(rule, value);
        if (to !== undefined) {
          assign(values, to, becomes);
        }
        const because = (to === undefined ? rule.otherwise : undefined) ?? rule.because ?? '';
        keys.push({ from, to, because });
      }
    }
  };
  visit(upstream, '');
  return { values, keys };
}

/** Rules for keys that are called the same in the chart here. */
export function same(...keys: readonly string[]): readonly MigrationRule[] {
  return keys.map((key) => ({ from: key, to: key }));
}

/** Rules for keys without a counterpart, all for one reason. */
export function without(because: string, ...keys: readonly string[]): readonly MigrationRule[] {
  return keys.map((from) => ({ from, because }));
}

/** The tag of an image, where it is one of those that the chart is for. */
export function tagLike(pattern: RegExp): (tag: unknown) => unknown {
  return (tag) => (pattern.test(String(tag)) ? tag : undefined);
}
