import { type CifarNetOptions, contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { Layer } from "../layer.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import { Sequential } from "../layers/sequential.ts";

/**
 * A plain network for CIFAR-10: stages of a 3 × 3 convolution, batch normalisation,
 * ReLU and 2 × 2 max pooling, then one linear layer; 113,962 parameters.
 * Convolutions have no bias, since the normalisation would subtract it again.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10); each stage halves the image.
 * Backward: the backward of each part, last to first.
 * Defaults: inChannels 3, numClasses 10, channels [32, 64, 128], one number per stage.
 * @throws RangeError unless channels are one to five whole numbers ≥ 1
 * @see Ioffe, Szegedy, "Batch Normalization: Accelerating Deep Network Training", ICML 2015
 */
export class CifarNet extends Layer {
  readonly features: Sequential;
  readonly flatten: Flatten = new Flatten();
  readonly classifier: Linear;

  constructor(options: CifarNetOptions = {}) {
    super();
    const given = settle(contracts.CifarNet, {}, options);
    const { inChannels, numClasses, channels, rng, dtype } = given;
    const parts: Layer[] = [];
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

  forward(x: NDArray): NDArray {
    let y = this.features.forward(x);
    y = this.flatten.forward(y);
    return this.classifier.forward(y);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    let d = this.classifier.backward(dy); // (N, 10) → (N, 2048)
    d = this.flatten.backward(d); // (N, 2048) → (N, 128, 4, 4)
    return this.features.backward(d, options); // (N, 128, 4, 4) → (N, 3, 32, 32)
  }
}
