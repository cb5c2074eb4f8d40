import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { summary } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { random, zeros } from "chalk-and-tape/np";
import type { AnyNetwork } from "#internal/compare";

const rng = random(3);
const slim = { rng, width: 1 / 8 };
/** Both sides of a network. */
const twins: readonly [what: string, networks: readonly [manual.Layer, autograd.Module], shape: number[]][] =
  [
    ["LeNet5", [new manual.LeNet5({ rng }), new autograd.LeNet5({ rng })], [2, 1, 28, 28]],
    ["ResNet20", [new manual.ResNet20(slim), new autograd.ResNet20(slim)], [2, 3, 8, 8]],
    ["ResNet18", [new manual.ResNet18(slim), new autograd.ResNet18(slim)], [1, 3, 16, 16]],
    ["MobileNet", [new manual.MobileNet(slim), new autograd.MobileNet(slim)], [1, 3, 16, 16]],
  ];

describe("summary", () => {
  for (const [what, [chalk, tape], shape] of twins)
    it(`${what}: both sides give one table, and are left as they were`, () => {
      for (const network of [chalk, tape] as readonly AnyNetwork[]) {
        network.train();
        const before = Object.entries(network.stateDict()).map(([key, x]) => [key, x.toArray()]);
        summary(network, shape);
        const after = Object.entries(network.stateDict()).map(([key, x]) => [key, x.toArray()]);
        expect(after).to.deep.equal(before);
        expect(network.training).to.equal(true);
        expect(Object.hasOwn(network, "forward")).to.equal(false);
      }
      expect(summary(tape, shape).toString()).to.equal(summary(chalk, shape).toString());
    });

  it("counts what is known of large networks: parameters and multiply-adds", () => {
    for (const [model, shape, parameters, multiplyAdds] of [
      [new manual.Mlp({ rng }), [1, 784], 218_058, 217_728],
      [new manual.LeNet5({ rng }), [1, 1, 28, 28], 61_706, 416_520],
      [new manual.CifarNet({ rng }), [1, 3, 32, 32], 113_962, 10_342_400],
      // He et al., table 6: 0.27 M parameters.
      [new manual.ResNet20({ rng }), [1, 3, 32, 32], 269_722, 40_551_040],
      [new manual.ResNet20({ rng, shortcut: "B" }), [1, 3, 32, 32], 272_474, 40_813_184],
    ] as const) {
      const found = summary(model, shape);
      expect([found.parameters, found.multiplyAdds], found.model).to.deep.equal([parameters, multiplyAdds]);
    }
  });

  it("a batch of n has n times the multiply-adds; bytes follow the dtype", () => {
    const [one, three] = [1, 3].map((n) => summary(new manual.LeNet5({ rng }), [n, 1, 28, 28]));
    expect(three?.multiplyAdds).to.equal(3 * (one?.multiplyAdds ?? 0));
    const half = summary(new manual.LeNet5({ rng, dtype: "float32" }), [1, 1, 28, 28]);
    expect(one?.sizesBytes.parameters).to.equal(61_706 * 8);
    expect(half.sizesBytes.parameters).to.equal(61_706 * 4);
    expect(half.sizesBytes.outputs).to.equal((one?.sizesBytes.outputs ?? 0) / 2);
    expect(half.sizesBytes.input).to.equal(784 * 4);
  });

  it("grouped and transposed convolutions: each weight once for each position that it is at", () => {
    const depthwise = new manual.Conv2d(4, 4, 3, { rng, groups: 4, padding: 1 });
    expect(summary(depthwise, [1, 4, 5, 6]).multiplyAdds).to.equal(4 * 9 * 30);
    const transposed = new manual.ConvTranspose2d(2, 3, 2, { rng, stride: 2 });
    expect(summary(transposed, [1, 2, 5, 5]).multiplyAdds).to.equal(2 * 3 * 4 * 25);
  });

  it("names parts as the state dict does, in the order of forward, and says where forward did not come", () => {
    class Odd extends manual.Layer {
      readonly second: manual.Linear = new manual.Linear(3, 2, { rng });
      readonly first: manual.Sequential = new manual.Sequential(
        new manual.Linear(4, 3, { rng }),
        new manual.ReLU(),
      );
      readonly unused: manual.Tanh = new manual.Tanh();
      forward(x: Parameters<manual.Linear["forward"]>[0]): ReturnType<manual.Linear["forward"]> {
        return this.second.forward(this.first.forward(x));
      }
      backward(dy: Parameters<manual.Linear["forward"]>[0]): ReturnType<manual.Linear["forward"]> {
        return this.first.backward(this.second.backward(dy));
      }
    }
    const { rows } = summary(new Odd(), zeros([5, 4]));
    expect(rows.map(({ name, outputShape }) => [name, outputShape])).to.deep.equal([
      ["", [5, 2]],
      ["first", [5, 3]],
      ["first.0", [5, 3]],
      ["first.1", [5, 3]],
      ["second", [5, 2]],
      ["unused", null],
    ]);
  });

  it("names parts as state dicts do: a list keeps its name, that of Sequential has none", () => {
    class Listed extends autograd.Module {
      readonly layers: autograd.Module[] = [new autograd.Sequential(new autograd.Linear(3, 3, { rng }))];
      forward(x: autograd.Tensor): autograd.Tensor {
        return this.layers.reduce((y, layer) => layer.forward(y), x);
      }
    }
    const net = new Listed();
    expect(Object.keys(net.stateDict())).to.deep.equal(["layers.0.0.weight", "layers.0.0.bias"]);
    expect(summary(net, [1, 3]).rows.map(({ name }) => name)).to.deep.equal(["", "layers.0", "layers.0.0"]);
  });

  it("counts a module that stands in two places once, and its work twice", () => {
    class Shared extends autograd.Module {
      readonly layer: autograd.Linear = new autograd.Linear(3, 3, { rng });
      readonly again: autograd.Linear = this.layer;
      forward(x: autograd.Tensor): autograd.Tensor {
        return this.again.forward(this.layer.forward(x));
      }
    }
    const { parameters, multiplyAdds, rows } = summary(new Shared(), [1, 3]);
    expect([parameters, multiplyAdds, rows.length]).to.deep.equal([12, 18, 2]);
  });

  it("counts running statistics as kept, and buffers in every row", () => {
    const block = new manual.BasicBlock(2, 3, { rng, stride: 2 });
    const { rows, buffers } = summary(block, [2, 2, 4, 4]);
    expect(buffers).to.equal(3 * (2 * 3 + 1));
    expect(rows.find(({ name }) => name === "downsample.1")?.buffers).to.equal(7);
  });

  it("refuses what is no network, and leaves one whole whose forward throws", () => {
    expect(() => summary(null as never, [1])).to.throw(TypeError, "expected a network");
    const model = new manual.LeNet5({ rng });
    expect(() => summary(model, [1, 3, 28, 28])).to.throw("channels");
    expect(Object.hasOwn(model.conv1, "forward")).to.equal(false);
    expect(model.training).to.equal(true);
  });
});
