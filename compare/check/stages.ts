import type { CheckRow } from "../../gradcheck/index.ts";
import {
  advised,
  againstExact,
  checkHabits,
  checkMask,
  checkProperties,
  cureAdvice,
  directionalRow,
  type LayerLike,
  namesakes,
  type PropertyCheck,
  plainAdvice,
  randomUpstream,
} from "../../gradcheck/internal.ts";
import { type NDArray, random } from "../../np/index.ts";
import { explain } from "../explain/explain.ts";
import { joinDraws } from "../subjects/inputs.ts";
import type { AnyLayer } from "../subjects/sides.ts";
import { checkBuffers } from "./buffers.ts";
import { checkDefaultDy } from "./default-dy.ts";
import { cannotStart } from "./equal-start.ts";
import { forwardRow } from "./forward-row.ts";
import { fitsItsForward, gradientRows, present, type Said } from "./gradient-rows.ts";
import { checkSilent } from "./silent-parameters.ts";
import { copiesOf, type Trial } from "./trial.ts";

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
  anotherMask,
  rightBackward,
  buffersAgree,
  gradientsAgree,
  defaultDy,
  rightForAnyBatch,
  noParameterUnchecked,
  goodHabits,
];

/** Checks that both sides have the same parameters and a y of the same shape; else stops. */
function comparable(
  { row, title, sides, left, right, inputs, expected, student }: Trial,
  found: Findings,
): undefined {
  const y = sides.left(sides.newLayer()).forward(...copiesOf(inputs));
  const wrong = cannotStart(title, left, right, y, expected, student && sides.newLayer());
  if (!wrong) return;
  const { forward, dx } = row.hints ?? {};
  const rules = [forward, dx].flatMap((rule) => (rule ? [cureAdvice(rule)] : []));
  found.rows = [advised(wrong, rules)];
  found.stop = true;
}

/** For a student's layer that draws another mask than ours: checks the mask itself, and nothing that needs ours. */
function anotherMask(
  { row, title, sides, student, inputs, expected, rng }: Trial,
  found: Findings,
): undefined {
  const { mask } = row.expects ?? {};
  if (!student || !mask) return;
  const y = sides.left(sides.newLayer()).forward(...copiesOf(inputs));
  if (againstExact(y, expected).agrees) return;
  found.rows = checkMask(title, sides.newLayer(), inputs.get("x") as NDArray, mask, rng);
  found.stop = true;
}

/** Checks what a right layer does whatever its formula, options and values, once everything else is right. */
function* goodHabits(trial: Trial, found: Findings): Generator<void, void> {
  const { row, title, sides, student, inputs, next, dy, rng } = trial;
  if (!student || row.drawn) return;
  if ([...found.rows, ...found.properties].some(({ verdict }) => verdict !== "agree")) return;
  const specimen = {
    title,
    make: sides.newLayer,
    parametersOf: (layer: LayerLike) => sides.parametersOf(layer as AnyLayer),
    names: [...inputs.keys()],
    draws: [[...inputs.values()], [...next.values()]] as const,
    shape: dy.shape,
    rng,
    noDifferences: row.witnesses?.noDifferences !== undefined,
  };
  found.properties = [...found.properties, ...(yield* checkHabits(specimen))];
}

/** Checks that the weights start equal, and that backward accumulates nothing and overwrites nothing. */
function* rightBackward(trial: Trial, found: Findings): Generator<void, void> {
  const { title, sides, left, inputs, dy, next, rng } = trial;
  const later = { fresh: sides.left(sides.newLayer()), inputs: [...next.values()] };
  const resized = asOneBatch(trial);
  const otherStart = "the two sides were built from the same seed but start with different weights";
  // A student's class may start as it likes: its start is copied into ours.
  if (!trial.student || trial.start) {
    const { mine, theirs } = sides.drawn();
    found.rows = [namesakes(title, "equal start", mine, theirs, 1e-12, otherStart)];
  }
  found.properties = yield* checkProperties({ title, subject: left, inputs, dy, rng, later, resized });
  // A layer that changes its inputs sees other numbers every time, which makes all other results meaningless.
  if (found.properties[0]?.verdict === "agree") return;
  found.properties = found.properties.slice(0, 1);
  found.stop = true;
}

/** Both draws as one batch, with the tape's gradients: units that are off in one draw may be active in the other. */
function asOneBatch({ row, inputs, next, right, rng }: Trial): NonNullable<PropertyCheck["resized"]> {
  const batch = [...joinDraws(row.inputs, [inputs, next]).values()];
  const y = right.forward(...batch);
  const dy = randomUpstream(y.shape, rng).astype(y.dtype);
  return { inputs: batch, dy, expected: right.gradients(dy, ...batch).gradients };
}

/** Compares the buffers, such as running statistics. */
function buffersAgree({ title, sides, student, inputs, next, rounding }: Trial, found: Findings): undefined {
  found.rows = [
    ...found.rows,
    ...checkBuffers(title, sides, [inputs, next], student !== undefined, rounding),
  ];
}

/** Compares forward, then every gradient of chalk, the tape, finite differences and the formula, and explains wrong ones. */
function* gradientsAgree(trial: Trial, found: Findings): Generator<void, void> {
  const { title, seed, left, right, inputs, dy, directional, rng, rounding, student } = trial;
  const mine = left.gradients(dy, ...copiesOf(inputs));
  const autograd = right.gradients(dy, ...inputs.values());
  found.gradients = autograd.gradients;
  const forward = forwardRow(trial, mine.y, autograd.y);
  const rows = [...found.rows, forward];
  if (student && forward.verdict !== "agree") {
    const isRepeatable = found.properties.every(
      ({ quantity, verdict }) => quantity !== "repeatable" || verdict === "agree",
    );
    const fits = isRepeatable && (yield* fitsItsForward(trial, mine.gradients));
    const say = fits
      ? "Your backward is right for this forward: look at forward only"
      : "Fix forward first, then look at backward";
    const run = {
      inputs,
      dy,
      right,
      mine: mine.gradients,
      theirs: autograd.gradients,
      rng: random(seed + 1),
    };
    const [row = forward] = trial.explained ? explain([forward], trial, run) : [forward];
    found.rows = [...found.rows, advised(row, [plainAdvice(say)])];
    return;
  }
  const said: Said = student
    ? {
        analytical: mine.gradients,
        manual: trial.sides.ours()?.gradients(dy, ...copiesOf(inputs)).gradients,
        autograd: autograd.gradients,
      }
    : { manual: mine.gradients, autograd: autograd.gradients };
  if (directional) {
    const arrays = new Map([...inputs, ...left.parameters]);
    rows.push(
      directionalRow(
        title,
        { forward: () => left.forward(...inputs.values()), dy },
        arrays,
        present(said),
        rng,
        rounding,
      ),
    );
  }
  for (const row of yield* gradientRows(trial, said, autograd.gradients)) rows.push(row);
  const run = { inputs, dy, right, mine: mine.gradients, theirs: autograd.gradients, rng: random(seed + 1) };
  found.rows = trial.explained ? explain(rows, trial, run) : rows;
}

/** Checks for a scalar loss that backward() is backward(1). */
function defaultDy({ row, title, sides, inputs, expected }: Trial, found: Findings): undefined {
  if (!row.inputs.target || expected.ndim > 0 || row.expects?.noInputGradient) return;
  found.properties = [...found.properties, checkDefaultDy(title, sides.newLayer(), copiesOf(inputs))];
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
