import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, isfinite, type NDArray, ShapeError } from "chalk-and-tape/np";
import { ulps } from "../np/ulps.ts";
import { type Network, type Side, sides } from "../torch/sides.ts";

/** All activations, each with arguments that are not its defaults where it has some. */
const all: readonly (readonly [name: string, args: readonly unknown[]])[] = [
  ["ReLU", []],
  ["LeakyReLU", [0.2]],
  ["PReLU", [1, { init: 0.1 }]],
  ["ELU", [2]],
  ["SELU", []],
  ["GELU", ["none"]],
  ["GELU", ["tanh"]],
  ["SiLU", []],
  ["Softplus", [2, { threshold: 10 }]],
  ["Hardtanh", [-2, { maxVal: 3 }]],
  ["Sigmoid", []],
  ["Tanh", []],
  ["Softmax", [0]],
  ["LogSoftmax", [0]],
];
const pass = (network: Network, x: NDArray): { y: NDArray; dx: NDArray } => {
  const { y, inputs } = network.pass([x], (out) => out.mul(0).add(1.5));
  return { y, dx: inputs[0] as NDArray };
};
const y = (side: Side, name: string, args: readonly unknown[], x: number): number =>
  side
    .build(name, args)
    .forward([array([x])])
    .item();

describe("activations on both sides", () => {
  for (const side of sides) {
    it(`${side.name}: golden values of PyTorch`, () => {
      for (const [name, args, x, wanted] of [
        ["GELU", [], 1, 0.841344746068543],
        ["GELU", ["tanh"], 1, 0.8411919906082768],
        ["LeakyReLU", [], -3, -0.03],
        ["ELU", [], -1, -0.6321205588285577],
        ["SELU", [], -1, -1.1113307378125625],
        ["SiLU", [], 1, 0.7310585786300049],
        ["Softplus", [], 0, Math.LN2],
        ["Softplus", [], 19.9999, 19.99990000206136],
        ["Softplus", [], 20.0001, 20.0001],
        ["Hardtanh", [], -7, -1],
      ] as const)
        expect(y(side, name, args, x), `${name}(${x})`).to.be.closeTo(
          wanted,
          2e-15 * Math.max(1, Math.abs(wanted)),
        );
    });
    it(`${side.name}: ReLU passes nothing at a dead unit, not even Infinity, and all at NaN, as PyTorch's`, () => {
      for (const dtype of ["float64", "float32"] as const) {
        const x = array([-1, 0, -0, 2, Number.NaN], { dtype });
        const dy = array([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 5, 3], { dtype });
        const { inputs } = side.build("ReLU", []).pass([x], () => dy);
        expect([...(inputs[0] as NDArray).flat()]).to.deep.equal([0, 0, 0, 5, 3]);
      }
    });
    it(`${side.name}: Hardtanh passes nothing where it is flat, not even Infinity`, () => {
      const dy = array([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5, Number.NaN, 3]);
      const { inputs } = side.build("Hardtanh", []).pass([array([-2, -1, 0.5, 1, 0])], () => dy);
      expect([...(inputs[0] as NDArray).flat()]).to.deep.equal([0, 0, 5, 0, 3]);
    });
    it(`${side.name}: ELU and SELU keep every digit near 0, where eˣ − 1 has none`, () => {
      for (const x of [-1e-17, -3e-9, -1e-300]) {
        expect(ulps(y(side, "ELU", [], x), Math.expm1(x), "float64")).to.be.at.most(1);
        expect(ulps(y(side, "SELU", [], x), 1.7580993408473766 * Math.expm1(x), "float64")).to.be.at.most(2);
      }
    });
    for (const [name, args] of all) {
      it(`${side.name}: ${name}(${JSON.stringify(args).slice(1, -1)}) of numbers of any size has neither NaN nor Infinity, in float32 float32`, () => {
        const values = [-1e5, -800, -90, -1, -1e-10, 0, 1e-10, 1, 90, 800, 1e5];
        for (const dtype of ["float64", "float32"] as const) {
          const network = side.build(name, args);
          if (name === "PReLU") network.load({ weight: array([0.1]) });
          const found = pass(network, array(values, { dtype }));
          for (const out of [found.y, found.dx]) expect(isfinite(out).min().item(), String(out)).to.equal(1);
          if (name !== "PReLU") expect([found.y.dtype, found.dx.dtype]).to.deep.equal([dtype, dtype]);
        }
      });
    }
    it(`${side.name}: PReLU makes float32 slopes, and with them stays in float32`, () => {
      const network = side.build("PReLU", [3, { dtype: "float32" }]);
      expect(Object.keys(network.state())).to.deep.equal(["weight"]);
      const { y, inputs, parameters } = network.pass(
        [array([[-1, 2, -3]], { dtype: "float32" })],
        (out) => out,
      );
      expect([y, inputs[0], parameters.weight].map((a) => a?.dtype)).to.deep.equal(["float32", "float32", "float32"]); // biome-ignore format: one line
      expect(parameters.weight?.toArray()).to.deep.equal([0.25, 0, 2.25]);
    });
    it(`${side.name}: softmax sums to 1 on either axis; what is masked by −Infinity gets 0, and passes 0`, () => {
      const x = array([[1, -Infinity, 3], [1000, 1001, -Infinity]]); // biome-ignore format: a matrix
      for (const dim of [0, 1]) {
        const rows = side.build("Softmax", [dim]).forward([array([[1, 2, 3], [1000, 1001, 900]])]); // biome-ignore format: a matrix
        for (const sum of rows.sum(dim).flat()) expect(sum).to.be.closeTo(1, 1e-12);
      }
      const { y, inputs } = side.build("Softmax", [1]).pass([x], (out) => out.add(1));
      expect([y.item(0, 1), y.item(1, 2), inputs[0]?.item(0, 1), inputs[0]?.item(1, 2)].map((v) => Math.abs(v as number))).to.deep.equal([0, 0, 0, 0]); // biome-ignore format: one line
      expect(
        isfinite(inputs[0] as NDArray)
          .min()
          .item(),
      ).to.equal(1);
    });
    it(`${side.name}: LogSoftmax keeps what the logarithm of Softmax loses`, () => {
      expect(
        side
          .build("LogSoftmax", [0])
          .forward([array([0, -1000])])
          .toArray(),
      ).to.deep.equal([0, -1000]);
      const tiny = side.build("LogSoftmax", [0]).forward([array([0, -40])]);
      expect(tiny.item(1)).to.equal(-40);
    });
  }
  it("SELU's numbers are a fixed point: of a standard normal x, y has mean 0 and variance 1", () => {
    const n = 24001;
    const xs = Float64Array.from({ length: n }, (_, i) => -12 + (24 * i) / (n - 1));
    const ys = new manual.SELU().forward(array([...xs])).flat();
    let [mean, square] = [0, 0];
    for (const [i, v] of ys.entries()) {
      const weight = (Math.exp(-((xs[i] as number) ** 2) / 2) / Math.sqrt(2 * Math.PI)) * (24 / (n - 1));
      mean += weight * v;
      square += weight * v * v;
    }
    expect(mean).to.be.closeTo(0, 1e-7); // the trapezoids' error at the bend
    expect(square).to.be.closeTo(1, 1e-7);
  });
});

describe("activations, what they refuse", () => {
  const make = (side: Side, name: string, args: readonly unknown[]): unknown => {
    const classes: Readonly<Record<string, unknown>> = side.name === "chalk" ? manual : autograd;
    return new (classes[name] as new (...args: readonly unknown[]) => unknown)(...args);
  };
  const refused: readonly (readonly [name: string, args: readonly unknown[], kind: new () => Error, says: string])[] = [
    ["LeakyReLU", [Number.NaN], RangeError, "LeakyReLU: negativeSlope is NaN, expected a finite number"],
    ["LeakyReLU", [{ negativeSlope: 0.2 }], TypeError, "LeakyReLU: negativeSlope is { negativeSlope }, expected a finite number; write new LeakyReLU(0.2)"],
    ["PReLU", [0], RangeError, "PReLU: numParameters is 0, expected a whole number >= 1"],
    ["PReLU", [1, { init: Infinity }], RangeError, "PReLU: init is Infinity, expected a finite number"],
    ["ELU", [Infinity], RangeError, "ELU: alpha is Infinity, expected a finite number"],
    ["GELU", ["erf"], RangeError, 'GELU: approximate is "erf", expected one of none, tanh'],
    ["Softplus", [0], RangeError, "Softplus: beta is 0, expected a number > 0"],
    ["Softplus", [1, { threshold: Number.NaN }], RangeError, "Softplus: threshold is NaN, expected a finite number"],
    ["Hardtanh", [1, { maxVal: 1 }], RangeError, "Hardtanh: maxVal is 1, expected a number > minVal = 1"],
    ["Hardtanh", [-Infinity, { maxVal: 1 }], RangeError, "Hardtanh: minVal is -Infinity, expected a finite number"],
    ["Softmax", [undefined], TypeError, "Softmax: dim is missing, expected a whole number: the axis along which y is one distribution, new Softmax(1) for rows of logits"],
    ["LogSoftmax", [0.5], RangeError, "LogSoftmax: dim is 0.5"],
  ]; // biome-ignore format: a table, one case a line
  for (const side of sides) {
    it(`${side.name}: arguments outside their range`, () => {
      for (const [name, args, kind, says] of refused)
        expect(() => make(side, name, args), says).to.throw(kind, says);
    });
    it(`${side.name}: an axis that x has not, and another number of channels than slopes`, () => {
      const x = array([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
      expect(() => side.build("Softmax", [2]).forward([x])).to.throw(RangeError, "Softmax.forward: x has shape (2, 3); Dimension out of range (expected to be in range of [-2, 1], but got 2)"); // biome-ignore format: one line
      expect(() => side.build("LogSoftmax", [-3]).forward([x])).to.throw(
        RangeError,
        "LogSoftmax.forward: x has shape (2, 3); Dimension out of range",
      );
      expect(() => side.build("PReLU", [2]).forward([x])).to.throw(
        ShapeError,
        "PReLU.forward: x has shape (2, 3), expected (N, 2, …), since numParameters is 2; Mismatch of parameter numbers and input channel size",
      );
      expect(() => side.build("PReLU", [2]).forward([array([1, 2])])).to.throw(
        ShapeError,
        "PReLU.forward: x has shape (2,)",
      );
    });
  }
  it("chalk: backward before forward", () => {
    for (const layer of [new manual.LeakyReLU(), new manual.PReLU(), new manual.GELU(), new manual.Softmax(1)])
      expect(() => layer.backward(array([[1]]))).to.throw(TypeError, `${layer.constructor.name}.backward: nothing remembered; call forward first`); // biome-ignore format: one line
  });
});
