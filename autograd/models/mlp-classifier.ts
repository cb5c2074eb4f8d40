import { contracts, type LayerOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The lecture's classifier of points in the plane: 2 → 10 → 10 → 10 → 1 with ReLU between the
 * layers and no activation on the logit.
 * Shapes: x (N, 2) → logit (N, 1).
 * @see CoE202, "Deep Learning with libraries", slide "PyTorch vs. Numpy": `mlp_classifier`
 */
export class MlpClassifier extends Module {
  readonly layer1: Linear;
  readonly layer2: Linear;
  readonly layer3: Linear;
  readonly layer4: Linear;
  readonly relu1: ReLU = new ReLU();
  readonly relu2: ReLU = new ReLU();
  readonly relu3: ReLU = new ReLU();

  constructor(options: LayerOptions = {}) {
    super();
    const { rng, dtype } = settle(contracts.MlpClassifier, {}, options);
    this.layer1 = new Linear(2, 10, { rng, dtype });
    this.layer2 = new Linear(10, 10, { rng, dtype });
    this.layer3 = new Linear(10, 10, { rng, dtype });
    this.layer4 = new Linear(10, 1, { rng, dtype });
  }

  forward(x: Tensor): Tensor {
    let y = this.layer1.forward(x);
    y = this.relu1.forward(y);
    y = this.layer2.forward(y);
    y = this.relu2.forward(y);
    y = this.layer3.forward(y);
    y = this.relu3.forward(y);
    return this.layer4.forward(y);
  }
}
