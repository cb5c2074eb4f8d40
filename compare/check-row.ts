import { type Distance, unravel } from "../gradcheck/index.ts";
import type { Case } from "./cases.ts";

/** What became of one quantity of one row: a gradient, or a property such as "linear in dy". */
export interface CheckRow {
  /** `Linear: 5 → 3` */
  readonly case: string;
  readonly quantity: string;
  readonly shape: readonly number[];
  /** The largest difference between any two witnesses. */
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  readonly verdict: "agree" | "disagree" | "vacuous";
  /** Where they differ most, and what each says there; null for a witness that has no say. */
  readonly worst: {
    readonly index: readonly number[];
    readonly manual: number | null;
    readonly autograd: number | null;
    readonly numerical: number | null;
    /** mathjs's derivative; only in rows about a formula. */
    readonly symbolic?: number;
  };
  /** Who stands alone, or what was broken; only where something is wrong. */
  readonly diagnosis?: string;
}

/** A row about a property: the verdict, and what to read if it fails. */
export function propertyRow(
  row: Case,
  quantity: string,
  shape: readonly number[],
  found: Distance,
  diagnosis: string,
): CheckRow {
  const { maxAbsolute, maxRelative, agrees, worst } = found;
  const at = { index: unravel(worst, shape), manual: null, autograd: null, numerical: null };
  const title = `${row.name}: ${row.what}`;
  const base = { case: title, quantity, shape, maxAbsolute, maxRelative, worst: at };
  return agrees ? { ...base, verdict: "agree" } : { ...base, verdict: "disagree", diagnosis };
}
