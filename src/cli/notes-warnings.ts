/** How the notes of a chart begin a paragraph on what to know of the chosen values. */
const BEGINNING = /^(?:Know: |WARNING: |(?=Never ))/;

/** What the notes of a release warn of: what is valid and has a catch. */
export function notesWarnings(notes: string): readonly string[] {
  return notes
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => BEGINNING.test(paragraph))
    .map((paragraph) => paragraph.replace(BEGINNING, '').replace(/\s*\n\s*/g, ' '));
}
