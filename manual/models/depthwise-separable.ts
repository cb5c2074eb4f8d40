import { contracts, type StrideOptions } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import { Layer } from "../layer.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";

/**
 * A 3 × 3 convolution split in two: conv1 filters each channel separately (`groups` = C),
 * then conv2 mixes the channels of each pixel (1 × 1). It has 9C + CM weights instead of 9CM.
 * Both are followed by batch normalisation and ReLU.
 * Shapes: x (N, C, H, W) → y (N, M, ⌈H / stride⌉, ⌈W / stride⌉).
 * Backward: the backward of each layer, last to first.
 * Defaults: stride 1.
 * @see Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017, section 3.1
 */
export class DepthwiseSeparable extends Layer {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly relu1: ReLU = new ReLU();
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d;
  readonly relu2: ReLU = new ReLU();

  constructor(inChannels: number, outChannels: number, options: StrideOptions = {}) {
    super();
    const given = settle(contracts.DepthwiseSeparable, { inChannels, outChannels }, options);
    const { stride, rng, dtype } = given;
    const depthwise = { stride, padding: 1, groups: inChannels, bias: false, rng, dtype };
    this.conv1 = new Conv2d(inChannels, inChannels, 3, depthwise);
    this.bn1 = new BatchNorm2d(inChannels, { dtype });
    this.conv2 = new Conv2d(inChannels, outChannels, 1, { bias: false, rng, dtype });
    this.bn2 = new BatchNorm2d(outChannels, { dtype });
  }

  forward(x: NDArray): NDArray {
    let y = this.conv1.forward(x);
    y = this.bn1.forward(y);
    y = this.relu1.forward(y);
    y = this.conv2.forward(y);
    y = this.bn2.forward(y);
    return this.relu2.forward(y);
  }

  backward(dy: NDArray): NDArray {
    let d = this.relu2.backward(dy); // (N, M, OH, OW)
    d = this.bn2.backward(d); // (N, M, OH, OW)
    d = this.conv2.backward(d); // (N, M, OH, OW) → (N, C, OH, OW)
    d = this.relu1.backward(d); // (N, C, OH, OW)
    d = this.bn1.backward(d); // (N, C, OH, OW)
    return this.conv1.backward(d); // (N, C, OH, OW) → (N, C, H, W)
  }
}
