import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expectArgument, nearestName, text } from "../../np/internal.ts";
import type { ClaimRow } from "./row.ts";
import { showing } from "./shown.ts";

/**
 * Every claim of the lecture with its verdict, as `npm run claims` wrote them.
 * @example claims().find(({ id }) => id === "parameter-count").verdict // "holds"
 */
export function claims(): ClaimRow[] {
  const file = fileURLToPath(new URL("../../../studies/claims.json", import.meta.url));
  const rows: readonly ClaimRow[] = JSON.parse(readFileSync(file, "utf8"));
  return rows.map(showing);
}

/**
 * One claim of the lecture by its id: statement, verdict, numbers, command. As the last expression
 * of a cell it shows itself.
 * @throws RangeError with the nearest id for an id that no claim has
 * @example claim("parameter-count").verdict // "holds"
 */
export function claim(id: string): ClaimRow {
  expectArgument("claim", "id", text, id);
  const all = claims();
  const found = all.find((one) => one.id === id);
  if (found) return found;
  const ids = all.map((one) => one.id);
  const near = nearestName(id, ids);
  const cure = near ? `did you mean "${near}"?` : `expected one of ${ids.join(", ")}`;
  throw new RangeError(`claim: id is ${describe(id)}; ${cure}`);
}
