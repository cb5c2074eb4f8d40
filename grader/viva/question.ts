import type { Random } from "../../np/index.ts";
import type { Node } from "../honesty/syntax.ts";

/** A question to a student about the student's own code. */
export interface Question {
  /** `sum axis`, `transpose` … */
  readonly kind: string;
  /** The line of the student's file; null for a question about a result. */
  readonly line: number | null;
  /** The code that it is about, in one line. */
  readonly code: string;
  readonly question: string;
  /** For the examiner. */
  readonly answer: string;
}

/** Where a pattern looks. */
export interface Place {
  readonly node: Node;
  /** The nodes above, the nearest last. */
  readonly above: readonly Node[];
  /** The text of a node, in one line. */
  readonly textOf: (node: Node) => string;
  /** Numbers of this question alone. */
  readonly random: Random;
}

/** A kind of question: what it asks about a node, or null if the node gives no reason to ask. */
export interface Kind {
  readonly kind: string;
  readonly ask: (place: Place) => { readonly question: string; readonly answer: string } | null;
}
