import { type CifarNetOptions, contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import { Sequential } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * A plain network for CIFAR-10: stages of a 3 × 3 convolution, batch normalisation,
 * ReLU and 2 × 2 max pooling, then one linear layer; 113,962 parameters.
 * Convolutions have no bias, since the normalisation would subtract it again.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10); each stage halves the image.
 * Defaults: inChannels 3, numClasses 10, channels [32, 64, 128], one number per stage.
 * @throws RangeError unless channels are one to five whole numbers ≥ 1
 * @see Ioffe, Szegedy, "Batch Normalization: Accelerating Deep Network Training", ICML 2015
 */
export class CifarNet extends Module {
  readonly features: Sequential;
  readonly flatten: Flatten = new Flatten();
  readonly classifier: Linear;

  constructor(options: CifarNetOptions = {}) {
    super();
    const given = settle(contracts.CifarNet, {}, options);
    const { inChannels, numClasses, channels, rng, dtype } = given;
    const parts: Module[] = [];
    let from = inChannels;
    for (const to of channels) {
      parts.push(new Conv2d(from, to, 3, { padding: 1, bias: false, rng, dtype }));
      parts.push(new BatchNorm2d(to, { dtype }), new ReLU(), new MaxPool2d(2));
      from = to;
    }
    this.features = new Sequential(...parts);
    const side = 32 / 2 ** channels.length;
    this.classifier = new Linear(from * side * side, numClasses, { rng, dtype });
  }

  forward(x: Tensor): Tensor {
    let y = this.features.forward(x);
    y = this.flatten.forward(y);
    return this.classifier.forward(y);
  }
}
