import { describe } from "./describe.ts";

/**
 * The one of `names` that a mistyped name most likely means: the one with the fewest letters
 * inserted, deleted, replaced or swapped with the next. Null if that is more than half of its
 * letters.
 * @see Levenshtein, "Binary codes capable of correcting deletions, insertions and reversals" (1966)
 */
export function nearestName(name: string, names: readonly string[]): string | null {
  const ranked = names
    .map((known) => ({ known, edits: distance(name.toLowerCase(), known.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= best.known.length / 2 ? best.known : null;
}

function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] as number) + 1
          : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}

/** `. Did you mean "bias"?`, to end a sentence with; empty when no known name is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = nearestName(given, known);
  return near === null ? "" : `. Did you mean "${near}"?`;
}

/** The error for an unknown name: what was given, what is known, and the nearest known name. */
export function unknownName(what: string, given: unknown, known: readonly string[]): RangeError {
  const near = typeof given === "string" ? didYouMean(given, known) : "";
  return new RangeError(`unknown ${what} ${describe(given)}; expected one of ${known.join(", ")}${near}`);
}
