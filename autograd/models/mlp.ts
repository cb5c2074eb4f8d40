import { random } from "../../np/index.ts";
import type { LayerOptions } from "../../training/index.ts";
import { ReLU } from "../activations/relu.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The lecture's network for 28 × 28 digits: 784 → 256 → 64 → 10 with ReLU between; 218,058 parameters. The slide puts a ReLU on
 * the logits as well; that stops many of them from learning, so it is left out here.
 * Shapes: x (N, 28, 28) or (N, 784) → logits (N, 10).
 * @see CoE202, "Deep Learning with libraries", slide "Neural Network Design: PyTorch Implementation"
 */
export class Mlp extends Module {
  readonly flatten: Flatten = new Flatten();
  readonly layer1: Linear;
  readonly layer2: Linear;
  readonly layer3: Linear;
  readonly relu1: ReLU = new ReLU();
  readonly relu2: ReLU = new ReLU();

  constructor({ rng = random(), dtype }: LayerOptions = {}) {
    super();
    this.layer1 = new Linear(28 * 28, 256, { rng, dtype });
    this.layer2 = new Linear(256, 64, { rng, dtype });
    this.layer3 = new Linear(64, 10, { rng, dtype });
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
