import { contracts, type LayerOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { Layer } from "../layer.ts";
import { Linear } from "../layers/linear.ts";

/**
 * The lecture's classifier of points in the plane: 2 → 10 → 10 → 10 → 1 with ReLU between the
 * layers and no activation on the logit.
 * Shapes: x (N, 2) → logit (N, 1).
 * Backward: the backward of each layer, last to first.
 * @see CoE202, "Deep Learning with libraries", slide "PyTorch vs. Numpy": `mlp_classifier`
 */
export class MlpClassifier extends Layer {
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

  forward(x: NDArray): NDArray {
    let y = this.layer1.forward(x);
    y = this.relu1.forward(y);
    y = this.layer2.forward(y);
    y = this.relu2.forward(y);
    y = this.layer3.forward(y);
    y = this.relu3.forward(y);
    return this.layer4.forward(y);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    let d = this.layer4.backward(dy); // (N, 1) → (N, 10)
    d = this.relu3.backward(d); // (N, 10)
    d = this.layer3.backward(d); // (N, 10)
    d = this.relu2.backward(d); // (N, 10)
    d = this.layer2.backward(d); // (N, 10)
    d = this.relu1.backward(d); // (N, 10)
    return this.layer1.backward(d, options); // (N, 10) → (N, 2)
  }
}
