import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../real-helm/binaries';
import { runProcess } from '../../real-helm/run-process';

/** Where `scripts/build-connector-config.mjs` put it. */
export const CONNECTOR_CONFIG = join(cacheDirectory(), 'connector-config', 'connector-config');

/** The runtimes of the connector images: v0.2 have the first, v0.3 the second. */
export const RUNTIMES = ['0.4.1', '0.5.0'] as const;

export type Runtime = (typeof RUNTIMES)[number];

export interface ReadConfig {
  /** What the runtime refuses, or '' */
  readonly refusal: string;
  /** All core settings, those that the file leaves out too. */
  readonly config: Record<string, unknown>;
  /** Keys that the runtime ignores. Those at the root belong to the connector. */
  readonly passedOver: readonly string[];
}

/** Reads a connector.toml as a connector with this runtime does. */
export async function readConnectorConfig(runtime: Runtime, toml: string): Promise<ReadConfig> {
  const directory = mkdtempSync(join(tmpdir(), 'connector-config-'));
  try {
    const file = join(directory, 'connector.toml');
    writeFileSync(file, toml);
    const { ok, stdout, stderr } = await runProcess(CONNECTOR_CONFIG, [runtime, file], {});
    if (!ok) {
      return { refusal: stderr.trim(), config: {}, passedOver: [] };
    }
    return { refusal: '', ...(JSON.parse(stdout) as Omit<ReadConfig, 'refusal'>) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
