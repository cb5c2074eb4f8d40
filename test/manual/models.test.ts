import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random, zeros } from "chalk-and-tape/np";

const rng = () => random(5);

for (const [side, c] of [
  ["chalk", manual],
  ["tape", autograd],
] as const) {
  describe(`${side}, models`, () => {
    it("DeepMlp of Mlp's sizes is Mlp: the same keys and, of one seed, the same numbers", () => {
      const [mlp, deep] = [new c.Mlp({ rng: rng() }), new c.DeepMlp({ rng: rng() })].map((one) =>
        Object.entries(one.stateDict()).map(([key, x]) => [key, x.shape, x.sum().item()]),
      );
      expect(deep).to.deep.equal(mlp);
    });

    it("DeepMlp has as many layers as sizes say", () => {
      const keys = (sizes: number[]): string[] =>
        Object.keys(new c.DeepMlp({ rng: rng(), sizes }).stateDict());
      expect(keys([3, 2])).to.deep.equal(["layer1.weight", "layer1.bias"]);
      expect(keys([3, 4, 4, 4, 4, 4, 2]).at(-1)).to.equal("layer6.bias");
    });

    for (const [what, build, message] of [
      [
        "three sizes for Mlp",
        () => new c.Mlp({ rng: rng(), sizes: [4, 3, 2] as never }),
        /Mlp: sizes is \[4, 3, 2\], expected 4 whole numbers >= 1; DeepMlp/,
      ],
      [
        "one size for DeepMlp",
        () => new c.DeepMlp({ rng: rng(), sizes: [4] }),
        /DeepMlp: sizes is \[4\], expected two whole numbers >= 1 or more/,
      ],
      ["a size of 0", () => new c.DeepMlp({ rng: rng(), sizes: [4, 0, 2] }), /DeepMlp: sizes\[1\] is 0/],
      [
        "LeNet5 for 30 × 30",
        () => new c.LeNet5({ rng: rng(), size: 30 as never }),
        /LeNet5: size is 30, expected 28 or 32/,
      ],
      [
        "a width of 0",
        () => new c.ResNet20({ rng: rng(), width: 0 }),
        /ResNet20: width is 0, expected a number > 0/,
      ],
      [
        "no stages",
        () => new c.CifarNet({ rng: rng(), channels: [] }),
        /CifarNet: channels is \[\], expected one to five/,
      ],
      [
        "six stages, for which 32 × 32 is too small",
        () => new c.CifarNet({ rng: rng(), channels: [1, 2, 3, 4, 5, 6] }),
        /CifarNet: channels is \[1, 2, 3, 4, 5, 6\], expected one to five/,
      ],
      [
        "half a channel",
        () => new c.CifarNet({ rng: rng(), channels: [4, 0.5] }),
        /CifarNet: channels\[1\] is 0\.5/,
      ],
      ["a width of NaN", () => new c.Vgg11({ rng: rng(), width: Number.NaN }), /Vgg11: width is NaN/],
      [
        "a shortcut C",
        () => new c.BasicBlock(2, 4, { rng: rng(), shortcut: "C" as never }),
        /BasicBlock: shortcut is "C", expected one of A, B/,
      ],
      [
        "another stem",
        () => new c.ResNet18({ rng: rng(), stem: "big" as never }),
        /ResNet18: stem is "big", expected one of cifar, imagenet/,
      ],
      [
        "fewer channels by padding",
        () => new c.PadShortcut(4, 2),
        /outChannels is 2, expected 4 .*1 × 1 Conv2d/,
      ],
    ] as const)
      it(`refuses ${what}, and says what to give`, () => expect(build).to.throw(RangeError, message));

    it("a slim network keeps at least one channel everywhere", () => {
      const { weight } = new c.ResNet20({ rng: rng(), width: 1e-6 }).conv1;
      expect(weight.shape).to.deep.equal([1, 3, 3, 3]);
    });

    it("convolutions of ResNets, Vgg11 and MobileNet start normal by fan-out", () => {
      const models = [
        new c.ResNet18({ rng: rng() }),
        new c.Vgg11({ rng: rng() }),
        new c.MobileNet({ rng: rng() }),
      ];
      for (const model of models) {
        for (const [key, w] of Object.entries(model.stateDict())) {
          if (w.ndim !== 4 || w.size < 20_000) continue;
          const wanted = Math.sqrt(
            2 / ((w.shape[0] as number) * (w.shape[2] as number) * (w.shape[3] as number)),
          );
          const std = Math.sqrt(w.mul(w).mean().item());
          expect(std / wanted, `${model.constructor.name} ${key}`).to.be.within(0.97, 1.03);
          expect(Math.max(...w.flat().subarray(0, 2000)) / wanted).to.be.above(2.4); // uniform would end at √3
        }
      }
    });
  });
}

describe("the shortcut without parameters", () => {
  it("takes every second pixel and puts zeros around its channels", () => {
    const x = random(1).normal(0, 1, [1, 2, 3, 4]);
    const y = new manual.PadShortcut(2, 5, { stride: 2 }).forward(x);
    expect(y.shape).to.deep.equal([1, 5, 2, 2]);
    expect(y.slice(null, [1, 3]).toArray()).to.deep.equal(
      x.slice(null, null, [null, null, 2], [null, null, 2]).toArray(),
    );
    const rest = [y.slice(null, 0), y.slice(null, [3])] as NDArray[];
    for (const part of rest) expect(part.toArray()).to.deep.equal(zeros(part.shape).toArray());
  });
  it("wants images of its channels", () => {
    expect(() => new manual.PadShortcut(2, 4).forward(zeros([1, 3, 4, 4]))).to.throw(
      "PadShortcut.forward: x has shape (1, 3, 4, 4), expected (N, 2, H, W)",
    );
  });
});
