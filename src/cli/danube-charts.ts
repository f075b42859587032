#!/usr/bin/env node
import { program } from './program';

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`danube-charts: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
