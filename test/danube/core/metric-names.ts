/** The names of the metrics in a PromQL query: what is neither text, label, number nor function. */
export function metricNames(query: string): readonly string[] {
  const bare = query
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const words = bare.match(/[a-zA-Z_:][a-zA-Z0-9_:]*(?!\w)\s*\(?/g) ?? [];
  const KEYWORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'group_left', 'group_right']);
  return words
    .map((word) => word.trim())
    .filter((word) => !word.endsWith('(') && !KEYWORDS.has(word));
}
