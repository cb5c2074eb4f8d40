import { contracts, type EmbeddingOptions } from "../../contracts/index.ts";
import { constantWhere, expectRows, paddingRow, settle } from "../../contracts/internal.ts";
import { embeddingNormal } from "../../initialisers/internal.ts";
import { equal, gather, type NDArray, scatter, sizeOf, where } from "../../np/index.ts";
import { Layer, type Params } from "../layer.ts";

/**
 * y[n] = W[x[n]]: a learned row of numbers for each index.
 * Shapes: x (any, integers in 0 … V − 1), weight (V, D) → y (…, D).
 * Backward: dW = Σ over n of dy[n], added to row x[n], so an index that occurs twice gets both;
 * the padding row gets none. x has no gradient, so dx is null.
 * Defaults: paddingIdx null, dtype float64, weight ~ N(0, 1) from `rng`, the padding row 0.
 * @throws TypeError for indices that are floats, RangeError for one outside 0 … V − 1
 * @see Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013; PyTorch's `torch.nn.Embedding`
 */
export class Embedding extends Layer<[x: NDArray], null> implements Params<"weight"> {
  /** (V, D) */
  weight: NDArray;
  dWeight: NDArray | null = null;
  readonly paddingIdx: number | null;
  #at: NDArray | null = null;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super();
    const given = settle(contracts.Embedding, { numEmbeddings, embeddingDim }, options);
    const { rng, dtype } = given;
    this.paddingIdx = paddingRow(given.paddingIdx, numEmbeddings);
    this.weight = embeddingNormal(numEmbeddings, embeddingDim, this.paddingIdx, { rng, dtype });
  }

  forward(x: NDArray): NDArray {
    const [V, D] = this.weight.shape as [number, number];
    expectRows("Embedding.forward", x, V);
    const at = x.reshape(-1, 1).broadcastTo([sizeOf(x.shape), D]); // for each number of y, its row of W
    this.#at = at; // chalk: backward needs it
    const rows = gather(this.weight, at, 0);
    const y = this.paddingIdx === null ? rows : constantWhere(equal(at, this.paddingIdx), rows);
    return y.reshape([...x.shape, D]);
  }

  backward(dy: NDArray): null {
    const at = this.remembered(this.#at); // (N, D) for N indices
    const each = dy.reshape(at.shape); // (…, D) → (N, D)
    const kept = this.paddingIdx === null ? each : where(equal(at, this.paddingIdx), 0, each); // (N, D)
    this.dWeight = scatter(kept, at, 0, this.weight.shape); // (N, D) → (V, D)
    return null; // shape of x: none
  }
}
