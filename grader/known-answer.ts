/** An answer whose points are known. It is written as edits of the reference, so that a reader sees what differs. */
export interface KnownAnswer {
  /** `bias gradient divided by N` */
  readonly name: string;
  /** The automatic points that it earns. */
  readonly points: number;
  /** Pairs of text: the first occurs exactly once in the reference, the second replaces it. */
  readonly edits: readonly (readonly [string, string])[];
}

/**
 * The answer's text.
 * @throws Error if an edit does not fit the reference exactly once
 */
export function textOf({ name, edits }: KnownAnswer, reference: string): string {
  return edits.reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2)
      throw new Error(`${name}: ${parts.length - 1} places fit the edit ${JSON.stringify(from)}, expected 1`);
    return parts.join(to);
  }, reference);
}
