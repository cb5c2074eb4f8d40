import { expect } from "chai";
import {
  AlexNet,
  CifarNet,
  Conv1d,
  Conv2d,
  DeepMlp,
  Flatten,
  type Layer,
  LeNet5,
  Linear,
  Mlp,
  MlpClassifier,
  MobileNet,
  ReLU,
  ResNet18,
  ResNet20,
  Sequential,
  Vgg11,
} from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";

const rng = random(6);
const image = [2, 3, 32, 32];

/** Everything that takes `{ input: false }`, with the shape of an input. */
const takers: [name: string, make: () => Layer, shape: number[]][] = [
  ["Linear", () => new Linear(5, 3, { rng }), [4, 5]],
  ["Conv1d", () => new Conv1d(2, 3, 3, { rng }), [4, 2, 7]],
  ["Conv2d", () => new Conv2d(2, 3, 3, { rng }), [4, 2, 7, 6]],
  [
    "Sequential, from its first layer with parameters on",
    () => new Sequential(new Flatten(), new Linear(12, 4, { rng }), new ReLU(), new Linear(4, 2, { rng })),
    [3, 4, 3],
  ],
  ["Mlp", () => new Mlp({ sizes: [12, 6, 5, 3], rng }), [3, 4, 3]],
  ["DeepMlp", () => new DeepMlp({ sizes: [12, 6, 5, 4, 3], rng }), [3, 4, 3]],
  ["DeepMlp of one layer", () => new DeepMlp({ sizes: [12, 3], rng }), [3, 4, 3]],
  ["MlpClassifier", () => new MlpClassifier({ rng }), [5, 2]],
  ["LeNet5", () => new LeNet5({ rng }), [2, 1, 28, 28]],
  ["AlexNet", () => new AlexNet({ width: 1 / 32, dropout: 0, rng }), image],
  ["Vgg11", () => new Vgg11({ width: 1 / 16, rng }), image],
  ["MobileNet", () => new MobileNet({ width: 1 / 16, rng }), image],
  ["ResNet18", () => new ResNet18({ width: 1 / 16, rng }), image],
  ["CifarNet", () => new CifarNet({ channels: [4, 4, 4], rng }), image],
  ["ResNet20", () => new ResNet20({ width: 1 / 4, rng }), image],
];

describe("backward(dy, { input: false })", () => {
  for (const [name, make, shape] of takers) {
    it(`${name}: the parameters' gradients are bit for bit those of a whole backward, and dx is NaN in x's shape`, () => {
      const layer = make();
      const x = rng.normal(0, 1, shape);
      const y = layer.forward(x);
      const dy = rng.normal(0, 1, y.shape);
      const whole = layer.backward(dy) as NDArray;
      const gradients = layer.parameters().map((p) => p.gradient?.toArray());
      layer.zeroGrad();
      layer.forward(x);
      const dx = layer.backward(dy, { input: false }) as NDArray;
      expect(layer.parameters().map((p) => p.gradient?.toArray())).to.deep.equal(gradients);
      expect(whole.shape).to.deep.equal(shape);
      expect(whole.flat().some(Number.isNaN)).to.equal(false);
      expect(dx.shape).to.deep.equal(shape);
      expect(dx.flat().every(Number.isNaN)).to.equal(true);
    });
  }
});
