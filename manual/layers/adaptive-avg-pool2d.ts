import { contracts, type OutputSize } from "../../contracts/index.ts";
import { type AdaptiveAverages, adaptiveAverages, outputSizes, settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * OH × OW averages of an image of any size: y[n, c, i, j] is the mean over x's rows ⌊i·H/OH⌋ …
 * ⌈(i+1)·H/OH⌉ − 1 and the columns likewise. It is a linear layer on every channel, y = x Aᵀ,
 * with a fixed A whose rows hold 1/size.
 * Shapes: x (N, C, H, W) → y (N, C, OH, OW).
 * Backward: dx = dy A.
 * `outputSize`: a number, or a pair; null keeps the image's own size.
 * @throws ShapeError unless x is (N, C, H, W)
 * @see Lin, Chen, Yan, "Network In Network", 2014, section 3.2 (OH = OW = 1); PyTorch's `torch.nn.AdaptiveAvgPool2d`
 */
export class AdaptiveAvgPool2d extends Layer {
  readonly outputSize: readonly [height: number | null, width: number | null];
  #averages: AdaptiveAverages | null = null;
  #shape: readonly number[] | null = null;

  constructor(outputSize: OutputSize) {
    super();
    settle(contracts.AdaptiveAvgPool2d, { outputSize }, {});
    this.outputSize = outputSizes(outputSize);
  }

  forward(x: NDArray): NDArray {
    const averages = adaptiveAverages("AdaptiveAvgPool2d.forward", x.shape, x.dtype, this.outputSize);
    this.#averages = averages; // chalk: backward needs it
    this.#shape = x.shape; // chalk: backward needs it
    const y = x.reshape(averages.rows).matmul(averages.matrix.T); // (N·C, H·W)·(H·W, OH·OW)
    return y.reshape(averages.y); // (N, C, OH, OW)
  }

  backward(dy: NDArray): NDArray {
    const { matrix } = this.remembered(this.#averages); // (OH·OW, H·W)
    const dRows = dy.reshape(-1, matrix.shape[0] as number); // (N, C, OH, OW) → (N·C, OH·OW)
    const dx = dRows.matmul(matrix); // (N·C, OH·OW)·(OH·OW, H·W) → (N·C, H·W)
    return dx.reshape(this.remembered(this.#shape)); // → (N, C, H, W)
  }
}
