import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Beside a built program stands a note of what it was built from. It is written last, so a build
 * that was broken off is done again.
 */
function notePath(directory) {
  return path.join(directory, 'sources.sha256');
}

function noteText(sources) {
  const hash = createHash('sha256');
  sources.forEach((source) => hash.update(source));
  return `${hash.digest('hex')}\n`;
}

/** Whether a directory holds what is built from these sources. */
export function isBuiltFrom(directory, sources) {
  const note = notePath(directory);
  return fs.existsSync(note) && fs.readFileSync(note, 'utf8') === noteText(sources);
}

/** Notes that a directory holds it. */
export function noteBuiltFrom(directory, sources) {
  fs.writeFileSync(notePath(directory), noteText(sources));
}
