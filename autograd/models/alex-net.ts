import { type AlexNetOptions, contracts } from "../../contracts/index.ts";
import { settle, widened } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Dropout } from "../layers/dropout.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import { Sequential } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * AlexNet for 32 × 32: the paper's five convolutions (channels as in torchvision) and three linear
 * layers with dropout, but 3 × 3 kernels and 2 × 2 pooling, since an 11 × 11 kernel at stride 4 is
 * meant for 224 × 224; 23,272,266 parameters.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10).
 * Defaults: inChannels 3, numClasses 10, width 1, dropout 0.5.
 * @see Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS 2012; torchvision's `alexnet`
 */
export class AlexNet extends Module {
  readonly features: Sequential;
  readonly flatten: Flatten = new Flatten();
  readonly classifier: Sequential;

  constructor(options: AlexNetOptions = {}) {
    super();
    const given = settle(contracts.AlexNet, {}, options);
    const { inChannels, numClasses, width, dropout, rng, dtype } = given;
    const [a, b, c, d, hidden] = [64, 192, 384, 256, 4096].map((channels) => widened(channels, width)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    this.features = new Sequential(
      new Conv2d(inChannels, a, 3, { stride: 2, padding: 1, rng, dtype }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(a, b, 3, { padding: 1, rng, dtype }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(b, c, 3, { padding: 1, rng, dtype }),
      new ReLU(),
      new Conv2d(c, d, 3, { padding: 1, rng, dtype }),
      new ReLU(),
      new Conv2d(d, d, 3, { padding: 1, rng, dtype }),
      new ReLU(),
      new MaxPool2d(2),
    );
    this.classifier = new Sequential(
      new Dropout(dropout, { rng }),
      new Linear(d * 2 * 2, hidden, { rng, dtype }),
      new ReLU(),
      new Dropout(dropout, { rng }),
      new Linear(hidden, hidden, { rng, dtype }),
      new ReLU(),
      new Linear(hidden, numClasses, { rng, dtype }),
    );
  }

  forward(x: Tensor): Tensor {
    let y = this.features.forward(x);
    y = this.flatten.forward(y);
    return this.classifier.forward(y);
  }
}
