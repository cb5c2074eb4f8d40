import { type BlockOptions, contracts } from "../../contracts/index.ts";
import { settle } from "../../contracts/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { ReLU } from "../activations/relu.ts";
import { Layer } from "../layer.ts";
import { BatchNorm2d } from "../layers/batch-norm2d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import { PadShortcut } from "../layers/pad-shortcut.ts";
import { Sequential } from "../layers/sequential.ts";

/**
 * ResNet's block of two 3 × 3 convolutions: y = relu(bn2(conv2(relu1(bn1(conv1(x))))) + x),
 * where x goes through `downsample` if its shape differs from y's: option A pads it with zeros,
 * option B is a 1 × 1 convolution with batch normalisation. Keys are torchvision's.
 * Shapes: x (N, C, H, W) → y (N, M, ⌈H / stride⌉, ⌈W / stride⌉).
 * Backward: x takes two paths, so dx is the sum of the gradients of both.
 * Defaults: stride 1, shortcut "B".
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, figure 2 and section 3.3
 */
export class BasicBlock extends Layer {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly relu1: ReLU = new ReLU();
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d;
  readonly downsample: Layer | null;
  readonly relu2: ReLU = new ReLU();

  constructor(inChannels: number, outChannels: number, options: BlockOptions = {}) {
    super();
    const given = settle(contracts.BasicBlock, { inChannels, outChannels }, options);
    const { stride, shortcut, rng, dtype } = given;
    this.conv1 = new Conv2d(inChannels, outChannels, 3, { stride, padding: 1, bias: false, rng, dtype });
    this.bn1 = new BatchNorm2d(outChannels, { dtype });
    this.conv2 = new Conv2d(outChannels, outChannels, 3, { padding: 1, bias: false, rng, dtype });
    this.bn2 = new BatchNorm2d(outChannels, { dtype });
    if (stride === 1 && inChannels === outChannels) {
      this.downsample = null;
    } else if (shortcut === "A") {
      this.downsample = new PadShortcut(inChannels, outChannels, { stride });
    } else {
      this.downsample = new Sequential(
        new Conv2d(inChannels, outChannels, 1, { stride, bias: false, rng, dtype }),
        new BatchNorm2d(outChannels, { dtype }),
      );
    }
  }

  forward(x: NDArray): NDArray {
    let y = this.conv1.forward(x);
    y = this.bn1.forward(y);
    y = this.relu1.forward(y);
    y = this.conv2.forward(y);
    y = this.bn2.forward(y);
    const same = this.downsample ? this.downsample.forward(x) : x;
    return this.relu2.forward(y.add(same));
  }

  backward(dy: NDArray): NDArray {
    const dSum = this.relu2.backward(dy); // (N, M, OH, OW)
    const dSame = this.downsample ? this.downsample.backward(dSum) : dSum; // (N, M, OH, OW) → (N, C, H, W)
    let d = this.bn2.backward(dSum); // (N, M, OH, OW)
    d = this.conv2.backward(d); // (N, M, OH, OW)
    d = this.relu1.backward(d); // (N, M, OH, OW)
    d = this.bn1.backward(d); // (N, M, OH, OW)
    d = this.conv1.backward(d); // (N, M, OH, OW) → (N, C, H, W)
    return d.add(dSame); // (N, C, H, W)
  }
}

/** One stage of a ResNet: `count` blocks; the first has the stride and changes the channels. */
export function basicBlocks(
  count: number,
  inChannels: number,
  outChannels: number,
  options: BlockOptions,
): Sequential {
  const rest = { ...options, stride: 1 };
  const blocks = Array.from({ length: count }, (_, i) =>
    i === 0
      ? new BasicBlock(inChannels, outChannels, options)
      : new BasicBlock(outChannels, outChannels, rest),
  );
  return new Sequential(...blocks);
}
