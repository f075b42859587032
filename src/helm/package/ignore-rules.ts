/** One line of a .helmignore file. */
interface IgnoreRule {
  readonly directoriesOnly: boolean;
  matches(path: string): boolean;
}

/** Whether a file or directory of a chart is left out of its archive. */
export type IgnoreRules = (path: string, isDirectory: boolean) => boolean;

/** What Helm leaves out of every chart. */
const DEFAULT_RULE = 'templates/.?*';

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
}

/** A pattern of Go's filepath.Match, in which `*` stays within one segment of a path. */
function globPattern(glob: string): RegExp {
  const parts = glob.match(/\[\^?[^\]]+\]|\\.|[^]/g) ?? [];
  const source = parts.map((part) => {
    if (part === '*') {
      return '[^/]*';
    }
    if (part === '?') {
      return '[^/]';
    }
    return part.length > 1 ? part : escaped(part);
  });
  return new RegExp(`^${source.join('')}$`);
}

function ignoreRule(line: string): IgnoreRule {
  if (line.startsWith('!') || line.includes('**')) {
    throw new Error(
      `.helmignore: ${line} is not supported: Helm refuses ** and reads ! in a way of its own; ` +
        'list what is to be left out',
    );
  }
  const directoriesOnly = line.endsWith('/');
  const glob = directoriesOnly ? line.slice(0, -1) : line;
  const pattern = globPattern(glob.replace(/^\//, ''));
  const wholePath = glob.includes('/');
  return {
    directoriesOnly,
    matches: (path) => pattern.test(wholePath ? path : path.slice(path.lastIndexOf('/') + 1)),
  };
}

/**
 * Reads the text of a .helmignore file. As in Helm a pattern with a slash fits paths from the
 * chart's root, and one without fits names at any depth.
 *
 * @throws for `**` and `!`.
 */
export function ignoreRules(text: string): IgnoreRules {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const rules = [...lines, DEFAULT_RULE].map(ignoreRule);
  return (path, isDirectory) =>
    rules.some((rule) => (isDirectory || !rule.directoriesOnly) && rule.matches(path));
}
