import { contracts, type EmbeddingOptions } from "../../contracts/index.ts";
import { constantWhere, expectRows, paddingRow, settle } from "../../contracts/internal.ts";
import { embeddingNormal } from "../../initialisers/internal.ts";
import { equal, gather, sizeOf } from "../../np/index.ts";
import { Module, type Params } from "../module.ts";
import { Tensor } from "../tensor.ts";

/**
 * y[n] = W[x[n]]: a learned row of numbers for each index.
 * Shapes: x (any, integers in 0 … V − 1), weight (V, D) → y (…, D).
 * Defaults: paddingIdx null, dtype float64, weight ~ N(0, 1) from `rng`, the padding row 0.
 * @throws TypeError for indices that are floats, RangeError for one outside 0 … V − 1
 * @see Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013; PyTorch's `torch.nn.Embedding`
 */
export class Embedding extends Module implements Params<"weight"> {
  /** (V, D) */
  weight: Tensor;
  readonly paddingIdx: number | null;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super();
    const given = settle(contracts.Embedding, { numEmbeddings, embeddingDim }, options);
    const { rng, dtype } = given;
    this.paddingIdx = paddingRow(given.paddingIdx, numEmbeddings);
    this.weight = new Tensor(
      embeddingNormal(numEmbeddings, embeddingDim, this.paddingIdx, { rng, dtype }),
      true,
    );
  }

  forward(x: Tensor): Tensor {
    const [V, D] = this.weight.shape as [number, number];
    expectRows("Embedding.forward", x, V);
    const at = x.reshape(-1, 1).broadcastTo([sizeOf(x.shape), D]); // for each number of y, its row of W
    const rows = gather(this.weight, at, 0);
    const y = this.paddingIdx === null ? rows : constantWhere(equal(at, this.paddingIdx), rows);
    return y.reshape([...x.shape, D]);
  }
}
