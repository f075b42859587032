import { ExitCode } from '../../src/cli/exit-code';
import { program } from '../../src/cli/program';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the answer was no; what could not be carried out is thrown. */
  readonly code: 0 | 1;
}

function textOf(mock: jest.SpyInstance): string {
  return mock.mock.calls.map(([line]) => `${String(line)}\n`).join('');
}

/** Runs a command of the program in a directory, in this process. */
export async function runDanubeCharts(
  directory: string,
  args: readonly string[],
): Promise<CommandResult> {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const error = jest.spyOn(console, 'error').mockImplementation();
  const before = process.cwd();
  process.chdir(directory);
  try {
    const code = await program()
      .parseAsync(args, { from: 'user' })
      .then(() => 0 as const)
      .catch((failure: unknown) => {
        if (failure instanceof ExitCode) {
          return failure.code;
        }
        throw failure;
      });
    return { stdout: textOf(log), stderr: textOf(error), code };
  } finally {
    process.chdir(before);
    log.mockRestore();
    error.mockRestore();
  }
}
