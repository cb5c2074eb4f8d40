import { contracts, type GroupNormOptions } from "../../contracts/index.ts";
import { groupLayout, settle } from "../../contracts/internal.ts";
import { ones, sqrt, zeros } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y = γ x̂ + β with x̂ = (x − μ) / σ, σ = √(variance + ε). Mean and biased variance are taken over
 * each sample's groups of C / numGroups channels.
 * Shapes: x (N, C, …), weight and bias (C,) → y (N, C, …).
 * Defaults: eps 1e-5, affine true, dtype float64, weight 1, bias 0.
 * @throws ShapeError unless x is (N, C, …), RangeError unless numGroups divides numChannels
 * @see Wu and He, "Group Normalization", ECCV 2018, section 3; PyTorch's `torch.nn.GroupNorm`
 */
export class GroupNorm extends Module implements Params<"weight" | "bias"> {
  /** γ (C,) */
  weight: Tensor | null;
  /** β (C,) */
  bias: Tensor | null;
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super();
    const { eps, affine, dtype } = settle(contracts.GroupNorm, { numGroups, numChannels }, options);
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? new Tensor(ones([numChannels], { dtype }), true) : null;
    this.bias = affine ? new Tensor(zeros([numChannels], { dtype }), true) : null;
  }

  forward(x: Tensor): Tensor {
    const layout = groupLayout("GroupNorm.forward", x.shape, this.numGroups, this.numChannels);
    const groups = x.reshape(layout.grouped);
    const centered = groups.sub(groups.mean(2, true));
    const std = sqrt(centered.mul(centered).mean(2, true).add(this.eps));
    const xhat = centered.div(std);
    const y = xhat.reshape(x.shape);
    const scaled = this.weight ? y.mul(this.weight.reshape(layout.perChannel)) : y;
    return this.bias ? scaled.add(this.bias.reshape(layout.perChannel)) : scaled;
  }
}
