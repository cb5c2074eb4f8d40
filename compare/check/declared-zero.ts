import type { CheckRow } from "../../gradcheck/index.ts";

/** A gradient that must be 0 and is; what is not 0 was declared wrongly, though all may agree on it. `remedy` says where to take it out. */
export function declaredZero({ diagnosis, ...row }: CheckRow, remedy: string): CheckRow {
  const quantity = `${row.quantity}, where it is 0`;
  if (row.verdict === "vacuous") return { ...row, quantity, verdict: "agree" };
  return { ...row, quantity, verdict: "disagree", diagnosis: diagnosis ?? remedy };
}
