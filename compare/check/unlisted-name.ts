import { describe, didYouMean } from "../../np/internal.ts";

/** The command that prints the names, which are too many for a message. */
export const listCommand = "`npx chalk-and-tape gradcheck --list` prints all names";

/** The error for a name that the catalogue does not have: the nearest name that it has, and where the others are. */
export function unlistedName(what: string, given: string, known: readonly string[]): RangeError {
  const near = didYouMean(given, known) || ".";
  return new RangeError(`unknown ${what} ${describe(given)}${near} ${listCommand}`);
}
