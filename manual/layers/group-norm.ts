import { contracts, type GroupNormOptions } from "../../contracts/index.ts";
import { groupLayout, settle } from "../../contracts/internal.ts";
import { type NDArray, ones, sqrt, zeros } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε). Mean and biased variance are taken over
 * each sample's groups of C / numGroups channels.
 * Shapes: x (N, C, …), weight and bias (C,) → y (N, C, …).
 * Backward: dx = (dx̂ − mean dx̂ − x̂ · mean(dx̂ x̂)) / σ with dx̂ = γ dy, means over a group; dγ = Σ dy x̂, dβ = Σ dy per channel.
 * Defaults: eps 1e-5, affine true, dtype float64, weight 1, bias 0.
 * @throws ShapeError unless x is (N, C, …), RangeError unless numGroups divides numChannels
 * @see Wu and He, "Group Normalization", ECCV 2018, section 3; PyTorch's `torch.nn.GroupNorm`
 */
export class GroupNorm extends Layer implements Params<"weight" | "bias"> {
  /** γ (C,) */
  weight: NDArray | null;
  /** β (C,) */
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  #cache: { xhat: NDArray; std: NDArray; layout: ReturnType<typeof groupLayout> } | null = null;

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super();
    const { eps, affine, dtype } = settle(contracts.GroupNorm, { numGroups, numChannels }, options);
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? ones([numChannels], { dtype }) : null;
    this.bias = affine ? zeros([numChannels], { dtype }) : null;
  }

  forward(x: NDArray): NDArray {
    const layout = groupLayout("GroupNorm.forward", x.shape, this.numGroups, this.numChannels);
    const groups = x.reshape(layout.grouped);
    const centered = groups.sub(groups.mean(2, true));
    const std = sqrt(centered.mul(centered).mean(2, true).add(this.eps));
    const xhat = centered.div(std);
    this.#cache = { xhat, std, layout }; // chalk: backward needs it
    const y = xhat.reshape(x.shape);
    const scaled = this.weight ? y.mul(this.weight.reshape(layout.perChannel)) : y;
    return this.bias ? scaled.add(this.bias.reshape(layout.perChannel)) : scaled;
  }

  backward(dy: NDArray): NDArray {
    const { xhat, std, layout } = this.remembered(this.#cache);
    const { grouped, perChannel, axes } = layout; // x̂ (N, G, E), E elements in a group
    this.dWeight = this.weight && dy.mul(xhat.reshape(dy.shape)).sum(axes); // (N, C, …) → (C,)
    this.dBias = this.bias && dy.sum(axes); // (N, C, …) → (C,)
    const scaled = this.weight ? dy.mul(this.weight.reshape(perChannel)) : dy; // (N, C, …)
    const dxhat = scaled.reshape(grouped); // (N, G, E)
    const throughMean = dxhat.mean(2, true); // (N, G, 1)
    const throughStd = xhat.mul(dxhat.mul(xhat).mean(2, true)); // (N, G, E)
    return dxhat.sub(throughMean).sub(throughStd).div(std).reshape(dy.shape); // shape of x
  }
}
