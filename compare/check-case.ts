import {
  againstExact,
  chooseEntries,
  type NumericalGradient,
  numericalGradient,
  project,
  randomUpstream,
} from "../gradcheck/index.ts";
import { formatShape, type NDArray, random, sameShape } from "../np/index.ts";
import type { Case, StudentClass } from "./cases.ts";
import { checkFormula } from "./check-formula.ts";
import { checkOptimizer } from "./check-optimizer.ts";
import { checkProperties } from "./check-properties.ts";
import { type CheckRow, propertyRow } from "./check-row.ts";
import { gradientRow } from "./gradient-row.ts";
import { chalk, type Side, tape } from "./sides.ts";

/** The rows of one case, and how many elements had a kink near. */
export interface CaseResult {
  readonly rows: readonly CheckRow[];
  readonly kinks: number;
}

export interface CheckOptions {
  /** Of weights, inputs and upstream gradients; default 0. */
  readonly seed?: number;
  /** Checks every element of every array numerically, however long it takes; default false. */
  readonly full?: boolean;
  /** Stands in for chalk's class. */
  readonly student?: StudentClass;
}

/**
 * Checks one row of the table: equal start, equal forward, every gradient of chalk = tape = finite differences with a random signed
 * dy, and the properties of a right backward.
 */
export function checkCase(row: Case, options: CheckOptions = {}): CaseResult {
  const steps = checkInTurns(row, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, stopping now and then, so that an asynchronous caller can hand over the thread: large networks take minutes. */
export function* checkInTurns(
  row: Case,
  { seed = 0, full = false, student }: CheckOptions = {},
): Generator<void, CaseResult> {
  if (row.optimizer) return checkOptimizer(row, row.optimizer, seed, student);
  const rng = random(seed);
  const build = (): Side => chalk(row.manual(random(seed), student));
  const left = build();
  yield;
  const right = tape(row.autograd(random(seed)));
  yield;
  const inputs = [row.x(rng), ...(row.target ? [row.target(rng)] : [])] as [NDArray, ...NDArray[]];
  const expected = right.forward(...inputs);
  const stop = cannotStart(row, left, right, build().forward(...copies(inputs)), expected);
  if (stop) return { rows: [stop], kinks: 0 };
  yield;
  const dy = randomUpstream(expected.shape, rng);
  const properties = yield* checkProperties(row, { left, right, fresh: build() }, inputs, dy, rng);
  yield;
  const [manual, autograd] = [left.gradients(dy, ...copies(inputs)), right.gradients(dy, ...inputs)];
  const forward = againstExact(manual.y, autograd.y);
  const rows = [propertyRow(row, "forward", autograd.y.shape, forward, otherForward), ...properties];
  const parameters = new Map([["x", inputs[0]], ...left.parameters]);
  let kinks = 0;
  for (const [quantity, theirs] of autograd.gradients) {
    const mine = manual.gradients.get(quantity) ?? null;
    if (quantity === "x" && !mine && row.name === "NonlinearClassifier") continue; // the lecture's class returns no dx
    const entries = full && row.entries !== 0 ? undefined : row.entries;
    const at = chooseEntries(theirs.size, entries ?? Number.POSITIVE_INFINITY, rng);
    const numerical = yield* numericalInTurns(
      () => project(left.forward(...inputs), dy),
      parameters.get(quantity) as NDArray,
      at ?? Array.from({ length: theirs.size }, (_, i) => i),
    );
    kinks += numerical.estimates.filter((estimate) => estimate.kink).length;
    const found = gradientRow(row, quantity, mine, theirs, numerical);
    const excused = found.verdict === "disagree" && mine && !forward.agrees;
    rows.push(excused ? { ...found, diagnosis: `look at this after forward: ${otherForward}` } : found);
  }
  const byFormula = checkFormula(row, inputs, dy, manual.gradients.get("x") ?? null);
  if (byFormula) rows.push(byFormula);
  return { rows, kinks };
}

const otherForward = "chalk's forward and the tape's differ; compare the two files line by line";

function copies(inputs: readonly [NDArray, ...NDArray[]]): [NDArray, ...NDArray[]] {
  return inputs.map((x) => x.copy()) as [NDArray, ...NDArray[]];
}

/** What makes all further comparison pointless: other parameters, or an output of another shape. */
function cannotStart(row: Case, left: Side, right: Side, mine: NDArray, theirs: NDArray): CheckRow | null {
  const nothing = { maxAbsolute: Number.NaN, maxRelative: Number.NaN, worst: 0, agrees: false };
  const names = ({ parameters }: Side): string => [...parameters.keys()].sort().join(", ") || "none";
  if (names(left) !== names(right)) {
    const rule = "a parameter is an array `p` with a field `dP` beside it, null at first";
    const diagnosis = `chalk's parameters are ${names(left)}; the tape's are ${names(right)}: ${rule}`;
    return propertyRow(row, "parameters", [], nothing, diagnosis);
  }
  if (sameShape(mine.shape, theirs.shape)) return null;
  const diagnosis = `forward returns shape ${formatShape(mine.shape)}, expected ${formatShape(theirs.shape)}`;
  return propertyRow(row, "forward", theirs.shape, nothing, diagnosis);
}

/** So few elements at a time that even a large network answers Ctrl-C. */
const elementsInOneTurn = 8;

function* numericalInTurns(
  f: () => number,
  x: NDArray,
  at: readonly number[],
): Generator<void, NumericalGradient> {
  const estimates: NumericalGradient["estimates"][number][] = [];
  for (let start = 0; start < at.length; start += elementsInOneTurn) {
    const part = numericalGradient(f, x, at.slice(start, start + elementsInOneTurn));
    for (const estimate of part.estimates) estimates.push(estimate);
    yield;
  }
  return { at, estimates };
}
