import type { CheckRow } from "../../gradcheck/index.ts";
import {
  type Advice,
  advised,
  cureAdvice,
  type Diagnosis,
  diagnose,
  diagnoseForward,
  plainAdvice,
  type Subject,
} from "../../gradcheck/internal.ts";
import { type NDArray, type Random, random } from "../../np/index.ts";
import type { Case } from "../cases/case.ts";
import { derivativeText } from "../formulas/formula-witness.ts";
import { differentiableCount, drawInputs, inputNames } from "../subjects/inputs.ts";
import { tape } from "../subjects/sides.ts";
import type { Sides } from "../subjects/start.ts";
import { constantsOf, evidenceFor, forwardEvidence, type Inputs } from "./evidence.ts";
import { firstDifference } from "./first-difference/first-difference.ts";

/** The subject of a check: the row of the table, and how to build both sides. */
export interface Checked {
  readonly row: Case;
  readonly sides: Sides;
}

/** One run of both sides in which something was wrong. */
export interface CheckedRun {
  readonly inputs: ReadonlyMap<string, NDArray>;
  readonly dy: NDArray;
  readonly right: Subject;
  /** The gradients of the checked side. */
  readonly mine: ReadonlyMap<string, NDArray>;
  /** The right gradients, the tape's. */
  readonly theirs: ReadonlyMap<string, NDArray>;
  readonly rng: Random;
}

/** The most wrong gradients that are diagnosed in a large network: after the first mistake in backward all are wrong. */
const mostOfLarge = 3;

/** The beginning of messages that say where two networks first differ. */
const inBackwardOrder = "In backward order: ";

/**
 * Adds a diagnosis to every wrong row, and to the first of them the first part of the network
 * where the two sides differ. Runs both sides about ten times, so call it only for failures.
 */
export function explain(rows: readonly CheckRow[], checked: Checked, run: CheckedRun): readonly CheckRow[] {
  if (rows.every(({ verdict }) => verdict !== "disagree")) return rows;
  const forward = rows.find(({ quantity }) => quantity === "forward")?.verdict === "agree";
  const place = placeOf(checked, run);
  const most = checked.row.large?.directional ? mostOfLarge : Number.POSITIVE_INFINITY;
  let [isLocated, diagnosed] = [false, 0];
  return rows.map((row) => {
    if (row.verdict !== "disagree") return row;
    const isGradient = run.theirs.has(row.quantity);
    const isForward = row.quantity === "forward";
    const diagnosis = isForward
      ? forwardDiagnosis(checked, run)
      : isGradient && forward && ++diagnosed <= most
        ? diagnosisOf(row, checked, run)
        : null;
    const advice = [
      ...(isGradient && !forward ? [plainAdvice("fix forward first, then look at this")] : []),
      ...(diagnosis ? [diagnosis] : []),
      // A cure may name the rule already.
      ...(diagnosis && inputNames.includes(row.quantity) && !diagnosis.cure.includes("dx = ")
        ? rulesOf(checked.row).map(cureAdvice)
        : []),
      ...(place && !isLocated ? [place] : []),
    ];
    isLocated = true;
    return { ...advised(row, advice), ...(diagnosis && { cause: diagnosis.cause }) };
  });
}

/** The right dx, from the row's formula and its hint. */
function rulesOf({ witnesses, hints }: Case): string[] {
  const { formula } = witnesses ?? {};
  return [...(formula ? [derivativeText(formula)] : []), ...(hints?.dx ? [hints.dx] : [])];
}

function inArgumentOrder(inputs: ReadonlyMap<string, NDArray>): Inputs {
  return [...inputs.values()] as [NDArray, ...NDArray[]];
}

/** Draws other inputs and another dy of the same shapes, for an earlier forward and backward. */
function earlierRun({ row }: Checked, { rng, dy }: CheckedRun): { inputs: Inputs; dy: NDArray } {
  const inputs = inArgumentOrder(drawInputs(row.inputs, rng));
  return { inputs, dy: rng.normal(0, 1, dy.shape).astype(dy.dtype) };
}

/** The diagnosis of one wrong gradient; null unless chalk's is the wrong one. */
function diagnosisOf(row: CheckRow, checked: Checked, run: CheckedRun): Diagnosis | null {
  const [found, expected] = [run.mine.get(row.quantity), run.theirs.get(row.quantity)];
  if (!found || !expected || row.alone === "autograd" || row.alone === "numerical") return null;
  const { sides, row: table } = checked;
  return diagnose(
    evidenceFor({
      right: run.right,
      left: () => sides.left(sides.newLayer()),
      inputs: inArgumentOrder(run.inputs),
      dy: run.dy,
      quantity: row.quantity,
      found,
      expected,
      earlier: earlierRun(checked, run),
      batchAxis: table.inputs.batchAxis ?? 0,
      constants: constantsOf(sides.newModule()),
    }),
  );
}

/** The diagnosis of a wrong y; null if it is unknown, or forward throws. */
function forwardDiagnosis({ sides, row }: Checked, { right, ...run }: CheckedRun): Diagnosis | null {
  const inputs = inArgumentOrder(run.inputs);
  try {
    const y = sides.left(sides.newLayer()).forward(...inputs.map((x) => x.copy()));
    const constants = constantsOf(sides.newModule());
    const batchAxis = row.inputs.batchAxis ?? 0;
    const found = diagnoseForward(forwardEvidence(y, { right, inputs, batchAxis, constants }));
    // A plain factor or offset is in the row already.
    return found.cause === "unknown" || found.what.endsWith("everywhere") ? null : found;
  } catch {
    return null;
  }
}

/** The first point where the two sides differ, for networks that have parts; null for a single layer. */
function placeOf(checked: Checked, run: CheckedRun): Advice | null {
  const { row, sides } = checked;
  const found = firstDifference({
    left: sides.newLayer(),
    right: sides.newModule(),
    inputs: inArgumentOrder(run.inputs),
    dy: run.dy,
    earlier: earlierRun(checked, run),
    batchAxis: row.inputs.batchAxis ?? 0,
    differentiable: differentiableCount(row.inputs),
  });
  if (!found || found.part === "") return null;
  const { diagnosis, place } = found;
  const where = `${found.pass === "backward" ? inBackwardOrder : "In order: "}${place}`;
  return diagnosis
    ? { where, what: `${where}. ${diagnosis.what}`, cure: diagnosis.cure }
    : plainAdvice(where);
}

/** The same for a row that threw: where it threw; null if that cannot be determined. */
export function explainThrow(row: Case, seed: number, sides: () => Sides): string | null {
  const rng = random(seed);
  try {
    const { newLayer, newModule } = sides();
    const right = newModule();
    const inputs = drawInputs(row.inputs, rng);
    const y = tape(right, differentiableCount(row.inputs)).forward(...inputs.values());
    const dy = rng.normal(0, 1, y.shape).astype(y.dtype);
    const left = newLayer();
    const found = firstDifference({
      left,
      right,
      inputs: inArgumentOrder(inputs),
      dy,
      differentiable: differentiableCount(row.inputs),
    });
    return found && found.part !== "" ? `${inBackwardOrder}${found.text}` : null;
  } catch {
    return null;
  }
}
