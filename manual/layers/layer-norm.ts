import { contracts, type LayerNormOptions } from "../../contracts/index.ts";
import { expectShape, lastAxes, settle, shapeOf } from "../../contracts/internal.ts";
import { type NDArray, ones, sqrt, zeros } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε). Mean and biased variance are taken over
 * each sample's last axes.
 * Shapes: x (…, D) where D is normalizedShape, weight and bias (D) → y (…, D).
 * Backward: dx = (dx̂ − mean dx̂ − x̂ · mean(dx̂ x̂)) / σ with dx̂ = γ dy, means over D; dγ = Σ dy x̂, dβ = Σ dy over the rest.
 * Defaults: eps 1e-5, elementwiseAffine and bias true, dtype float64, weight 1, bias 0.
 * @throws ShapeError unless x ends in D
 * @see Ba, Kiros, Hinton, "Layer Normalization", 2016, section 3; PyTorch's `torch.nn.LayerNorm`
 */
export class LayerNorm extends Layer implements Params<"weight" | "bias"> {
  /** γ (D) */
  weight: NDArray | null;
  /** β (D) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly normalizedShape: readonly number[];
  readonly eps: number;
  #cache: { xhat: NDArray; std: NDArray; layout: ReturnType<typeof lastAxes> } | null = null;

  constructor(normalizedShape: number | readonly number[], options: LayerNormOptions = {}) {
    super();
    const given = settle(contracts.LayerNorm, { normalizedShape }, options);
    const { eps, elementwiseAffine, bias, dtype } = given;
    this.normalizedShape = shapeOf(normalizedShape);
    this.eps = eps;
    this.weight = elementwiseAffine ? ones(this.normalizedShape, { dtype }) : null;
    this.bias = elementwiseAffine && bias ? zeros(this.normalizedShape, { dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    const layout = lastAxes("LayerNorm.forward", x.shape, this.normalizedShape);
    const centered = x.sub(x.mean(layout.axes, true));
    const std = sqrt(centered.mul(centered).mean(layout.axes, true).add(this.eps));
    const xhat = centered.div(std);
    this.#cache = { xhat, std, layout }; // chalk: backward needs it
    const scaled = this.weight ? xhat.mul(this.weight) : xhat;
    return this.bias ? scaled.add(this.bias) : scaled;
  }

  backward(dy: NDArray): NDArray {
    const { xhat, std, layout } = this.remembered(this.#cache);
    expectShape("LayerNorm.backward", "dy", dy.shape, xhat.shape);
    const { axes, leading } = layout;
    this.dWeight = this.weight && dy.mul(xhat).sum(leading); // (…, D) → (D)
    this.dBias = this.bias && dy.sum(leading); // (…, D) → (D)
    const dxhat = this.weight ? dy.mul(this.weight) : dy; // (…, D)
    const throughMean = dxhat.mean(axes, true); // (…, 1)
    const throughStd = xhat.mul(dxhat.mul(xhat).mean(axes, true)); // (…, D)
    return dxhat.sub(throughMean).sub(throughStd).div(std); // shape of x
  }
}
