/** One loaded copy of the package. */
interface Copy {
  /** The folder or address that it was loaded from. */
  readonly from: string;
}

/** The same symbol in every copy. */
const mark: unique symbol = Symbol.for("chalk-and-tape: the copy that made this object") as typeof mark;

const here: Copy = {
  from: String(import.meta.url ?? "a bundle")
    .replace(/(dist\/)?np\/[^/]*$/, "")
    .replace(/^file:\/\//, ""),
};

/**
 * Marks a class's objects as made by this copy of the package. `instanceof` is false for the
 * objects of a second copy; with the mark, messages can say so.
 */
export function markCopy(prototype: object): void {
  Object.defineProperty(prototype, mark, { value: here });
}

/**
 * "two copies of chalk-and-tape are loaded, from … and from …", for an object of another copy; null
 * for one of this copy and for all others.
 */
export function twoCopies(x: unknown): string | null {
  const copy = (x as { readonly [mark]?: Copy } | null | undefined)?.[mark];
  if (copy === undefined || copy === here) return null;
  return `two copies of chalk-and-tape are loaded, from ${copy.from} and from ${here.from}; import everything from one ("npm ls chalk-and-tape" lists them, "npm dedupe" joins them)`;
}
