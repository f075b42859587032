// Prints the notes of a release: what CHANGELOG.md says of a version, by default package.json's.

import * as fs from 'node:fs';
import helm from '../lib/helm/index.js';

function main() {
  const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  const wanted = process.argv[2] ?? version;
  const notes = helm.changelogSection(fs.readFileSync('CHANGELOG.md', 'utf8'), wanted);
  if (notes === undefined || notes === '') {
    throw new Error(`CHANGELOG.md says nothing of ${wanted}`);
  }
  process.stdout.write(`${notes}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`release-notes: ${error.message}\n`);
  process.exitCode = 1;
}
