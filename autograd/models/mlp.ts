import { contracts, type MlpOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The lecture's network for 28 × 28 digits: 784 → 256 → 64 → 10 with ReLU between the layers;
 * 218,058 parameters. The slide also puts a ReLU on the logits;
 * that stops many of them from learning, so it is left out here.
 * Shapes: x (N, 28, 28) or (N, 784) → logits (N, 10); with sizes [3072, 256, 64, 10] x (N, 3, 32, 32).
 * Defaults: sizes [784, 256, 64, 10]. `DeepMlp` is the same for any number of layers.
 * @see CoE202, "Deep Learning with libraries", slide "Neural Network Design: PyTorch Implementation"
 */
export class Mlp extends Module {
  readonly flatten: Flatten = new Flatten();
  readonly layer1: Linear;
  readonly layer2: Linear;
  readonly layer3: Linear;
  readonly relu1: ReLU = new ReLU();
  readonly relu2: ReLU = new ReLU();

  constructor(options: MlpOptions<readonly [number, number, number, number]> = {}) {
    super();
    const { sizes, rng, dtype } = settle(contracts.Mlp, {}, options);
    this.layer1 = new Linear(sizes[0], sizes[1], { rng, dtype });
    this.layer2 = new Linear(sizes[1], sizes[2], { rng, dtype });
    this.layer3 = new Linear(sizes[2], sizes[3], { rng, dtype });
  }

  forward(x: Tensor): Tensor {
    let y = this.flatten.forward(x);
    y = this.layer1.forward(y);
    y = this.relu1.forward(y);
    y = this.layer2.forward(y);
    y = this.relu2.forward(y);
    return this.layer3.forward(y);
  }
}
