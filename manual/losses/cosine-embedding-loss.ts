import { type CosineEmbeddingLossOptions, contracts, type Reduction } from "../../contracts/index.ts";
import { expectVectors, reduceLoss, settle } from "../../contracts/internal.ts";
import { equal, type NDArray, sqrt, where } from "../../np/index.ts";
import { Layer } from "../layer.ts";
import { upstream } from "./upstream.ts";

/**
 * Added to each squared length, so that a row of zeros has cosine 0. In PyTorch it is a float32.
 */
const epsilon: number = Math.fround(1e-12);

/**
 * Pulls similar pairs into one direction and pushes different pairs apart:
 * 1 − cos where t = 1, max(0, cos − margin) where t = −1, with cos = a·b / (|a| |b|).
 * Shapes: x1 (N, D), x2 (N, D), target (N,) 1 or −1 → scalar; with reduction "none" (N,). One pair is (D,), (D,) and ().
 * Backward: dcos/da = (b − a · (a·b) / |a|²) / (|a| |b|): b minus its projection onto a.
 * Likewise for b; returns [dx1, dx2]. Rows whose |x|² overflows get 0; on the tape, as in PyTorch, the other row gets NaN.
 * Defaults: reduction "mean", margin 0.
 * @throws ShapeError unless the shapes fit, RangeError for a target that is neither 1 nor −1 and for a margin outside −1 … 1
 * @see PyTorch's `torch.nn.CosineEmbeddingLoss`
 */
export class CosineEmbeddingLoss extends Layer<
  [x1: NDArray, x2: NDArray, target: NDArray],
  [dx1: NDArray, dx2: NDArray]
> {
  readonly reduction: Reduction;
  divisor: number | null = null;
  readonly margin: number;
  #x1: NDArray | null = null;
  #x2: NDArray | null = null;
  #square1: NDArray | null = null;
  #square2: NDArray | null = null;
  #dot: NDArray | null = null;
  #target: NDArray | null = null;

  constructor(options: CosineEmbeddingLossOptions = {}) {
    super();
    const given = settle(contracts.CosineEmbeddingLoss, {}, options);
    this.reduction = given.reduction;
    this.margin = given.margin;
  }

  forward(x1: NDArray, x2: NDArray, target: NDArray): NDArray {
    expectVectors("CosineEmbeddingLoss.forward", x1, x2, target);
    const square1 = x1.mul(x1).sum(-1).add(epsilon);
    const square2 = x2.mul(x2).sum(-1).add(epsilon);
    const dot = x1.mul(x2).sum(-1);
    this.#x1 = x1; // chalk: backward needs it
    this.#x2 = x2; // chalk: backward needs it
    this.#square1 = square1; // chalk: backward needs it
    this.#square2 = square2; // chalk: backward needs it
    this.#dot = dot; // chalk: backward needs it
    this.#target = target; // chalk: backward needs it
    const cosine = dot.div(sqrt(square1.mul(square2)));
    const beyond = cosine.sub(this.margin);
    const apart = where(beyond.less(0), 0, where(beyond.greaterEqual(0), beyond, Number.NaN)); // NaN stays, without a slope
    return reduceLoss(where(equal(target, 1), cosine.neg().add(1), apart), this);
  }

  backward(dy: NDArray | number = 1): [dx1: NDArray, dx2: NDArray] {
    const [x1, x2] = [this.remembered(this.#x1), this.remembered(this.#x2)]; // (N, D)
    const target = this.remembered(this.#target); // (N,)
    const column = [...target.shape, 1];
    const square1 = this.remembered(this.#square1).reshape(column); // (N, 1)
    const square2 = this.remembered(this.#square2).reshape(column); // (N, 1)
    const dot = this.remembered(this.#dot).reshape(column); // (N, 1)
    const lengths = sqrt(square1.mul(square2)); // (N, 1)
    const each = upstream("CosineEmbeddingLoss.backward", dy, this.reduction, target.shape);
    const cosine = dot.div(lengths).reshape(target.shape); // (N,)
    const active = equal(target, 1).add(cosine.sub(this.margin).greaterEqual(0)); // (N,); 0 where neither pulls nor pushes
    const slope = where(active, target.astype(cosine.dtype).neg().mul(each), 0).reshape(column).div(lengths); // (N, 1)
    const dx1 = x2.sub(x1.mul(dot.div(square1))).mul(slope); // (N, D)
    const dx2 = x1.sub(x2.mul(dot.div(square2))).mul(slope); // (N, D)
    return [dx1, dx2]; // (N, D), (N, D)
  }
}
