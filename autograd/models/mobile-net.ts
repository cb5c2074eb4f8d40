import { contracts, type WidthOptions } from "../../contracts/index.ts";
import { settle, widened } from "../../contracts/internal.ts";
import { initConvolutions } from "../../initialisers/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { AdaptiveAvgPool2d } from "../layers/adaptive-avg-pool2d.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import { Sequential } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";
import { DepthwiseSeparable } from "./depthwise-separable.ts";

/** The paper's table 1 from the second row on: the output channels and the stride of each block. */
const blocks = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array.from({ length: 5 }, () => [512, 1] as const),
  [1024, 2],
  [1024, 1],
] as const;

/**
 * MobileNet for 32 × 32: one convolution, 13 depthwise-separable blocks, one linear layer;
 * 3,217,226 parameters. The first convolution has stride 1; the paper's has stride 2,
 * for 224 × 224. `width` is the paper's α; 0.25 leaves 215,642 parameters.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10); other image sizes work too.
 * Defaults: inChannels 3, numClasses 10, width 1; convolutions start normal by fan-out,
 * as in torchvision's MobileNetV2.
 * @see Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017, table 1
 */
export class MobileNet extends Module {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly relu: ReLU = new ReLU();
  readonly blocks: Sequential;
  readonly avgpool: AdaptiveAvgPool2d = new AdaptiveAvgPool2d(1);
  readonly flatten: Flatten = new Flatten();
  readonly fc: Linear;

  constructor(options: WidthOptions = {}) {
    super();
    const given = settle(contracts.MobileNet, {}, options);
    const { inChannels, numClasses, width, rng, dtype } = given;
    let from = widened(32, width);
    this.conv1 = new Conv2d(inChannels, from, 3, { padding: 1, bias: false, rng, dtype });
    this.bn1 = new BatchNorm2d(from, { dtype });
    const parts: Module[] = [];
    for (const [channels, stride] of blocks) {
      const to = widened(channels, width);
      parts.push(new DepthwiseSeparable(from, to, { stride, rng, dtype }));
      from = to;
    }
    this.blocks = new Sequential(...parts);
    this.fc = new Linear(from, numClasses, { rng, dtype });
    initConvolutions(this.stateDict(), rng);
  }

  forward(x: Tensor): Tensor {
    let y = this.conv1.forward(x);
    y = this.bn1.forward(y);
    y = this.relu.forward(y);
    y = this.blocks.forward(y);
    y = this.avgpool.forward(y);
    y = this.flatten.forward(y);
    return this.fc.forward(y);
  }
}
