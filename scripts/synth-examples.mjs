// Writes the charts and manifests of the example programs again: npm run synth:examples.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

const EXAMPLES = 'examples';

const programs = fs
  .readdirSync(EXAMPLES, { withFileTypes: true })
  .map((entry) => (entry.isDirectory() ? `${entry.name}/${entry.name}.ts` : entry.name))
  .concat('cdk8s-plus/web.ts')
  .filter((path) => path.endsWith('.ts') && fs.existsSync(`${EXAMPLES}/${path}`));
for (const path of programs) {
  const args = ['node_modules/ts-node/dist/bin.js', '--transpile-only', `${EXAMPLES}/${path}`];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
  process.stdout.write(`ran ${EXAMPLES}/${path}\n`);
}
