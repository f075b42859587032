/** How many letters have to be put in, taken out, replaced or swapped to make one of the other. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/** `replica_count` and `replicacount` are spelt as `replicaCount` is. */
function spelling(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '');
}

/** How many letters they begin with in common. */
function commonStart(a: string, b: string): number {
  let end = 0;
  while (end < a.length && a[end] === b[end]) {
    end++;
  }
  return end;
}

/**
 * What someone who wrote `word` probably meant: a word with few other letters, or one that begins
 * as `word` does.
 */
export function closestTo(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(spelling(word), spelling(candidate)) }))
    .filter(({ candidate, far }) => far <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.far - b.far);
  const begun = candidates.find((candidate) => {
    const start = commonStart(spelling(word), spelling(candidate));
    return start > 2 && start >= spelling(word).length - 1;
  });
  return ranked.at(0)?.candidate ?? begun;
}
