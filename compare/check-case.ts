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
import { chalk, tape } from "./sides.ts";

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
export function checkCase(row: Case, { seed = 0, full = false, student }: CheckOptions = {}): CaseResult {
  if (row.optimizer) return checkOptimizer(row, row.optimizer, seed);
  const rng = random(seed);
  const [left, right] = [chalk(row.manual(random(seed), student)), tape(row.autograd(random(seed)))];
  const inputs = [row.x(rng), ...(row.target ? [row.target(rng)] : [])] as [NDArray, ...NDArray[]];
  const dy = randomUpstream(left.forward(...inputs).shape, rng);
  const [manual, autograd] = [left.gradients(dy, ...inputs), right.gradients(dy, ...inputs)];
  const forward = againstExact(manual.y, autograd.y);
  const rows = [
    propertyRow(
      row,
      "forward",
      autograd.y.shape,
      forward,
      "chalk's forward and the tape's differ; compare the two files line by line",
    ),
    ...checkProperties(row, left, right, inputs, dy, rng),
  ];
  const parameters = new Map([["x", inputs[0]], ...left.parameters]);
  let kinks = 0;
  for (const [quantity, theirs] of autograd.gradients) {
    const mine = manual.gradients.get(quantity) ?? null;
    if (quantity === "x" && !mine && row.name === "NonlinearClassifier") continue; // the lecture's class returns no dx
    const at = full ? undefined : chooseEntries(theirs.size, row.entries ?? Number.POSITIVE_INFINITY, rng);
    const numerical = numericalGradient(
      () => project(left.forward(...inputs), dy),
      parameters.get(quantity) as NDArray,
      at,
    );
    kinks += numerical.estimates.filter((estimate) => estimate.kink).length;
    rows.push(gradientRow(row, quantity, mine, theirs, numerical));
  }
  return { rows, kinks };
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
      diagnosis: `d${quantity} has shape ${formatShape(manual.shape)}, expected ${formatShape(autograd.shape)}: that of ${quantity} itself`,
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
  const vacuous = !failed && numerical.estimates.every((estimate) => Math.abs(estimate.value) < 1e-8);
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
    diagnosis: whoIsAlone(byTape, chalkByNumbers, tapeByNumbers),
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
