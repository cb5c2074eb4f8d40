import { contracts, type ResNet20Options } from "../../contracts/index.ts";
import { settle, widened } from "../../contracts/internal.ts";
import { initConvolutions } from "../../initialisers/internal.ts";
import { ReLU } from "../activations/relu.ts";
import { AdaptiveAvgPool2d } from "../layers/adaptive-avg-pool2d.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Linear } from "../layers/linear.ts";
import type { Sequential } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";
import { basicBlocks } from "./basic-block.ts";

/**
 * The paper's ResNet for CIFAR-10 with n = 3: a convolution, three stages of three blocks with 16, 32 and 64 channels, and one linear
 * layer; 269,722 parameters with shortcuts A, 272,474 with B.
 * Shapes: x (N, 3, 32, 32) → logits (N, 10); other image sizes work too.
 * Defaults: inChannels 3, numClasses 10, width 1, shortcut "A";
 * convolutions start normal by fan-out, as in torchvision.
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2
 */
export class ResNet20 extends Module {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly relu: ReLU = new ReLU();
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly avgpool: AdaptiveAvgPool2d = new AdaptiveAvgPool2d(1);
  readonly flatten: Flatten = new Flatten();
  readonly fc: Linear;

  constructor(options: ResNet20Options = {}) {
    super();
    const given = settle(contracts.ResNet20, {}, options);
    const { inChannels, numClasses, width, shortcut, rng, dtype } = given;
    const [a, b, c] = [widened(16, width), widened(32, width), widened(64, width)];
    this.conv1 = new Conv2d(inChannels, a, 3, { padding: 1, bias: false, rng, dtype });
    this.bn1 = new BatchNorm2d(a, { dtype });
    this.layer1 = basicBlocks(3, a, a, { shortcut, rng, dtype });
    this.layer2 = basicBlocks(3, a, b, { stride: 2, shortcut, rng, dtype });
    this.layer3 = basicBlocks(3, b, c, { stride: 2, shortcut, rng, dtype });
    this.fc = new Linear(c, numClasses, { rng, dtype });
    initConvolutions(this.stateDict(), rng);
  }

  forward(x: Tensor): Tensor {
    let y = this.conv1.forward(x);
    y = this.bn1.forward(y);
    y = this.relu.forward(y);
    y = this.layer1.forward(y);
    y = this.layer2.forward(y);
    y = this.layer3.forward(y);
    y = this.avgpool.forward(y);
    y = this.flatten.forward(y);
    return this.fc.forward(y);
  }
}
