/** A fault to put into one file of the sources. */
interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly why: string;
  /** The file of tests that notices it, if sample-chart.test.ts does not. */
  readonly seenBy?: string;
}

declare const mutants: readonly Mutant[];
export = mutants;
