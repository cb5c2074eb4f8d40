import type { CheckRow } from "../../gradcheck/index.ts";
import { judge, type Testimony } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { formulaWitnesses } from "../formulas/witnesses.ts";
import { declaredZero } from "./declared-zero.ts";
import { missing } from "./equal-start.ts";
import type { Trial } from "./trial.ts";
import { numericalInTurns } from "./whole-network/numerical-in-turns.ts";

/** The gradients by name, from each witness that computes them; the first is the one under test. */
export type Said = {
  readonly [W in "analytical" | "manual" | "autograd"]?: ReadonlyMap<string, NDArray> | undefined;
};

export function present(said: Said): { readonly [W in keyof Said]?: ReadonlyMap<string, NDArray> } {
  return Object.fromEntries(
    Object.entries(said).flatMap(([w, gradients]) => (gradients ? [[w, gradients]] : [])),
  );
}

/** Judges every gradient that the tape has. */
export function* gradientRows(
  trial: Trial,
  said: Said,
  theirs: ReadonlyMap<string, NDArray>,
): Generator<void, CheckRow[]> {
  const { row, title, sides, layer, left, inputs, dy, full, directional, rounding } = trial;
  const arrays = new Map([...inputs, ...left.parameters]);
  const loss = { layer, subject: left, inputs, dy, full };
  const isNamedAsOurs = sides.notes.length === 0;
  const byFormula = isNamedAsOurs ? formulaWitnesses(row, inputs, left.parameters, dy) : () => ({});
  const { noInputGradient, zeroGradients } = row.expects ?? {};
  const rows: CheckRow[] = [];
  for (const [quantity, { shape }] of theirs) {
    const each = Object.entries(present(said)).map(([w, gradients]) => [w, gradients.get(quantity)] as const);
    const x = arrays.get(quantity);
    if (quantity === "x" && noInputGradient) continue;
    if (each.some(([, gradient]) => !gradient) || !x) {
      rows.push(missing(title, quantity, shape));
      continue;
    }
    const numerical = directional
      ? "along random directions only"
      : (row.witnesses?.noDifferences ?? (yield* numericalInTurns(loss, x)));
    const testimony: Testimony = { ...Object.fromEntries(each), numerical, ...byFormula(quantity) };
    const judged = unseenChange(judge(title, quantity, shape, testimony, undefined, rounding), testimony);
    rows.push(zeroGradients ? declaredZero(judged, `declared to be 0 here: ${zeroGradients}`) : judged);
    yield;
  }
  return rows;
}

/** Says so if only the differences stand alone and are 0: forward does not use the parameter, or a copy of it. */
function unseenChange(row: CheckRow, { analytical, numerical }: Testimony): CheckRow {
  if (!analytical || row.alone !== "numerical" || typeof numerical !== "object") return row;
  if (numerical.estimates.some(({ value }) => value !== 0)) return row;
  const diagnosis = `your forward gives the same y when ${row.quantity} changes in place, as an optimizer changes it: it does not use ${row.quantity}, or keeps a copy of it`;
  return { ...row, diagnosis };
}

/** Whether every gradient is right for the checked forward, which is not ours, as far as finite differences can tell. */
export function* fitsItsForward(
  trial: Trial,
  gradients: ReadonlyMap<string, NDArray>,
): Generator<void, boolean> {
  const { row, title, layer, left, inputs, dy, full, directional } = trial;
  if (row.witnesses?.noDifferences || directional) return false;
  const arrays = new Map([...inputs, ...left.parameters]);
  const loss = { layer, subject: left, inputs, dy, full };
  for (const [quantity, analytical] of gradients) {
    const x = arrays.get(quantity);
    if (!x) continue;
    const numerical = yield* numericalInTurns(loss, x);
    if (judge(title, quantity, x.shape, { analytical, numerical }).verdict === "disagree") return false;
  }
  return gradients.size > 0;
}
