import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { abs, array, concatenate, type NDArray, ones, random } from "chalk-and-tape/np";

interface ClipOptions {
  readonly normType?: number;
}
/** Gradients of either side, clipped in place; null is a parameter without one. */
interface Clipper {
  readonly name: string;
  norm(gradients: readonly (NDArray | null)[], maxNorm: number, options?: ClipOptions): number;
  value(gradients: readonly (NDArray | null)[], clipValue: number): void;
  /** What they are afterwards. */
  read(): (NDArray | null)[];
}

const chalk = (): Clipper => {
  let parameters: manual.Parameter[] = [];
  const make = (gradients: readonly (NDArray | null)[]): manual.Parameter[] => {
    parameters = gradients.map((gradient, k) => ({
      name: `layer${k}.weight`,
      value: gradient ?? ones([1]),
      gradient,
    }));
    return parameters;
  };
  return {
    name: "chalk",
    norm: (gradients, maxNorm, options) => manual.clipGradNorm(make(gradients), maxNorm, options),
    value: (gradients, clipValue) => manual.clipGradValue(make(gradients), clipValue),
    read: () => parameters.map((p) => p.gradient),
  };
};
const tape = (): Clipper => {
  let parameters: autograd.Tensor[] = [];
  const make = (gradients: readonly (NDArray | null)[]): autograd.Tensor[] => {
    parameters = gradients.map((gradient) => {
      const p = autograd.tensor(gradient ?? ones([1]), { requiresGrad: true });
      p.grad = gradient && new autograd.Tensor(gradient);
      return p;
    });
    return parameters;
  };
  return {
    name: "tape",
    norm: (gradients, maxNorm, options) => autograd.clipGradNorm(make(gradients), maxNorm, options),
    value: (gradients, clipValue) => autograd.clipGradValue(make(gradients), clipValue),
    read: () => parameters.map((p) => p.grad?.data ?? null),
  };
};

const numbers = (x: readonly (NDArray | null)[]): (number[] | null)[] => x.map((g) => g && [...g.flat()]);

for (const make of [chalk, tape]) {
  const clip = make();
  describe(`${clip.name}, clipGradNorm and clipGradValue`, () => {
    const gradients = (): NDArray[] => [array([[3, -4]]), array([12])];

    it("one norm for all: (3, −4) and (12) are 13 long; scaled by 1 / (13 + 1e-6)", () => {
      expect(clip.norm(gradients(), 1)).to.equal(13);
      const scale = 1 / (13 + 1e-6);
      expect(numbers(clip.read())).to.deep.equal([[3 * scale, -4 * scale], [12 * scale]]); // biome-ignore format: a list
    });
    for (const [normType, wanted] of [
      [1, 19],
      [2, 13],
      [3, (27 + 64 + 1728) ** (1 / 3)],
      [0.5, (Math.sqrt(3) + 2 + Math.sqrt(12)) ** 2],
      [Number.POSITIVE_INFINITY, 12],
    ] as const)
      it(`order ${normType}: ${wanted}`, () => {
        expect(clip.norm(gradients(), 2, { normType })).to.be.closeTo(wanted, 1e-12 * wanted);
        const scale = 2 / (wanted + 1e-6);
        const [first, second] = numbers(clip.read()) as [number[], number[]];
        expect(first[1]).to.be.closeTo(-4 * scale, 1e-12);
        expect(second[0]).to.be.closeTo(12 * scale, 1e-12);
      });
    it("what is short enough stays as it is, and is never made longer", () => {
      for (const maxNorm of [13.1, 1e6, Number.POSITIVE_INFINITY]) {
        expect(clip.norm(gradients(), maxNorm)).to.equal(13);
        expect(numbers(clip.read())).to.deep.equal([[3, -4], [12]]); // biome-ignore format: a list
      }
    });
    it("at the bound itself the 1e-6 shows, as in PyTorch", () => {
      clip.norm(gradients(), 13);
      expect(numbers(clip.read())[1]).to.deep.equal([12 * (13 / (13 + 1e-6))]);
    });
    it("a bound of 0 leaves no gradient", () => {
      expect(clip.norm(gradients(), 0)).to.equal(13);
      for (const g of clip.read())
        expect(
          abs(g as NDArray)
            .max()
            .item(),
        ).to.equal(0);
    });
    it("gradients of 0 stay 0; nothing is divided by 0", () => {
      expect(clip.norm([array([0, 0])], 1)).to.equal(0);
      expect(numbers(clip.read())).to.deep.equal([[0, 0]]);
    });
    it("random gradients: the norm of all in one vector; afterwards it is the bound", () => {
      const rng = random(3);
      const drawn = [rng.normal(0, 5, [4, 3]), rng.normal(0, 1, [2, 2, 2]), rng.normal(0, 9, [7])];
      const flat = concatenate(drawn.map((g) => g.reshape(-1)));
      const wanted = Math.sqrt(flat.mul(flat).sum().item());
      expect(clip.norm(drawn, 0.5)).to.be.closeTo(wanted, 1e-12 * wanted);
      const after = concatenate(clip.read().map((g) => (g as NDArray).reshape(-1)));
      expect(Math.sqrt(after.mul(after).sum().item())).to.be.closeTo(0.5, 1e-6);
      expect(after.mul(flat).sum().item()).to.be.closeTo(0.5 * wanted, 1e-5 * wanted); // the same direction
    });
    it("float32 gradients whose squares overflow float32 are clipped, and stay float32", () => {
      expect(clip.norm([array([3e25, 4e25], { dtype: "float32" })], 1)).to.be.closeTo(5e25, 1e19);
      const [g] = clip.read();
      expect(g?.dtype).to.equal("float32");
      expect(g?.item(0)).to.be.closeTo(0.6, 1e-6);
    });
    it("a parameter without gradient is left out; all without are refused", () => {
      expect(clip.norm([null, array([12]), null], 6)).to.equal(12);
      expect(clip.read()[0]).to.equal(null);
      clip.value([null, array([12])], 6);
      expect(numbers(clip.read())).to.deep.equal([null, [6]]);
      expect(() => clip.norm([null, null], 1)).to.throw(
        TypeError,
        "clipGradNorm: no parameter has a gradient; call it between backward and step",
      );
    });
    it("a norm that is no number is refused with the first parameter to blame, and changes nothing", () => {
      const name = clip.name === "chalk" ? "layer1\\.weight" : "parameter 1, of shape \\(2,\\),";
      for (const wrong of [Number.NaN, Infinity, -Infinity]) {
        const given = [array([1]), array([5, wrong]), array([Number.NaN])];
        expect(() => clip.norm(given, 1)).to.throw(
          RangeError,
          new RegExp(
            `^clipGradNorm: the total norm of order 2 for gradients from parameters is non-finite .*the gradient of ${name} holds NaN`,
          ),
        );
        expect(numbers(clip.read())[0]).to.deep.equal([1]);
      }
      expect(() => clip.norm([array([1e200])], 1)).to.throw(
        RangeError,
        "the gradients are finite, but the sum of their powers is not",
      );
      expect(clip.norm([array([1e200])], 1, { normType: Number.POSITIVE_INFINITY })).to.equal(1e200);
    });
    it("clipGradValue cuts each element on both sides; NaN stays NaN", () => {
      clip.value([array([[-5, -1, 0, 0.5, 7]]), array([Number.NaN, -Infinity])], 1);
      expect(numbers(clip.read())).to.deep.equal([[-1, -1, 0, 0.5, 1], [Number.NaN, -1]]); // biome-ignore format: a list
    });
    it("bounds and orders outside their range", () => {
      expect(() => clip.norm(gradients(), -1)).to.throw(
        RangeError,
        "clipGradNorm: maxNorm is -1, expected a number >= 0",
      );
      expect(() => clip.norm(gradients(), Number.NaN)).to.throw(RangeError, "maxNorm is NaN");
      expect(() => clip.norm(gradients(), 1, { normType: 0 })).to.throw(
        RangeError,
        "clipGradNorm: normType is 0, expected a number > 0, or Infinity",
      );
      expect(() => clip.norm(gradients(), 1, { norm_type: 1 } as ClipOptions)).to.throw(
        TypeError,
        'clipGradNorm: unknown option "norm_type"; expected normType. Did you mean "normType"?',
      );
      expect(() => clip.norm(gradients(), 1, 2 as ClipOptions)).to.throw(
        TypeError,
        "clipGradNorm: the options are 2, expected an object: { normType: 2 }",
      );
      expect(() => clip.value(gradients(), -1)).to.throw(RangeError, "clipGradValue: clipValue is -1");
    });
  });
}

describe("clipping, a model in the place of its parameters", () => {
  it("gets its remedy; one parameter, too", () => {
    const [chalkModel, tapeModel] = [
      new manual.Linear(2, 1, { rng: random(0) }),
      new autograd.Linear(2, 1, { rng: random(0) }),
    ];
    for (const call of [
      () => manual.clipGradNorm(chalkModel as never, 1),
      () => autograd.clipGradNorm(tapeModel as never, 1),
    ])
      expect(call).to.throw(
        TypeError,
        "clipGradNorm: expected parameters, got a Linear; pass model.parameters()",
      );
    expect(() => autograd.clipGradValue(tapeModel.weight as never, 1)).to.throw(
      TypeError,
      "got one; pass [parameter]",
    );
  });
  it("between backward and step: both sides cut alike, and the layer's own gradients change", () => {
    const [a, b] = [
      new manual.Linear(3, 2, { rng: random(1) }),
      new autograd.Linear(3, 2, { rng: random(1) }),
    ];
    const [x, dy] = [random(2).normal(0, 3, [5, 3]), random(3).normal(0, 3, [5, 2])];
    a.forward(x);
    a.backward(dy);
    b.forward(autograd.tensor(x)).backward(dy);
    const before = a.dWeight?.copy();
    expect(manual.clipGradNorm(a.parameters(), 1)).to.equal(autograd.clipGradNorm(b.parameters(), 1));
    expect(a.dWeight?.toArray()).to.deep.equal(b.weight.grad?.toArray());
    expect(a.dWeight?.toArray()).not.to.deep.equal(before?.toArray());
  });
});
