import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  describe,
  expectArgument,
  type OptionTable,
  settleOptions,
  text,
  unknownName,
  withoutDefault,
} from "../../np/internal.ts";
import type { ClaimRow } from "./row.ts";
import { showing, showingAll } from "./shown.ts";

export interface ClaimsOptions {
  /** Only the claims of this lesson, such as "06". Default: all. */
  readonly lesson?: string | undefined;
}

const options: OptionTable<ClaimsOptions> = { lesson: withoutDefault(text) };

/**
 * The claims of the lecture with their verdicts, as `npm run claims` wrote them. As the last
 * expression of a cell they show themselves, one below the other.
 * @throws RangeError for a lesson without claims, with the lessons that have some
 * @example claims({ lesson: "06" }).map(({ id }) => id).includes("width-helps") // true
 */
export function claims(given: ClaimsOptions = {}): ClaimRow[] {
  const { lesson } = settleOptions("claims", { name: "claims", positional: {}, options }, given);
  const file = fileURLToPath(new URL("../../../studies/claims.json", import.meta.url));
  const rows: readonly ClaimRow[] = JSON.parse(readFileSync(file, "utf8"));
  const chosen = rows.filter((row) => lesson === undefined || row.lesson === lesson);
  if (lesson === undefined || chosen.length > 0) return showingAll(chosen.map(showing));
  const lessons = [...new Set(rows.map((row) => row.lesson))].sort().join(", ");
  throw new RangeError(`claims: lesson is ${describe(lesson)}; expected one of ${lessons}`);
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
  throw unknownName("claim", id, ids);
}
