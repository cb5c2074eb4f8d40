import { contracts, type HingeEmbeddingLossOptions, type Reduction } from "../../contracts/index.ts";
import { expectSameShape, expectSigns, reduceLoss, settle } from "../../contracts/internal.ts";
import { equal, type NDArray, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Pulls similar pairs together and pushes different pairs apart. With x the distance of a pair,
 * the loss is x where t = 1, max(0, margin − x) where t = −1.
 * Shapes: x and target (any, equal; target 1 or −1) → scalar; with reduction "none" the same shape.
 * Backward: dx = (1 where t = 1; −1 where t = −1 and x ≤ margin) · dy / number of elements (for the mean).
 * Defaults: reduction "mean", margin 1.
 * @throws ShapeError unless the shapes are equal, RangeError for a target that is neither 1 nor −1
 * @see Chopra, Hadsell, LeCun, "Learning a Similarity Metric Discriminatively", CVPR 2005; PyTorch's `torch.nn.HingeEmbeddingLoss`
 */
export class HingeEmbeddingLoss extends Layer<[x: NDArray, target: NDArray]> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly margin: number;
  #gap: NDArray | null = null;
  #target: NDArray | null = null;

  constructor(options: HingeEmbeddingLossOptions = {}) {
    super();
    const given = settle(contracts.HingeEmbeddingLoss, {}, options);
    this.reduction = given.reduction;
    this.margin = given.margin;
  }

  forward(x: NDArray, target: NDArray): NDArray {
    expectSameShape("HingeEmbeddingLoss.forward", x, target);
    expectSigns("HingeEmbeddingLoss.forward", target);
    const gap = x.neg().add(this.margin);
    this.#gap = gap; // chalk: backward needs it
    this.#target = target; // chalk: backward needs it
    const apart = where(gap.less(0), 0, where(gap.greaterEqual(0), gap, Number.NaN)); // NaN stays, without a slope
    return reduceLoss(where(equal(target, 1), x, apart), this);
  }

  backward(dy: NDArray | number = 1): NDArray {
    const [gap, target] = [this.remembered(this.#gap), this.remembered(this.#target)]; // shape of x
    const each = upstream("HingeEmbeddingLoss.backward", dy, this.reduction, gap.shape);
    const active = equal(target, 1).add(gap.greaterEqual(0)); // shape of x; 0 where neither pulls nor pushes
    return where(active, target.astype(gap.dtype).mul(each), 0); // shape of x
  }
}
