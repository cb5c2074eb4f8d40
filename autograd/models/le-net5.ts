import { contracts, type LeNet5Options } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * LeNet-5 as in PyTorch's tutorials: two 5 × 5 convolutions, each with ReLU and 2 × 2 max pooling,
 * then three linear layers; 61,706 parameters. (The paper used tanh, averages with a weight,
 * and radial basis functions for the logits.)
 * Shapes: x (N, 1, 28, 28), which conv1 pads to 32 × 32, or with size 32 (N, 1, 32, 32) → logits (N, 10).
 * Defaults: inChannels 1, numClasses 10, size 28.
 * @see LeCun, Bottou, Bengio, Haffner, "Gradient-Based Learning Applied to Document Recognition", Proc. IEEE 1998, figure 2
 */
export class LeNet5 extends Module {
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

  forward(x: Tensor): Tensor {
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
}
