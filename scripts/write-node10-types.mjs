// Writes types-node10/: the declarations of lib/ for TypeScript's older module resolution, "node10",
// which a project made by `cdk8s init` has. That resolution takes zod's types of CommonJS flavour,
// which do not compile without esModuleInterop; `zod/index.js` are the same types for ES modules.
// typesVersions in package.json points here; TypeScript reads it only where it does not read
// `exports`. Give another directory that has lib/ as an argument.

import * as fs from 'node:fs';
import * as path from 'node:path';

const root = process.argv[2] ?? path.join(import.meta.dirname, '..');
const from = path.join(root, 'lib');
const to = path.join(root, 'types-node10');

// The compiler runs out of memory where it compares both flavours of zod. So programs that import
// zod by themselves get this one too.
const ZOD = `declare module 'zod' {
  export * from 'zod/index.js';
  export { default } from 'zod/index.js';
}

declare module 'zod/v4' {
  export * from 'zod/v4/index.js';
  export { default } from 'zod/v4/index.js';
}
`;

fs.rmSync(to, { recursive: true, force: true });
for (const file of fs.readdirSync(from, { recursive: true })) {
  if (!file.endsWith('.d.ts') || file.startsWith(`cli${path.sep}`)) {
    continue;
  }
  const text = fs.readFileSync(path.join(from, file), 'utf8');
  fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
  fs.writeFileSync(path.join(to, file), text.replace(/(["'])zod\1/g, '$1zod/index.js$1'));
}
fs.writeFileSync(path.join(to, 'zod.d.ts'), ZOD);
for (const [file, toZod] of [
  ['index.d.ts', './zod.d.ts'],
  ['helm/index.d.ts', '../zod.d.ts'],
]) {
  const text = fs.readFileSync(path.join(to, file), 'utf8');
  fs.writeFileSync(path.join(to, file), `/// <reference path="${toZod}" />\n${text}`);
}
