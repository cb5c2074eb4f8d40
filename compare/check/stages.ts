import type { CheckRow } from "../../gradcheck/index.ts";
import {
  againstExact,
  checkProperties,
  directionalRow,
  judge,
  namesakes,
  type PropertyCheck,
  propertyRow,
  randomUpstream,
} from "../../gradcheck/internal.ts";
import { type NDArray, random } from "../../np/index.ts";
import { explain } from "../explain/explain.ts";
import { formulaWitnesses } from "../formulas/witnesses.ts";
import { differentiableCount, joinDraws } from "../subjects/inputs.ts";
import { chalk } from "../subjects/sides.ts";
import { checkBuffers } from "./buffers.ts";
import { declaredZero } from "./declared-zero.ts";
import { checkDefaultDy } from "./default-dy.ts";
import { cannotStart, missing } from "./equal-start.ts";
import { checkSilent } from "./silent-parameters.ts";
import { copiesOf, type Trial } from "./trial.ts";
import { numericalInTurns } from "./whole-network/numerical-in-turns.ts";

/** The results of the stages so far. */
export interface Findings {
  /** One row per comparison of the two sides. */
  rows: readonly CheckRow[];
  /** One row per property that a right backward must have by itself. */
  properties: readonly CheckRow[];
  /** The tape's gradients, once they are known. */
  gradients: ReadonlyMap<string, NDArray>;
  /** Whether further results would be meaningless. */
  stop: boolean;
}

/** One stage of the check of a row. It adds to the findings; a long one is a generator that pauses. */
export type Stage = (trial: Trial, found: Findings) => Generator<void, void> | undefined;

/** All stages of the check of a row, in order; an optimizer's row has its own check. */
export const stages: readonly Stage[] = [
  comparable,
  rightBackward,
  buffersAgree,
  gradientsAgree,
  defaultDy,
  rightForAnyBatch,
  noParameterUnchecked,
];

/** Checks that both sides have the same parameters and a y of the same shape; else stops. */
function comparable(
  { row, title, left, right, inputs, expected, newLayer }: Trial,
  found: Findings,
): undefined {
  const y = chalk(newLayer()).forward(...copiesOf(inputs));
  const wrong = cannotStart(title, left, right, y, expected);
  if (!wrong) return;
  const { forward, dx } = row.hints ?? {};
  found.rows = [{ ...wrong, diagnosis: [wrong.diagnosis, forward, dx].filter(Boolean).join("\n") }];
  found.stop = true;
}

/** Checks that the weights start equal, and that backward accumulates nothing and overwrites nothing. */
function* rightBackward(trial: Trial, found: Findings): Generator<void, void> {
  const { title, left, right, inputs, dy, next, rng, newLayer } = trial;
  const later = { fresh: chalk(newLayer()), inputs: [...next.values()] };
  const resized = asOneBatch(trial);
  const otherStart = "the two sides were built from the same seed but start with different weights";
  found.rows = [namesakes(title, "equal start", left.parameters, right.parameters, 1e-12, otherStart)];
  found.properties = yield* checkProperties({ title, subject: left, inputs, dy, rng, later, resized });
  // A layer that changes its inputs sees other numbers every time, which makes all other results meaningless.
  if (found.properties[0]?.verdict === "agree") return;
  found.properties = found.properties.slice(0, 1);
  found.stop = true;
}

/** Both draws as one batch, with the tape's gradients: units that are off in one draw may be active in the other. */
function asOneBatch({ row, inputs, next, right, rng }: Trial): NonNullable<PropertyCheck["resized"]> {
  const batch = [...joinDraws(row.inputs, [inputs, next]).values()];
  const dy = randomUpstream(right.forward(...batch).shape, rng);
  return { inputs: batch, dy, expected: right.gradients(dy, ...batch).gradients };
}

/** Compares the buffers, such as running statistics. */
function buffersAgree(trial: Trial, found: Findings): undefined {
  const { row, title, inputs, next, newLayer, newModule } = trial;
  const count = differentiableCount(row.inputs);
  found.rows = [...found.rows, ...checkBuffers(title, newLayer(), newModule(), count, [inputs, next])];
}

/** Compares forward, then every gradient of chalk, the tape, finite differences and the formula, and explains wrong ones. */
function* gradientsAgree(trial: Trial, found: Findings): Generator<void, void> {
  const { row, title, seed, layer, left, right, inputs, dy, full, directional, rng, rounding } = trial;
  const manual = left.gradients(dy, ...copiesOf(inputs));
  const autograd = right.gradients(dy, ...inputs.values());
  found.gradients = autograd.gradients;
  const differ = "chalk's forward and the tape's differ; compare the two files line by line";
  const otherForward = [differ, row.hints?.forward].filter(Boolean).join("\n");
  const forward = againstExact(manual.y, autograd.y);
  const rows = [...found.rows, propertyRow(title, "forward", forward, autograd.y.shape, otherForward)];
  const arrays = new Map([...inputs, ...left.parameters]);
  const said = { manual: manual.gradients, autograd: autograd.gradients };
  if (directional) {
    const forward = (): NDArray => left.forward(...inputs.values());
    rows.push(directionalRow(title, { forward, dy }, arrays, said, rng));
  }
  const loss = { layer, subject: left, inputs, dy, full };
  const byFormula = formulaWitnesses(row, inputs, left.parameters, dy);
  const { noInputGradient, zeroGradients } = row.expects ?? {};
  for (const [quantity, theirs] of autograd.gradients) {
    const mine = manual.gradients.get(quantity);
    const x = arrays.get(quantity);
    if (quantity === "x" && noInputGradient) continue;
    if (!mine || !x) {
      rows.push(missing(title, quantity, theirs.shape));
      continue;
    }
    const numerical = directional
      ? "along random directions only"
      : (row.witnesses?.noDifferences ?? (yield* numericalInTurns(loss, x)));
    const testimony = { manual: mine, autograd: theirs, numerical, ...byFormula(quantity) };
    const judged = judge(title, quantity, theirs.shape, testimony, undefined, rounding);
    rows.push(zeroGradients ? declaredZero(judged, `declared to be 0 here: ${zeroGradients}`) : judged);
    yield;
  }
  const run = { inputs, dy, right, ...said, rng: random(seed + 1) };
  found.rows = trial.explained ? explain(rows, trial, run) : rows;
}

/** Checks for a scalar loss that backward() is backward(1). */
function defaultDy({ row, title, inputs, expected, newLayer }: Trial, found: Findings): undefined {
  if (!row.inputs.target || expected.ndim > 0 || row.expects?.noInputGradient) return;
  found.properties = [...found.properties, checkDefaultDy(title, newLayer(), copiesOf(inputs))];
}

/** Drops the row about another batch size if the first batch already failed: it would add nothing. */
function rightForAnyBatch(_trial: Trial, found: Findings): undefined {
  if (found.rows.every(({ verdict }) => verdict === "agree")) return;
  found.properties = found.properties.filter(({ quantity }) => quantity !== "another batch size");
}

/** Checks those parameters of a large network whose gradient was 0 on other inputs. */
function* noParameterUnchecked(trial: Trial, found: Findings): Generator<void, void> {
  if (!trial.row.large?.everyParameter || trial.directional) return;
  found.rows = yield* checkSilent(trial, found.rows, found.gradients);
}
