// Pushes the packed charts to an OCI registry and signs each by its digest with cosign, keyless:
//   node scripts/push-charts.mjs ghcr.io/<owner>/charts --sbom dist/sbom.spdx.json
// helm and cosign have to be logged in. Further arguments go to `helm push`.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';

const ARCHIVES = 'dist/charts';

function main() {
  const { values, positionals } = parseArgs({
    options: { sbom: { type: 'string' }, 'plain-http': { type: 'boolean' } },
    allowPositionals: true,
  });
  const [registry] = positionals;
  if (registry === undefined) {
    throw new Error('name the registry, such as ghcr.io/owner/charts');
  }
  const archives = fs.readdirSync(ARCHIVES).filter((name) => name.endsWith('.tgz'));
  const plainHttp = values['plain-http'] ? ['--plain-http'] : [];
  for (const name of archives.sort()) {
    const output = run('helm', [
      'push',
      path.join(ARCHIVES, name),
      `oci://${registry}`,
      ...plainHttp,
    ]);
    const image = imageOf(output);
    process.stdout.write(`pushed ${image}\n`);
    run('cosign', ['sign', '--yes', image]);
    if (values.sbom !== undefined) {
      const predicate = ['--type', 'spdxjson', '--predicate', values.sbom];
      run('cosign', ['attest', '--yes', ...predicate, image]);
    }
    process.stdout.write(`signed ${image}\n`);
  }
}

/** What helm says that it pushed, by digest. */
function imageOf(output) {
  const pushed = /^Pushed: (.+):[^:]+$/m.exec(output)?.[1];
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(output)?.[1];
  if (pushed === undefined || digest === undefined) {
    throw new Error(`helm push did not say what it pushed: ${output}`);
  }
  return `${pushed}@${digest}`;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command} ${args[0]}: ${error?.message ?? stderr.trim()}`);
  }
  return stdout + stderr;
}

try {
  main();
} catch (error) {
  process.stderr.write(`push-charts: ${error.message}\n`);
  process.exitCode = 1;
}
