/** Says on stderr what takes long, where a person looks on. */
export function progress(message: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`${message} ...\n`);
  }
}
