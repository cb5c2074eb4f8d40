import type { Tensor } from "../../../autograd/index.ts";
import { channelsOf } from "../../../contracts/internal.ts";
import { type NDArray, sizeOf } from "../../../np/index.ts";
import type { Scope } from "../scope.ts";
import { perChannel } from "./per-channel.ts";
import type { NodeRule, Rules } from "./rule.ts";

type Parameter = NDArray | Tensor | null;

/** In evaluation: the running statistics are constants; without them, those of the batch are used. */
const batchNorm: NodeRule<"BatchNorm1d" | "BatchNorm2d"> = (scope, part, { x, shape }) => {
  const { weight, bias, runningMean: mean, runningVar: variance, numFeatures, eps } = part;
  if (!mean || !variance)
    return affine(scope, standardised(scope, x, channelsOf(shape).axes, eps), part, shape);
  if (scope.isSingle) {
    const parameters = [scope.orOnes(weight, numFeatures), scope.orZeros(bias, numFeatures)];
    const inputs = [x, ...parameters, scope.parameter(mean), scope.parameter(variance)];
    return scope.node("BatchNormalization", inputs, { epsilon: { float: eps } });
  }
  const centered = scope.node("Sub", [x, perChannel(scope, mean, shape)]);
  const y = scope.node("Div", [centered, root(scope, perChannel(scope, variance, shape), eps)]);
  return affine(scope, y, part, shape);
};

/** Layers that make mean 0 and variance 1. */
export const normalisation: Rules<"BatchNorm1d" | "BatchNorm2d" | "LayerNorm" | "GroupNorm"> = {
  BatchNorm1d: batchNorm,
  BatchNorm2d: batchNorm,
  LayerNorm(scope, { weight, bias, normalizedShape, eps }, { x, shape }) {
    if (scope.isSingle) {
      const scale = weight
        ? scope.parameter(weight)
        : scope.floats(new Float32Array(sizeOf(normalizedShape)).fill(1), normalizedShape);
      const inputs = [x, scale, bias && scope.parameter(bias)];
      return scope.node("LayerNormalization", inputs, {
        axis: -normalizedShape.length,
        epsilon: { float: eps },
      });
    }
    const axes = normalizedShape.map((_, i) => shape.length - normalizedShape.length + i);
    const xhat = standardised(scope, x, axes, eps);
    const scaled = weight ? scope.node("Mul", [xhat, scope.parameter(weight)]) : xhat;
    return bias ? scope.node("Add", [scaled, scope.parameter(bias)]) : scaled;
  },
  GroupNorm(scope, part, { x, shape }) {
    const { numGroups, eps } = part;
    const elements = sizeOf(shape.slice(1)) / numGroups;
    const grouped = scope.reshape(x, [0, numGroups, elements]); // (N, G, elements)
    const xhat = scope.reshape(standardised(scope, grouped, [2], eps), [0, ...shape.slice(1)]);
    return affine(scope, xhat, part, shape);
  },
};

/** (x − μ) / √(variance + ε), with the mean and the biased variance over these axes. */
function standardised(scope: Scope, x: string, axes: readonly number[], eps: number): string {
  const centered = scope.node("Sub", [x, scope.mean(x, axes)]);
  const variance = scope.mean(scope.node("Mul", [centered, centered]), axes);
  return scope.node("Div", [centered, root(scope, variance, eps)]);
}

/** √(variance + ε) */
function root(scope: Scope, variance: string, eps: number): string {
  return scope.node("Sqrt", [scope.node("Add", [variance, scope.number(eps)])]);
}

/** γ x̂ + β for each channel. */
function affine(
  scope: Scope,
  xhat: string,
  { weight, bias }: { readonly weight: Parameter; readonly bias: Parameter },
  shape: readonly number[],
): string {
  const scaled = weight ? scope.node("Mul", [xhat, perChannel(scope, weight, shape)]) : xhat;
  return bias ? scope.node("Add", [scaled, perChannel(scope, bias, shape)]) : scaled;
}
