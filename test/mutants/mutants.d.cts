/** A fault to put into one file of the sources. */
interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly why: string;
}

declare const mutants: readonly Mutant[];
export = mutants;
