/**
 * A key of a connector's configuration as the facts on connectors give it: a table written by hand,
 * not from the sources.
 */
export interface FactKey {
  /** What is written when the values say nothing; undefined when nothing is. */
  readonly default?: unknown;
  /** Whether the chart refuses values without it. */
  readonly isRequired: boolean;
  /** Values that are taken, and written as they are. */
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
  /** Text that the description has: a unit, or a default that is left to the program. */
  readonly says: readonly string[];
  /** The versions that have the key; default: both. */
  readonly only?: '0.2' | '0.3';
  /** Where 0.2 has it too. */
  readonly alsoIn02?: string;
  /** What stands in the file for a value, where that is not the value itself. */
  readonly written?: (value: unknown) => unknown;
  /** Other values, without which it is not written. */
  readonly amid?: Readonly<Record<string, unknown>>;
}

/** A key that the chart refuses: without effect, a secret, written by the chart from elsewhere. */
export interface RefusedFact {
  readonly isRefused: true;
}

export type Facts = Readonly<Record<string, FactKey | RefusedFact>>;

/** What the facts say of the configuration of a connector. */
export interface ConnectorFacts {
  readonly keys: Facts;
  /** Paths of 0.3, and what the last word of each is in 0.2. */
  readonly olderWords: Readonly<Record<string, string>>;
  /** Variables of the program: with a secret, or refused because a key says the same. */
  readonly secrets: readonly string[];
  readonly refusedVariables: readonly string[];
}

/** What the chart does otherwise than the facts' table, and why. */
type Ours<Said> = Partial<Said> & { readonly because: string };

interface Said {
  readonly default?: unknown;
  /** A default of the program, which the chart does not write. */
  readonly programDefault?: string;
  readonly isRequired?: boolean;
  readonly only?: '0.2' | '0.3';
  readonly alsoIn02?: string;
  readonly amid?: Readonly<Record<string, unknown>>;
}

interface Range extends Said {
  readonly from?: number;
  readonly to?: number;
  readonly unit?: string;
}

interface Texts extends Said {
  readonly takes: readonly unknown[];
  readonly refuses?: readonly unknown[];
  readonly written?: (value: unknown) => unknown;
}

/** The largest number that Helm carries exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER;

function key(
  said: Said,
  takes: readonly unknown[],
  refuses: readonly unknown[],
  unit = '',
): FactKey {
  const { isRequired = false, programDefault = '' } = said;
  const says = [unit, programDefault].filter((text) => text !== '');
  return { ...said, isRequired, takes, refuses, says };
}

/** Numbers from one to another, whole, and no texts. */
function whole(largest: number) {
  return (said: Range, ours?: Ours<Range>): FactKey => {
    const meant = { ...said, ...ours };
    const { from = 0, to = largest, unit } = meant;
    return key(meant, [from, to], [from - 1, to + 1, from + 0.5, String(from), true], unit);
  };
}

export const u64 = whole(LARGEST);
export const u32 = whole(4294967295);
export const u16 = whole(65535);

export function bool(said: Said): FactKey {
  return key(said, [true, false], ['true', 1, 'yes']);
}

/** One of some words, in exactly these letters. */
export function word(words: readonly string[], said: Said = {}, ours?: Ours<Said>): FactKey {
  const wrong = words.flatMap((one) => [one.toUpperCase(), one.toLowerCase(), `${one}x`]);
  const refuses = wrong.filter((one) => !words.includes(one));
  return key({ ...said, ...ours }, words, [...refuses, 1, true]);
}

export function text(said: Texts, ours?: Ours<Texts>): FactKey {
  const meant = { ...said, ...ours };
  return key(meant, meant.takes, [...(meant.refuses ?? []), 1, true, ['a'], { a: 'b' }]);
}

export function texts(said: Texts): FactKey {
  return key(said, said.takes, [...(said.refuses ?? []), 'a', [1], { a: 'b' }]);
}

/** A table of texts. */
export function table(said: Said = {}): FactKey {
  return key(said, [{ some_key: 'text' }], ['a', ['a'], { some_key: 1 }]);
}

export const refused: RefusedFact = { isRefused: true };

/** `/namespace/topic` without dots (2.8). */
export const topic = text({
  isRequired: true,
  takes: ['/default/a-B_1'],
  refuses: ['', 'a', '/a', 'default/a', '/default/a.b', '/a/b/c', '/default/'],
});

/** A text that has to be there. */
export const needed = text({ isRequired: true, takes: ['some'], refuses: [''] });

/** A text that may be left out. */
export const optional = text({ takes: ['some'] });

/** A place in a message. */
export const jsonPath = text({ isRequired: true, takes: ['id', 'order.total'], refuses: [''] });
