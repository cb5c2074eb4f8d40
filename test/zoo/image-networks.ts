import {
  AlexNet,
  BasicBlock,
  CifarNet,
  DeepMlp,
  DepthwiseSeparable,
  LeNet5,
  type Linear,
  MobileNet,
  PadShortcut,
  ReLU,
  ResNet18,
  ResNet20,
  Vgg11,
} from "chalk-and-tape/manual";
import { type NDArray, pad, unslice, zeros } from "chalk-and-tape/np";
import { alone, type ZooEntry } from "./entry.ts";

const order = "call each layer's backward, last to first, each with what the previous one returned";

/** Networks for images and their blocks: forgotten paths back, and wrong orders whose shapes fit. */
export const imageNetworksZoo: readonly ZooEntry[] = [
  {
    id: "block-forgets-shortcut",
    name: "BasicBlock",
    what: "only the gradient of the convolutions is returned",
    why: "the shortcut has no layer, so its backward is easily forgotten",
    fix: "x took two paths: add dSum, or what downsample.backward(dSum) returns",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends BasicBlock {
      override backward(dy: NDArray): NDArray {
        const dSum = this.relu2.backward(dy);
        this.downsample?.backward(dSum);
        let d = this.bn2.backward(dSum);
        d = this.relu1.backward(this.conv2.backward(d));
        return this.conv1.backward(this.bn1.backward(d));
      }
    },
  },
  {
    id: "block-shortcut-before-relu",
    name: "BasicBlock",
    what: "the shortcut gets dy, not what came back through the last ReLU",
    why: "the figure draws the shortcut around everything",
    fix: "the sum comes before relu2: both paths get relu2.backward(dy)",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends BasicBlock {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const dSum = this.relu2.backward(dy);
        if (this.downsample) return dx.sub(this.downsample.backward(dSum)).add(this.downsample.backward(dy));
        return dx.sub(dSum).add(dy);
      }
    },
  },
  {
    id: "block-halves",
    name: "BasicBlock",
    what: "each path gets half of the gradient",
    why: "the two parts of a split gradient should apparently add up to it",
    fix: "y = a + b passes the whole dy to a and to b",
    cause: "other",
    expects: { quantity: "conv1.weight", says: alone },
    student: class extends BasicBlock {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy.div(2));
      }
    },
  },
  {
    id: "block-norm-and-relu-swapped",
    name: "BasicBlock",
    what: "bn1 and relu1 swapped in backward",
    why: "the pair keeps the order of forward; all shapes are equal",
    fix: order,
    cause: "other",
    expects: { quantity: "conv1.weight", says: alone },
    student: class extends BasicBlock {
      override backward(dy: NDArray): NDArray {
        const dSum = this.relu2.backward(dy);
        let d = this.conv2.backward(this.bn2.backward(dSum));
        d = this.relu1.backward(this.bn1.backward(d));
        d = this.conv1.backward(d);
        return d.add(this.downsample ? this.downsample.backward(dSum) : dSum);
      }
    },
  },
  {
    id: "pad-shortcut-first-channels",
    name: "PadShortcut",
    what: "dx takes the first C channels of dy, not those in the middle",
    why: "the zero channels are assumed to come last",
    fix: "start at the number of zero channels that come before",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends PadShortcut {
      #shape: readonly number[] = [];
      override forward(x: NDArray): NDArray {
        this.#shape = x.shape;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const ranges = [null, null, this.every, this.every];
        return unslice(dy.slice(null, [0, this.inChannels]), ranges, this.#shape);
      }
    },
  },
  {
    id: "pad-shortcut-repeats",
    name: "PadShortcut",
    what: "dy is spread over all pixels, also those that were left out",
    why: "upsampling looks like the backward of subsampling",
    fix: "pixels that forward skipped get 0",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends PadShortcut {
      #shape: readonly number[] = [];
      override forward(x: NDArray): NDArray {
        this.#shape = x.shape;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const [N, C, H, W] = this.#shape as [number, number, number, number];
        const taken = super.backward(dy);
        const step = (this.every as readonly [null, null, number])[2];
        let all = zeros([N, C, H, W]);
        for (let i = 0; i < step; i++) {
          for (let j = 0; j < step; j++) {
            const moved = pad(taken, [
              [0, 0],
              [0, 0],
              [i, 0],
              [j, 0],
            ]);
            all = all.add(moved.slice(null, null, [0, H], [0, W]));
          }
        }
        return all;
      }
    },
  },
  {
    id: "depthwise-groups-lost",
    name: "DepthwiseSeparable",
    what: "conv1's dx is summed over the channels, as if each output had seen all of them",
    why: "the backward of an ordinary convolution is reused without groups",
    fix: "each channel was convolved separately, so it gets back only its own gradient",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends DepthwiseSeparable {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        return dx.sum(1, true).add(dx.mul(0));
      }
    },
  },
  {
    id: "depthwise-blocks-order",
    name: "DepthwiseSeparable",
    what: "backward runs the second normalisation and ReLU in forward's order",
    why: "the lines are copied from forward",
    fix: order,
    cause: "other",
    expects: { quantity: "bn2.weight", says: alone },
    student: class extends DepthwiseSeparable {
      override backward(dy: NDArray): NDArray {
        let d = this.relu2.backward(this.bn2.backward(dy));
        d = this.relu1.backward(this.conv2.backward(d));
        return this.conv1.backward(this.bn1.backward(d));
      }
    },
  },
  {
    id: "lenet-skips-a-relu",
    name: "LeNet5",
    what: "relu3, between the linear layers, is skipped",
    why: "one of twelve lines was lost; all shapes still fit",
    fix: order,
    cause: "mask",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends LeNet5 {
      override backward(dy: NDArray): NDArray {
        let d = this.fc2.backward(this.relu4.backward(this.fc3.backward(dy)));
        d = this.flatten.backward(this.fc1.backward(d));
        d = this.conv2.backward(this.relu2.backward(this.pool2.backward(d)));
        return this.conv1.backward(this.relu1.backward(this.pool1.backward(d)));
      }
    },
  },
  {
    id: "lenet-pool-and-relu-swapped",
    name: "LeNet5",
    what: "pool2 and relu2 swapped in backward",
    why: "forward pools last, and backward keeps the order within the pair",
    fix: order,
    cause: "other",
    expects: { quantity: "no error", says: /cannot be broadcast|shape/ },
    student: class extends LeNet5 {
      override backward(dy: NDArray): NDArray {
        let d = this.fc2.backward(this.relu4.backward(this.fc3.backward(dy)));
        d = this.flatten.backward(this.fc1.backward(this.relu3.backward(d)));
        d = this.pool2.backward(this.relu2.backward(d));
        d = this.pool1.backward(this.conv2.backward(d));
        return this.conv1.backward(this.relu1.backward(d));
      }
    },
  },
  {
    id: "lenet-flatten-forgotten",
    name: "LeNet5",
    what: "the gradient reaches the last pooling still flat",
    why: "Flatten has nothing to learn, so its backward is forgotten",
    fix: "this.flatten.backward(d) gives the gradient its channels, rows and columns back",
    cause: "other",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends LeNet5 {
      override backward(dy: NDArray): NDArray {
        let d = this.fc2.backward(this.relu4.backward(this.fc3.backward(dy)));
        d = this.fc1.backward(this.relu3.backward(d));
        const [N] = d.shape as [number];
        // To make the shapes fit again, channels are put last, as images on disk have them.
        d = d.reshape(N, 5, 5, 16).transpose([0, 3, 1, 2]);
        d = this.conv2.backward(this.relu2.backward(this.pool2.backward(d)));
        return this.conv1.backward(this.relu1.backward(this.pool1.backward(d)));
      }
    },
  },
  {
    id: "alexnet-skips-dropout",
    name: "AlexNet",
    what: "the gradient skips the classifier's second dropout",
    why: "dropout seems to matter in forward only",
    fix: "dropped elements get no gradient either: dropout's backward uses the same mask",
    cause: "other",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends AlexNet {
      override backward(dy: NDArray): NDArray {
        const layers = this.classifier.layers.filter((_, i) => i !== 3);
        const d = layers.reduceRight((gradient, layer) => layer.backward(gradient), dy);
        return this.features.backward(this.flatten.backward(d));
      }
    },
  },
  {
    id: "vgg-averages",
    name: "Vgg11",
    what: "the gradient of the classifier is divided by the batch size once more",
    why: "it seems that every layer must average",
    fix: "1/N belongs to the loss, once",
    cause: "factor 1/N",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends Vgg11 {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy.div(dy.shape[0] as number));
      }
    },
  },
  {
    id: "cifar-net-without-relu",
    name: "CifarNet",
    what: "backward skips ReLU, since max pooling passes dy only to the largest element",
    why: "the largest of four is assumed to be positive",
    fix: "where all four are below 0, ReLU's gradient is 0: its backward has to come after the pooling's",
    cause: "other",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends CifarNet {
      override backward(dy: NDArray): NDArray {
        const layers = this.features.layers.filter((layer) => !(layer instanceof ReLU));
        const dFeatures = this.flatten.backward(this.classifier.backward(dy));
        return layers.reduceRight((d, layer) => layer.backward(d), dFeatures);
      }
    },
  },
  {
    id: "resnet20-norm-and-relu-swapped",
    name: "ResNet20",
    what: "the stem's normalisation and ReLU swapped in backward",
    why: "the pair keeps the order of forward",
    fix: order,
    cause: "other",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends ResNet20 {
      override backward(dy: NDArray): NDArray {
        let d = this.avgpool.backward(this.flatten.backward(this.fc.backward(dy)));
        d = this.layer1.backward(this.layer2.backward(this.layer3.backward(d)));
        return this.conv1.backward(this.relu.backward(this.bn1.backward(d)));
      }
    },
  },
  {
    id: "resnet18-average-not-divided",
    name: "ResNet18",
    what: "the average over the image passes dy to every pixel, undivided",
    why: "the mean is mistaken for a sum",
    fix: "each pixel had a share of 1 / (H · W)",
    cause: "other",
    expects: { quantity: "3 random directions", says: alone },
    student: class extends ResNet18 {
      override backward(dy: NDArray): NDArray {
        const dPooled = this.flatten.backward(this.fc.backward(dy));
        const dMean = this.avgpool.backward(dPooled);
        let d = dMean.mul((dMean.shape[2] as number) * (dMean.shape[3] as number));
        d = this.layer3.backward(this.layer4.backward(d));
        d = this.maxpool.backward(this.layer1.backward(this.layer2.backward(d)));
        return this.conv1.backward(this.bn1.backward(this.relu.backward(d)));
      }
    },
  },
  {
    id: "mobilenet-stops-at-blocks",
    name: "MobileNet",
    what: "the first convolution gets no gradient",
    why: "it is outside the list of blocks, and so outside the loop",
    fix: order,
    cause: "zero",
    expects: { quantity: "conv1.weight", says: /backward assigned no gradient of conv1.weight/ },
    student: class extends MobileNet {
      override backward(dy: NDArray): NDArray {
        const d = this.avgpool.backward(this.flatten.backward(this.fc.backward(dy)));
        return this.bn1.backward(this.relu.backward(this.blocks.backward(d)));
      }
    },
  },
  {
    id: "deep-mlp-forward-order",
    name: "DeepMlp",
    what: "each layer's backward before that of the ReLU behind it",
    why: "the loop's body is copied from forward",
    fix: order,
    cause: "other",
    expects: { quantity: "no error", says: /ShapeError/ },
    student: class extends DeepMlp {
      override backward(dy: NDArray): NDArray {
        let d = (this[`layer${this.depth}`] as Linear).backward(dy);
        for (let i = this.depth - 1; i >= 1; i--) {
          d = (this[`layer${i}`] as Linear).backward(d);
          d = (this[`relu${i}`] as ReLU).backward(d);
        }
        return this.flatten.backward(d);
      }
    },
  },
  {
    id: "deep-mlp-skips-relus",
    name: "DeepMlp",
    what: "the loop calls the linear layers only",
    why: "layers without parameters seem to need no backward",
    fix: "for each i, relu's backward before the layer's",
    cause: "mask",
    expects: { quantity: "layer1.weight", says: alone },
    student: class extends DeepMlp {
      override backward(dy: NDArray): NDArray {
        let d = dy;
        for (let i = this.depth; i >= 1; i--) d = (this[`layer${i}`] as Linear).backward(d);
        return this.flatten.backward(d);
      }
    },
  },
];
