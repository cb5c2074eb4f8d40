import { abs, isfinite, type NDArray } from "../../np/index.ts";
import { expectOptions, type OptionTable, ranged, settle } from "../checks/option.ts";

export interface ClipGradNormOptions {
  /** p of the norm (Σ|g|ᵖ)^(1/p), > 0; Infinity is the largest |g|; default 2. */
  readonly normType?: number;
}

const optionTable: OptionTable<{ normType: number }> = {
  normType: ranged(2, "a number > 0, or Infinity", (p) => p > 0),
};

/** The norm of all arrays as one vector, in float64. */
function normOf(arrays: readonly NDArray[], normType: number): number {
  const sizes = arrays.map((x) => abs(x.astype("float64")));
  if (normType === Number.POSITIVE_INFINITY) return Math.max(...sizes.map((x) => x.max().item()));
  const powers = sizes.map((x) => x.pow(normType).sum().item());
  return powers.reduce((sum, power) => sum + power, 0) ** (1 / normType);
}

/**
 * The norm of all gradients as one vector.
 * @throws TypeError when there is none, RangeError for a norm that is no number: it names the first gradient that is not finite
 */
export function totalNorm(
  where: string,
  gradients: readonly { readonly name: string; readonly gradient: NDArray }[],
  options: ClipGradNormOptions,
): number {
  expectOptions(where, options, "{ normType: 1 }");
  const { normType } = settle(where, optionTable, options);
  if (gradients.length === 0)
    throw new TypeError(`${where}: no parameter has a gradient; call it between backward and step`);
  const norm = normOf(
    gradients.map(({ gradient }) => gradient),
    normType,
  );
  if (Number.isFinite(norm)) return norm;
  const wrong = gradients.find(({ gradient }) => isfinite(gradient).min().item() === 0);
  const cause = wrong
    ? `the gradient of ${wrong.name} holds NaN or Infinity`
    : "the gradients are finite, but the sum of their powers is not";
  throw new RangeError(
    `${where}: the total norm of order ${normType} for gradients from parameters is non-finite (${norm}), so it cannot be clipped: ${cause}; look for log(0) or 0 / 0 in forward, then try a smaller learning rate`,
  );
}

/** @throws RangeError for a bound that is below 0 or no number */
export function expectBound(where: string, name: string, bound: number): void {
  if (typeof bound !== "number" || !(bound >= 0))
    throw new RangeError(`${where}: ${name} is ${bound}, expected a number >= 0`);
}
