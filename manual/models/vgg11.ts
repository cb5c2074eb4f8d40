import { contracts, type WidthOptions } from "../../contracts/index.ts";
import { settle, widened } from "../../contracts/internal.ts";
import { initConvolutions } from "../../initialisers/internal.ts";
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
 * The paper's column A: the output channels of each 3 × 3 convolution,
 * and where the image is halved.
 */
const layers = [64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool"] as const;

/**
 * VGG-11 with batch normalisation for 32 × 32: only 3 × 3 convolutions, and the image is halved five times;
 * 9,228,362 parameters. Parts are numbered as in torchvision's `vgg11_bn`, but convolutions have no bias,
 * since the normalisation would subtract it again, and there is one linear layer instead of three,
 * as is usual for 32 × 32.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10).
 * Backward: the backward of each part, last to first.
 * Defaults: inChannels 3, numClasses 10, width 1; convolutions start normal by fan-out, as in torchvision.
 * @see Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015, table 1
 */
export class Vgg11 extends Layer {
  readonly features: Sequential;
  readonly flatten: Flatten = new Flatten();
  readonly classifier: Linear;

  constructor(options: WidthOptions = {}) {
    super();
    const given = settle(contracts.Vgg11, {}, options);
    const { inChannels, numClasses, width, rng, dtype } = given;
    const parts: Layer[] = [];
    let from = inChannels;
    for (const layer of layers) {
      if (layer === "pool") {
        parts.push(new MaxPool2d(2));
      } else {
        const to = widened(layer, width);
        parts.push(new Conv2d(from, to, 3, { padding: 1, bias: false, rng, dtype }));
        parts.push(new BatchNorm2d(to, { dtype }), new ReLU());
        from = to;
      }
    }
    this.features = new Sequential(...parts);
    this.classifier = new Linear(from, numClasses, { rng, dtype });
    initConvolutions(this.stateDict(), rng);
  }

  forward(x: NDArray): NDArray {
    let y = this.features.forward(x);
    y = this.flatten.forward(y);
    return this.classifier.forward(y);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    let d = this.classifier.backward(dy); // (N, 10) → (N, 512)
    d = this.flatten.backward(d); // (N, 512) → (N, 512, 1, 1)
    return this.features.backward(d, options); // (N, 512, 1, 1) → (N, 3, 32, 32)
  }
}
