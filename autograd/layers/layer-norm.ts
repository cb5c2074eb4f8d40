import { contracts, type LayerNormOptions } from "../../contracts/index.ts";
import { lastAxes, settle, shapeOf } from "../../contracts/internal.ts";
import { ones, sqrt, zeros } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε). Mean and biased variance are taken over
 * each sample's last axes.
 * Shapes: x (…, D) where D is normalizedShape, weight and bias (D) → y (…, D).
 * Defaults: eps 1e-5, elementwiseAffine and bias true, dtype float64, weight 1, bias 0.
 * @throws ShapeError unless x ends in D
 * @see Ba, Kiros, Hinton, "Layer Normalization", 2016, section 3; PyTorch's `torch.nn.LayerNorm`
 */
export class LayerNorm extends Module implements Params<"weight" | "bias"> {
  /** γ (D) */
  weight: Tensor | null;
  /** β (D) */
  bias: Tensor | null;
  readonly normalizedShape: readonly number[];
  readonly eps: number;

  constructor(normalizedShape: number | readonly number[], options: LayerNormOptions = {}) {
    super();
    const given = settle(contracts.LayerNorm, { normalizedShape }, options);
    const { eps, elementwiseAffine, bias, dtype } = given;
    this.normalizedShape = shapeOf(normalizedShape);
    this.eps = eps;
    this.weight = elementwiseAffine ? new Tensor(ones(this.normalizedShape, { dtype }), true) : null;
    this.bias = elementwiseAffine && bias ? new Tensor(zeros(this.normalizedShape, { dtype }), true) : null;
  }

  forward(x: Tensor): Tensor {
    const layout = lastAxes("LayerNorm.forward", x.shape, this.normalizedShape);
    const centered = x.sub(x.mean(layout.axes, true));
    const std = sqrt(centered.mul(centered).mean(layout.axes, true).add(this.eps));
    const xhat = centered.div(std);
    const scaled = this.weight ? xhat.mul(this.weight) : xhat;
    return this.bias ? scaled.add(this.bias) : scaled;
  }
}
