import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const CHROMIUM = '/usr/bin/chromium';

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  readonly url: string;
  /** Host names and where they lead, as a DNS server would say. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/** Opens a page in a real browser, lets its scripts run to their end, and gives its content. */
export async function openPage({ url, hosts = {} }: Visit): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const rules = Object.entries(hosts).map(([host, address]) => `MAP ${host} ${address}`);
  try {
    const { stdout } = await promisify(execFile)(
      CHROMIUM,
      [
        ...QUIET,
        `--user-data-dir=${profile}`,
        `--host-resolver-rules=${rules.join(',')}`,
        '--virtual-time-budget=10000',
        '--dump-dom',
        url,
      ],
      { timeout: 120_000 },
    );
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
