import { Tensor, type TensorFunction } from "../../autograd/index.ts";
import { differentiableTwice } from "../../autograd/internal.ts";
import { type CheckReport, type CheckRow, gradcheck } from "../../gradcheck/index.ts";
import { againstExact, project, propertyRow, report } from "../../gradcheck/internal.ts";
import { array, concatenate, type NDArray, random, zeros } from "../../np/index.ts";
import { isFloat, yieldToEventLoop } from "../../np/internal.ts";
import { type Case, caseTitle } from "../cases/case.ts";
import type { CheckOpsOptions } from "../check/check-ops.ts";
import { casesNamed } from "../check/choose-rows.ts";
import { differentiableCount, drawInputs, inputNames } from "../subjects/inputs.ts";
import { onTape } from "../subjects/sides.ts";
import { gradgradcheck, undeclaredZero } from "./gradgradcheck.ts";
import { distanceToKink } from "./kink-distance.ts";
import { parametersAsInputs } from "./parameters-as-inputs.ts";

/** The smallest accepted distance to a kink: more than a finite difference's step can move it. */
const wideEnough = 2e-3;
const attempts = 100;

/** Why a row has no second derivatives to check; null if it has some. */
export function whyNoSecondDerivatives(row: Case): string | null {
  if (row.optimizer) return "an optimizer has no derivative";
  if (row.witnesses?.noSecondDerivatives) return row.witnesses.noSecondDerivatives;
  if (row.large) return "too large; its layers have their own rows";
  return null;
}

/** Checks the second derivatives of one row's tape side by x, every parameter and dy, away from kinks if possible. */
export function checkSecondOrder(row: Case, seed: number = 0): readonly CheckRow[] {
  // A different stream from dy's: if dy equalled x, it would be orthogonal to dx of every function that ignores x's length, such as a cosine.
  const [name, rng] = [caseTitle(row), random(seed).foldIn(1)];
  const module = row.autograd(random(seed));
  const parameters = module.namedParameters();
  const place = (): { xs: NDArray[]; constants: (Tensor | NDArray)[] } => {
    const drawn = [...drawInputs(row.inputs, rng).values()];
    const xs = drawn.slice(0, differentiableCount(row.inputs)).filter((x) => isFloat(x.dtype));
    // Integers are always constants, but still tensors where forward expects tensors.
    const rest = drawn
      .slice(xs.length)
      .map((x, i) => (xs.length + i < differentiableCount(row.inputs) ? new Tensor(x) : x));
    return { xs, constants: rest };
  };
  const { zeroSecondDerivatives = [] } = row.expects ?? {};
  for (let i = 0; i < attempts && !row.inputs.onKink; i++) {
    const { xs, constants } = place();
    const f = parametersAsInputs(module, ...constants);
    const y = f(...onTape(xs, xs.length).xs, ...parameters.map(([, p]) => p));
    if (distanceToKink(y) < wideEnough) continue;
    const inputs = [...xs, ...parameters.map(([, p]) => p.data)];
    const names = [...inputNames.slice(0, xs.length), ...parameters.map(([key]) => key)];
    return gradgradcheck(f, inputs, { seed, name, names, zeroSecondDerivatives, quiet: true }).rows;
  }
  const { xs, constants } = place();
  const f = parametersAsInputs(module, ...constants);
  const atPlace: TensorFunction = (...on) => f(...on, ...parameters.map(([, p]) => p));
  return onKink(caseTitle(row), atPlace, xs, zeroSecondDerivatives.includes("x"), seed);
}

/**
 * Checks a row on a kink, where differences by x say nothing: dx is compared with differences by dy
 * only. By x the tape must give 0 if the row declares it, and otherwise be symmetric:
 * ⟨∂⟨dx, u⟩/∂x, v⟩ = ⟨∂⟨dx, v⟩/∂x, u⟩. Several inputs are flattened and joined to one x.
 */
function onKink(
  name: string,
  f: TensorFunction,
  xs: readonly NDArray[],
  isZero: boolean,
  seed: number,
): readonly CheckRow[] {
  const [title, rng, gradients] = [`${name}, second derivatives`, random(seed), differentiableTwice(f)];
  const dy = rng.normal(0, 1, f(...xs.map((x) => new Tensor(x))).shape);
  const byX = (u: NDArray): NDArray => {
    const found = gradients.backward(u, ...xs, dy).slice(0, -1);
    return concatenate(found.map((dx) => dx.reshape(-1)));
  };
  const size = xs.reduce((sum, x) => sum + x.size, 0);
  const [u, v] = [rng.normal(0, 1, [size]), rng.normal(0, 1, [size])];
  const [uv, vu] = [array(project(byX(u), v)), array(project(byX(v), u))];
  const againstZero = againstExact(byX(u), zeros([size]), 0);
  const symmetric = { ...againstExact(uv, vu), ...(againstZero.agrees && { agrees: false }) };
  const ofX = isZero
    ? propertyRow(title, "x, 0 on its kink", againstZero, [size], notZero)
    : propertyRow(
        title,
        "x, on its kink symmetric",
        symmetric,
        [],
        againstZero.agrees ? undeclaredZero("x") : notSymmetric,
      );
  const pair = {
    forward: (dy: NDArray) => gradients.forward(...xs, dy),
    backward: (u: NDArray, dy: NDArray) => gradients.backward(u, ...xs, dy).slice(-1),
  };
  return [ofX, ...gradcheck(pair, [dy], { seed, name: title, names: ["dy"], quiet: true }).rows];
}

const notZero = "on this kink the second derivative is 0 by convention";
const notSymmetric = "the second derivatives of the tape are not symmetric; look at the vjps";

/**
 * Checks the second derivatives of the tape's twins in the case rows with these names (without names, in all rows).
 * @throws RangeError for a name without a row, or without second derivatives: a check of nothing must not pass
 */
export async function checkCasesSecondOrder(
  names: readonly string[] = [],
  { seed = 0, onCase }: CheckOpsOptions = {},
): Promise<CheckReport> {
  const rows: CheckRow[] = [];
  for (const name of names) {
    const reasons = casesNamed([name]).map(whyNoSecondDerivatives);
    if (reasons.every((reason) => reason !== null))
      throw new RangeError(`"${name}" has no second derivatives to check: ${reasons[0]}`);
  }
  const chosen = casesNamed(names).filter((row) => whyNoSecondDerivatives(row) === null);
  for (const [i, row] of chosen.entries()) {
    const found = checkSecondOrder(row, seed);
    for (const one of found) rows.push(one);
    onCase?.(`${caseTitle(row)}, second derivatives`, found, i + 1, chosen.length);
    await yieldToEventLoop();
  }
  const again = ["npx chalk-and-tape gradcheck --second-order", ...names, `--seed ${seed}`];
  return report(rows, seed, again.join(" "));
}
