/**
 * Ends the program with a code that is an answer, after everything has been said: 1 when values do
 * not fit or things differ.
 */
export class ExitCode extends Error {
  constructor(readonly code: 1) {
    super(`exit code ${code}`);
    this.name = 'ExitCode';
  }
}

/** What the codes mean, for the help of the program. */
export const EXIT_CODES = `
Exit codes:
  0  done, and for check and diff: nothing to report
  1  check: the values do not fit; diff: there are differences; migrate: something is left to do
  2  the command could not be carried out; the message says why
`;
