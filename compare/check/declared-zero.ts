import type { CheckRow } from "../../gradcheck/index.ts";

/**
 * Judges a gradient that is declared to be 0. It fails if it is not 0, even if all witnesses agree;
 * `remedy` says where to remove the declaration.
 */
export function declaredZero({ diagnosis, ...row }: CheckRow, remedy: string): CheckRow {
  const quantity = `${row.quantity}, where it is 0`;
  if (row.verdict === "vacuous") return { ...row, quantity, verdict: "agree" };
  return { ...row, quantity, verdict: "disagree", diagnosis: diagnosis ?? remedy };
}
