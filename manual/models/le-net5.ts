import { contracts, type LeNet5Options } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { Layer } from "../layer.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";

/**
 * LeNet-5 as in PyTorch's tutorials: two 5 × 5 convolutions, each with ReLU and 2 × 2 max pooling,
 * then three linear layers; 61,706 parameters. (The paper used tanh, averages with a weight,
 * and radial basis functions for the logits.)
 * Shapes: x (N, 1, 28, 28), which conv1 pads to 32 × 32, or with size 32 (N, 1, 32, 32) → logits (N, 10).
 * Backward: the backward of each layer, last to first.
 * Defaults: inChannels 1, numClasses 10, size 28.
 * @see LeCun, Bottou, Bengio, Haffner, "Gradient-Based Learning Applied to Document Recognition", Proc. IEEE 1998, figure 2
 */
export class LeNet5 extends Layer {
  readonly conv1: Conv2d;
  readonly conv2: Conv2d;
  readonly fc1: Linear;
  readonly fc2: Linear;
  readonly fc3: Linear;
  readonly pool1: MaxPool2d = new MaxPool2d(2);
  readonly pool2: MaxPool2d = new MaxPool2d(2);
  readonly relu1: ReLU = new ReLU();
  readonly relu2: ReLU = new ReLU();
  readonly relu3: ReLU = new ReLU();
  readonly relu4: ReLU = new ReLU();
  readonly flatten: Flatten = new Flatten();

  constructor(options: LeNet5Options = {}) {
    super();
    const given = settle(contracts.LeNet5, {}, options);
    const { inChannels, numClasses, size, rng, dtype } = given;
    const padding = size === 28 ? 2 : 0;
    this.conv1 = new Conv2d(inChannels, 6, 5, { padding, rng, dtype });
    this.conv2 = new Conv2d(6, 16, 5, { rng, dtype });
    this.fc1 = new Linear(16 * 5 * 5, 120, { rng, dtype });
    this.fc2 = new Linear(120, 84, { rng, dtype });
    this.fc3 = new Linear(84, numClasses, { rng, dtype });
  }

  forward(x: NDArray): NDArray {
    let y = this.conv1.forward(x);
    y = this.relu1.forward(y);
    y = this.pool1.forward(y);
    y = this.conv2.forward(y);
    y = this.relu2.forward(y);
    y = this.pool2.forward(y);
    y = this.flatten.forward(y);
    y = this.fc1.forward(y);
    y = this.relu3.forward(y);
    y = this.fc2.forward(y);
    y = this.relu4.forward(y);
    return this.fc3.forward(y);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    let d = this.fc3.backward(dy); // (N, 10) → (N, 84)
    d = this.relu4.backward(d); // (N, 84)
    d = this.fc2.backward(d); // (N, 84) → (N, 120)
    d = this.relu3.backward(d); // (N, 120)
    d = this.fc1.backward(d); // (N, 120) → (N, 400)
    d = this.flatten.backward(d); // (N, 400) → (N, 16, 5, 5)
    d = this.pool2.backward(d); // (N, 16, 5, 5) → (N, 16, 10, 10)
    d = this.relu2.backward(d); // (N, 16, 10, 10)
    d = this.conv2.backward(d); // (N, 16, 10, 10) → (N, 6, 14, 14)
    d = this.pool1.backward(d); // (N, 6, 14, 14) → (N, 6, 28, 28)
    d = this.relu1.backward(d); // (N, 6, 28, 28)
    return this.conv1.backward(d, options); // (N, 6, 28, 28) → shape of x
  }
}
