import { array, type NDArray, type Random } from "../../np/index.ts";
import type { CheckRow, Witness } from "../report/report.ts";
import { judge } from "../witnesses.ts";
import type { Estimate } from "./derivatives.ts";
import { along, directionalDerivatives, randomDirection } from "./directional.ts";

/** The number of directions tried. */
const count = 3;

type Named = ReadonlyMap<string, NDArray>;

/**
 * Checks all arrays at once along random directions v: Σ gradient ⊙ v against the slope of Σ dy ⊙ forward(),
 * with about ten forward passes per direction.
 * @param said the gradients by name, from each witness that has them; the first is the one under
 * test
 * @param rounding allowed between two witnesses that compute exactly; see `judge`
 */
export function directionalRow(
  title: string,
  { forward, dy }: { readonly forward: () => NDArray; readonly dy: NDArray },
  arrays: Named,
  said: { readonly [W in Witness]?: Named },
  rng: Random,
  rounding?: number,
): CheckRow {
  const witnesses = Object.entries(said);
  const moved = new Map([...arrays].filter(([name]) => witnesses.every(([, g]) => g.has(name))));
  const directions = Array.from({ length: count }, () => randomDirection(moved, rng));
  const sums = witnesses.map(([w, gradients]) => [w, array(directions.map((v) => along(gradients, v)))]);
  const { at, estimates } = directionalDerivatives(forward, dy, moved, directions);
  // Through several kinks at once, the slope of a right backward need not lie between the one-sided
  // slopes.
  const off = at.filter((i) => estimates[i]?.kink !== "on");
  const numerical = { at: off, estimates: off.map((i) => estimates[i] as Estimate) };
  const testimony = {
    ...Object.fromEntries(sums),
    numerical: off.length > 0 ? numerical : "all directions cross kinks: check element by element",
  };
  const row = judge(title, `${count} random directions`, [count], testimony, undefined, rounding);
  return { ...row, kinks: row.kinks + at.length - off.length };
}
