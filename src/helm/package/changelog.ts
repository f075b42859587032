/** One item of a changelog. */
export interface Change {
  /** From the heading that it stands under: `added`, `fixed`; undefined without one. */
  readonly kind: string | undefined;
  readonly text: string;
}

/** The lines below `## <version>`, up to the next version. */
function sectionLines(changelog: string, version: string): readonly string[] | undefined {
  const lines = changelog.split('\n');
  const start = lines.findIndex(
    (line) => line === `## ${version}` || line.startsWith(`## ${version} `),
  );
  if (start < 0) {
    return undefined;
  }
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

/** The text of a version in a changelog, or undefined if it has none. */
export function changelogSection(changelog: string, version: string): string | undefined {
  return sectionLines(changelog, version)?.join('\n').trim();
}

/** The items of a version in a changelog: `- text`, perhaps under `### Added` and the like. */
export function changesOf(changelog: string, version: string): readonly Change[] {
  const changes: Change[] = [];
  let kind: string | undefined;
  for (const line of sectionLines(changelog, version) ?? []) {
    const last = changes.at(-1);
    if (line.startsWith('### ')) {
      kind = line.slice('### '.length).trim().toLowerCase();
    } else if (line.startsWith('- ')) {
      changes.push({ kind, text: line.slice('- '.length).trim() });
    } else if (line.startsWith('  ') && last !== undefined) {
      changes[changes.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
    }
  }
  return changes;
}

/**
 * The changes that concern one of several charts: those that name it in backticks, and those that
 * name neither another one nor anything else of `names`.
 */
export function changesFor(
  changes: readonly Change[],
  chart: string,
  names: readonly string[],
): readonly Change[] {
  const isNamed = (text: string, name: string) => new RegExp(`\`${name}(/[^\`]*)?\``).test(text);
  return changes.filter(
    ({ text }) => isNamed(text, chart) || !names.some((name) => isNamed(text, name)),
  );
}
