import { contracts, type MlpOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `Mlp` of any depth and width: sizes [3072, 256, 64, 10] give three layers;
 * [784, 10] gives one, which is logistic regression. Its parts are called layer1, relu1, layer2 …,
 * so its state dict is that of an `Mlp` with the same sizes.
 * Shapes: x (N, …) with sizes[0] numbers per sample → logits (N, last of sizes).
 * Defaults: sizes [784, 256, 64, 10].
 * @see CoE202, "Deep Learning with libraries", slides "depth vs. width"
 */
export class DeepMlp extends Module {
  readonly flatten: Flatten = new Flatten();
  readonly depth: number;
  [layer: `layer${number}`]: Linear;
  [relu: `relu${number}`]: ReLU;

  constructor(options: MlpOptions = {}) {
    super();
    const { sizes, rng, dtype } = settle(contracts.DeepMlp, {}, options);
    this.depth = sizes.length - 1;
    for (let i = 1; i <= this.depth; i++) {
      this[`layer${i}`] = new Linear(sizes[i - 1] as number, sizes[i] as number, { rng, dtype });
      if (i < this.depth) this[`relu${i}`] = new ReLU();
    }
  }

  forward(x: Tensor): Tensor {
    let y = this.flatten.forward(x);
    for (let i = 1; i < this.depth; i++) {
      y = (this[`layer${i}`] as Linear).forward(y);
      y = (this[`relu${i}`] as ReLU).forward(y);
    }
    return (this[`layer${this.depth}`] as Linear).forward(y);
  }
}
