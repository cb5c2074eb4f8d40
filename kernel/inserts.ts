/** Texts that are put into a cell before tslab reads it, and the way back from an offset in the longer text. */

export interface Insert {
  /** The offset in the cell before which the text stands. */
  readonly at: number;
  readonly text: string;
}

/** The cell with every text in its place. `inserts` are in ascending order. */
export function withInserts(cell: string, inserts: readonly Insert[]): string {
  let written = "";
  let from = 0;
  for (const { at, text } of inserts) {
    written += cell.slice(from, at) + text;
    from = at;
  }
  return written + cell.slice(from);
}

/** The offset in the cell of an offset in the longer text; an offset inside an insert is the place of that insert. */
export function originalOffset(inserts: readonly Insert[], offset: number): number {
  let added = 0;
  for (const { at, text } of inserts) {
    if (at + added >= offset) break;
    added += Math.min(text.length, offset - at - added);
  }
  return offset - added;
}
