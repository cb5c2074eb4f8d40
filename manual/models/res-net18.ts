import { contracts, type ResNet18Options } from "../../contracts/index.ts";
import { settle, widened } from "../../contracts/internal.ts";
import { initConvolutions } from "../../initialisers/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import type { InputGradientOptions } from "../input-gradient-options.ts";
import { Layer } from "../layer.ts";
import { AdaptiveAvgPool2d } from "../layers/adaptive-avg-pool2d.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { Flatten } from "../layers/flatten.ts";
import { Identity } from "../layers/identity.ts";
import { Linear } from "../layers/linear.ts";
import { MaxPool2d } from "../layers/max-pool2d.ts";
import type { Sequential } from "../layers/sequential.ts";
import { basicBlocks } from "./basic-block.ts";

/**
 * torchvision's `resnet18`, key for key: a stem, four stages of two blocks with
 * 64, 128, 256 and 512 channels, and one linear layer. Stem "cifar" is for 32 × 32
 * (11,173,962 parameters with 10 classes); "imagenet" is torchvision's own (11,689,512 with 1000).
 * Shapes: x (N, 3, 32, 32) → logits (N, 10); other image sizes work too.
 * Backward: the backward of each part, last to first.
 * Defaults: inChannels 3, numClasses 10, width 1, stem "cifar"; shortcuts B;
 * convolutions start normal by fan-out, as in torchvision.
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, table 1; torchvision's `resnet18`
 */
export class ResNet18 extends Layer {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly relu: ReLU = new ReLU();
  readonly maxpool: Layer;
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly layer4: Sequential;
  readonly avgpool: AdaptiveAvgPool2d = new AdaptiveAvgPool2d(1);
  readonly flatten: Flatten = new Flatten();
  readonly fc: Linear;

  constructor(options: ResNet18Options = {}) {
    super();
    const given = settle(contracts.ResNet18, {}, options);
    const { inChannels, numClasses, width, stem, rng, dtype } = given;
    const wide = (channels: number): number => widened(channels, width);
    const small = stem === "cifar";
    const [a, b, c, d] = [wide(64), wide(128), wide(256), wide(512)];
    const window = small ? { stride: 1, padding: 1 } : { stride: 2, padding: 3 };
    this.conv1 = new Conv2d(inChannels, a, small ? 3 : 7, { ...window, bias: false, rng, dtype });
    this.bn1 = new BatchNorm2d(a, { dtype });
    this.maxpool = small ? new Identity() : new MaxPool2d(3, { stride: 2, padding: 1 });
    this.layer1 = basicBlocks(2, a, a, { rng, dtype });
    this.layer2 = basicBlocks(2, a, b, { stride: 2, rng, dtype });
    this.layer3 = basicBlocks(2, b, c, { stride: 2, rng, dtype });
    this.layer4 = basicBlocks(2, c, d, { stride: 2, rng, dtype });
    this.fc = new Linear(d, numClasses, { rng, dtype });
    initConvolutions(this.stateDict(), rng);
  }

  forward(x: NDArray): NDArray {
    let y = this.conv1.forward(x);
    y = this.bn1.forward(y);
    y = this.relu.forward(y);
    y = this.maxpool.forward(y);
    y = this.layer1.forward(y);
    y = this.layer2.forward(y);
    y = this.layer3.forward(y);
    y = this.layer4.forward(y);
    y = this.avgpool.forward(y);
    y = this.flatten.forward(y);
    return this.fc.forward(y);
  }

  backward(dy: NDArray, options: InputGradientOptions = {}): NDArray {
    let d = this.fc.backward(dy); // (N, 10) → (N, 512)
    d = this.flatten.backward(d); // (N, 512) → (N, 512, 1, 1)
    d = this.avgpool.backward(d); // (N, 512, 1, 1) → (N, 512, 4, 4)
    d = this.layer4.backward(d); // (N, 512, 4, 4) → (N, 256, 8, 8)
    d = this.layer3.backward(d); // (N, 256, 8, 8) → (N, 128, 16, 16)
    d = this.layer2.backward(d); // (N, 128, 16, 16) → (N, 64, 32, 32)
    d = this.layer1.backward(d); // (N, 64, 32, 32)
    d = this.maxpool.backward(d); // (N, 64, 32, 32)
    d = this.relu.backward(d); // (N, 64, 32, 32)
    d = this.bn1.backward(d); // (N, 64, 32, 32)
    return this.conv1.backward(d, options); // (N, 64, 32, 32) → (N, 3, 32, 32)
  }
}
