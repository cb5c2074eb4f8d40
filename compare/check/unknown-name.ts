import { nearestName } from "../../np/internal.ts";

/** The error for a name that nobody knows: what was given, what is known, and which of it was probably meant. */
export function unknownName(what: string, given: string, known: readonly string[]): RangeError {
  const near = nearestName(given, known);
  const hint = near ? `. Did you mean "${near}"?` : "";
  return new RangeError(`unknown ${what} "${given}"; expected one of ${known.join(", ")}${hint}`);
}
