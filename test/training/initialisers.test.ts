import { expect } from "chai";
import {
  calculateGain,
  constant,
  fans,
  kaimingNormal,
  kaimingUniform,
  type Nonlinearity,
  orthogonal,
  truncNormal,
  xavierNormal,
  xavierUniform,
} from "chalk-and-tape/initialisers";
import { type NDArray, random, ShapeError } from "chalk-and-tape/np";
import { biasUniform } from "#internal/initialisers";
import { type Distribution, expectSample, normal, truncated, uniform } from "./distributions.ts";

const rng = (seed: number = 3): ReturnType<typeof random> => random(seed);
const [linear, conv, grouped] = [[200, 100], [64, 12, 3, 5], [64, 3, 3, 5]]; // biome-ignore format: three shapes

/** torch.nn.init.calculate_gain of PyTorch 2.13. */
const gains: readonly (readonly [nonlinearity: Nonlinearity, parameter: number | undefined, gain: number])[] =
  [
    ["linear", undefined, 1],
    ["conv2d", undefined, 1],
    ["convTranspose3d", undefined, 1],
    ["sigmoid", undefined, 1],
    ["tanh", undefined, 1.6666666666666667],
    ["relu", undefined, Math.SQRT2],
    ["selu", undefined, 0.75],
    ["leakyRelu", undefined, 1.4141428569978354],
    ["leakyRelu", 0, Math.SQRT2],
    ["leakyRelu", 0.2, 1.386750490563073],
    ["leakyRelu", Math.sqrt(5), 0.5773502691896257],
  ];

/** What each initialiser must draw: bounds and deviations as PyTorch's formulas give them for these shapes. */
const drawn: readonly (readonly [what: string, shape: number[], draw: (shape: number[]) => NDArray, is: Distribution])[] = [
  ["kaimingUniform, as layers use it", linear, (s) => kaimingUniform(s, { a: Math.sqrt(5), rng: rng() }), uniform(0.1)],
  ["kaimingUniform of a convolution", conv, (s) => kaimingUniform(s, { a: Math.sqrt(5), rng: rng() }), uniform(0.07453559924999299)],
  ["kaimingUniform, default: a ReLU", linear, (s) => kaimingUniform(s, { rng: rng() }), uniform(0.2449489742783178)],
  ["kaimingUniform, fanOut", linear, (s) => kaimingUniform(s, { mode: "fanOut", rng: rng() }), uniform(0.17320508075688773)],
  ["kaimingUniform, tanh, of which a says nothing", linear, (s) => kaimingUniform(s, { nonlinearity: "tanh", a: 7, rng: rng() }), uniform(0.2886751345948129)],
  ["kaimingNormal, default", linear, (s) => kaimingNormal(s, { rng: rng() }), normal(0.1414213562373095)],
  ["kaimingNormal, fanOut of a grouped convolution, slope 0.2", grouped, (s) => kaimingNormal(s, { mode: "fanOut", a: 0.2, rng: rng() }), normal(0.044757)],
  ["kaimingNormal, selu", linear, (s) => kaimingNormal(s, { nonlinearity: "selu", rng: rng() }), normal(0.075)],
  ["xavierUniform", linear, (s) => xavierUniform(s, { rng: rng() }), uniform(0.1414213562373095)],
  ["xavierUniform of a convolution, gain 2", conv, (s) => xavierUniform(s, { gain: 2, rng: rng() }), uniform(0.14509525002200233)],
  ["xavierNormal", linear, (s) => xavierNormal(s, { rng: rng() }), normal(0.08164965809277261)],
  ["xavierNormal, gain 5/3", conv, (s) => xavierNormal(s, { gain: 5 / 3, rng: rng() }), normal(0.06980891835)],
  ["biasUniform, whatever the number of features", [5000], ([n]) => biasUniform(n as number, 16, { rng: rng() }), uniform(0.25)],
  ["truncNormal, default", linear, (s) => truncNormal(s, { rng: rng() }), truncated(0, 1, -2, 2)],
  ["truncNormal, cuts that are absolute: they cut nothing", linear, (s) => truncNormal(s, { std: 0.02, rng: rng() }), normal(0.02)],
  ["truncNormal, off center", linear, (s) => truncNormal(s, { mean: 0.5, std: 0.4, a: 0, b: 1.1, rng: rng() }), truncated(0.5, 0.4, 0, 1.1)],
  ["truncNormal, narrow", linear, (s) => truncNormal(s, { a: -0.3, b: 0.5, rng: rng() }), truncated(0, 1, -0.3, 0.5)],
  ["truncNormal, the upper tail", linear, (s) => truncNormal(s, { a: 2, b: 4, rng: rng() }), truncated(0, 1, 2, 4)],
  ["truncNormal, a far lower tail, longer than it has numbers", linear, (s) => truncNormal(s, { a: -60, b: -4, rng: rng() }), truncated(0, 1, -14, -4)],
]; // biome-ignore format: a table, one case a line

describe("training, initialisers", () => {
  for (const [nonlinearity, parameter, gain] of gains) {
    it(`calculateGain("${nonlinearity}"${parameter === undefined ? "" : `, ${parameter}`}) is ${gain}`, () =>
      expect(calculateGain(nonlinearity, parameter)).to.be.closeTo(gain, 1e-15));
  }
  it("fans of Linear's (M, D), of a convolution's and of one with 4 groups, as PyTorch counts them", () => {
    expect([linear, conv, grouped].map((shape) => fans(shape))).to.deep.equal([
      { fanIn: 100, fanOut: 200 },
      { fanIn: 180, fanOut: 960 },
      { fanIn: 45, fanOut: 960 },
    ]);
  });
  for (const [what, shape, draw, is] of drawn) {
    it(`${what}: shape, mean, variance and distribution`, () => {
      const w = draw(shape);
      expect([w.shape, w.dtype]).to.deep.equal([shape, "float64"]);
      expectSample(w, is);
      expect(draw(shape).toArray(), "the same seed").to.deep.equal(w.toArray());
    });
  }
  it("uniform ones stay inside their bound and come near it; truncNormal stays inside its cuts, in float32 too", () => {
    const ends = (w: NDArray): [number, number] => [w.min().item(), w.max().item()];
    const [low, high] = ends(kaimingUniform(linear, { a: Math.sqrt(5), rng: rng() }));
    expect([low, high].map(Math.abs)).to.satisfy((size: number[]) =>
      size.every((x) => x > 0.0999 && x <= 0.1),
    );
    const cut = ends(truncNormal(linear, { a: -0.1, b: 0.1, dtype: "float32", rng: rng() }));
    expect(cut.map(Math.abs)).to.satisfy((size: number[]) =>
      size.every((x) => x > 0.0999 && x <= Math.fround(0.1)),
    );
  });
  it("all draw in the dtype that they are given", () => {
    const options = { rng: rng(), dtype: "float32" } as const;
    for (const init of [kaimingUniform, kaimingNormal, xavierUniform, xavierNormal, orthogonal, truncNormal])
      expect(init([3, 4], options).dtype, init.name).to.equal("float32");
    expect([biasUniform(3, 4, options).dtype, constant([2], 0.1, { dtype: "float32" }).dtype]).to.deep.equal(["float32", "float32"]); // biome-ignore format: a pair
  });

  it("say what is wrong with a shape, a word or a number, and what to do", () => {
    const options = { rng: rng() };
    const thrown: [f: () => unknown, kind: new () => Error, says: string][] = [
      [() => xavierUniform([3], options), ShapeError, "xavierUniform: a weight of shape (3,) has no fan-in and fan-out; expected two axes or more"],
      [() => kaimingNormal([], options), ShapeError, "kaimingNormal: a weight of shape () has no fan-in"],
      [() => kaimingUniform([3, 0], options), ShapeError, "kaimingUniform: a weight of shape (3, 0) has no elements"],
      [() => orthogonal([3], options), ShapeError, "orthogonal: a weight of shape (3,); expected two axes or more"],
      [() => kaimingUniform([3, 2], { ...options, mode: "fan_in" as "fanIn" }), RangeError, 'kaimingUniform: mode is "fan_in", expected one of fanIn, fanOut'],
      [() => kaimingNormal([3, 2], { ...options, nonlinearity: "gelu" as "relu" }), RangeError, 'kaimingNormal: nonlinearity is "gelu", expected one of linear, conv1d'],
      [() => calculateGain("toString" as "relu"), RangeError, 'nonlinearity is "toString"'],
      [() => calculateGain("leakyRelu", Number.NaN), RangeError, "the negative slope of leakyRelu, is NaN"],
      [() => xavierNormal([3, 2], { ...options, gain: -1 }), RangeError, "xavierNormal: gain is -1, expected a number >= 0"],
      [() => truncNormal([3], { ...options, std: 0 }), RangeError, "truncNormal: std is 0, expected a number > 0"],
      [() => truncNormal([3], { ...options, a: 2 }), RangeError, "truncNormal: a is 2, expected a number < 2, the value of b"],
      [() => truncNormal([3], { ...options, b: Infinity }), RangeError, "truncNormal: b is Infinity, expected a finite number"],
      [() => constant([3], Number.NaN), RangeError, "constant: value is NaN, expected a finite number"],
      [() => xavierUniform([3, 2], {} as { rng: ReturnType<typeof random> }), TypeError, "xavierUniform: rng is undefined; pass a generator: { rng: random(seed) }"],
    ]; // biome-ignore format: a table, one case a line
    for (const [f, kind, says] of thrown) expect(f, says).to.throw(kind, says);
  });
});
