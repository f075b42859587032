#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ExitCode } from './exit-code';
import { program } from './program';
import { stopOptimizing } from './stop-optimizing';

const COULD_NOT = 2;

function exitCodeOf(error: unknown): number {
  if (error instanceof ExitCode) {
    return error.code;
  }
  if (error instanceof CommanderError) {
    // Commander has said it already; asking for help is no mistake.
    return error.exitCode === 0 ? 0 : COULD_NOT;
  }
  console.error(`danube-charts: ${error instanceof Error ? error.message : String(error)}`);
  return COULD_NOT;
}

if (process.argv[2] === 'synth') {
  stopOptimizing();
}

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = exitCodeOf(error);
  });
