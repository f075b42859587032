const CODES = { red: 31, green: 32, yellow: 33, bold: 1 } as const;

/** Colours text for a terminal; elsewhere, and where NO_COLOR is set, it stays as it is. */
export function paint(colour: keyof typeof CODES, text: string): string {
  const { NO_COLOR, TERM } = process.env;
  const isPlain = (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  return process.stdout.isTTY && !isPlain ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}
