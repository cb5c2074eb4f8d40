import { abs, isfinite, type NDArray } from "../../np/index.ts";
import { type Contract, type None, number, optional } from "../../np/internal.ts";
import { type Parameters, trainable } from "./recipe.ts";

export interface ClipGradNormOptions {
  /** p of the norm (Σ|g|ᵖ)^(1/p), > 0; Infinity is the largest |g|; default 2. */
  readonly normType?: number;
}

export const clipGradNorm: Contract<Parameters & { maxNorm: number }, ClipGradNormOptions> = {
  name: "clipGradNorm",
  positional: { ...trainable, maxNorm: number({ least: 0, infinity: true }) },
  options: { normType: optional(number({ above: 0, infinity: true }, ", or Infinity"), 2) },
};

export const clipGradValue: Contract<Parameters & { clipValue: number }, None> = {
  name: "clipGradValue",
  positional: { ...trainable, clipValue: number({ least: 0, infinity: true }) },
  options: {},
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
 * @throws TypeError when there is none, RangeError for a norm that is not finite;
 * it names the first gradient that is not finite
 */
export function totalNorm(
  where: string,
  gradients: readonly { readonly name: string; readonly gradient: NDArray }[],
  normType: number,
): number {
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
