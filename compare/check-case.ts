import {
  againstExact,
  againstNumerical,
  chooseEntries,
  type Distance,
  type NumericalGradient,
  numericalGradient,
  project,
  randomUpstream,
  unravel,
} from "../gradcheck/index.ts";
import { formatShape, type NDArray, random, sameShape } from "../np/index.ts";
import type { Case, StudentClass } from "./cases.ts";
import { checkOptimizer } from "./check-optimizer.ts";
import { checkProperties } from "./check-properties.ts";
import { chalk, type Side, tape } from "./sides.ts";

/** What became of one quantity of one row: a gradient, or a property such as "linear in dy". */
export interface CheckRow {
  /** `Linear: 5 → 3` */
  readonly case: string;
  readonly quantity: string;
  readonly shape: readonly number[];
  /** The largest difference between any two witnesses. */
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  readonly verdict: "agree" | "disagree" | "vacuous";
  /** Where they differ most, and what each says there; null for a witness that has no say. */
  readonly worst: {
    readonly index: readonly number[];
    readonly manual: number | null;
    readonly autograd: number | null;
    readonly numerical: number | null;
  };
  /** Who stands alone, or what was broken; only where something is wrong. */
  readonly diagnosis?: string;
}

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

/** A row about a property: the verdict, and what to read if it fails. */
export function propertyRow(
  row: Case,
  quantity: string,
  shape: readonly number[],
  found: Distance,
  diagnosis: string,
): CheckRow {
  const { maxAbsolute, maxRelative, agrees, worst } = found;
  const at = { index: unravel(worst, shape), manual: null, autograd: null, numerical: null };
  const title = `${row.name}: ${row.what}`;
  const base = { case: title, quantity, shape, maxAbsolute, maxRelative, worst: at };
  return agrees ? { ...base, verdict: "agree" } : { ...base, verdict: "disagree", diagnosis };
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

/** Three witnesses of one gradient: a disagreement says which of them stands alone. */
function gradientRow(
  row: Case,
  quantity: string,
  manual: NDArray | null,
  autograd: NDArray,
  numerical: NumericalGradient,
): CheckRow {
  const base = { case: `${row.name}: ${row.what}`, quantity, shape: autograd.shape };
  const nowhere = { index: [], manual: null, autograd: null, numerical: null };
  const missing = {
    ...base,
    maxAbsolute: Number.NaN,
    maxRelative: Number.NaN,
    verdict: "disagree",
    worst: nowhere,
  } as const;
  const field = quantity === "x" ? "backward returned no dx" : `backward assigned no gradient of ${quantity}`;
  if (!manual) return { ...missing, diagnosis: `${field}; its shape is ${formatShape(autograd.shape)}` };
  if (!sameShape(manual.shape, autograd.shape)) {
    return {
      ...missing,
      diagnosis: `the gradient of ${quantity} has shape ${formatShape(manual.shape)}, expected ${formatShape(autograd.shape)}: that of ${quantity} itself`,
    };
  }
  const byTape = againstExact(manual, autograd);
  const chalkByNumbers = againstNumerical(manual, numerical);
  const tapeByNumbers = againstNumerical(autograd, numerical);
  const all = [byTape, chalkByNumbers, tapeByNumbers];
  const failed = all.find((distance) => !distance.agrees);
  const shown = failed ?? chalkByNumbers;
  const at = numerical.at.indexOf(shown.worst);
  const worst = {
    index: unravel(shown.worst, autograd.shape),
    manual: manual.flat()[shown.worst] as number,
    autograd: autograd.flat()[shown.worst] as number,
    numerical: numerical.estimates[at]?.value ?? null,
  };
  const numbers = {
    maxAbsolute: Math.max(...all.map((d) => d.maxAbsolute)),
    maxRelative: Math.max(...all.map((d) => d.maxRelative)),
  };
  const checked = numerical.at.length > 0 ? numerical.estimates.map(({ value }) => value) : autograd.flat();
  const vacuous = !failed && checked.every((value) => Math.abs(value) < 1e-8);
  if (vacuous)
    return {
      ...base,
      ...numbers,
      worst,
      verdict: "vacuous",
      diagnosis: "the gradient is 0 everywhere: any backward would pass",
    };
  if (!failed) return { ...base, ...numbers, worst, verdict: "agree" };
  return {
    ...base,
    ...numbers,
    worst,
    verdict: "disagree",
    diagnosis:
      numerical.at.length > 0
        ? whoIsAlone(byTape, chalkByNumbers, tapeByNumbers)
        : "chalk and the tape differ where finite differences cannot judge, at a kink",
  };
}

function whoIsAlone(byTape: Distance, chalk: Distance, tape: Distance): string {
  if (!chalk.agrees && tape.agrees)
    return "chalk stands alone: the tape and the finite differences agree, so look at chalk's backward";
  if (chalk.agrees && !tape.agrees)
    return "the tape stands alone: chalk and the finite differences agree, so look at the vjps";
  if (byTape.agrees)
    return "the finite differences stand alone: a kink, or a forward that is not a function of its inputs only";
  return "all three differ; start with the forward";
}
