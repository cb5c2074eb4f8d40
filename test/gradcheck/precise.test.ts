import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { symbolicDerivative } from "chalk-and-tape/gradcheck";
import { array, type NDArray } from "chalk-and-tape/np";
import {
  type Branch,
  errorsAgainst,
  type PreciseFunction,
  preciseFormula,
  preciseGradients,
} from "#internal/gradcheck";

/** The witness, which can be loaded where the tests run. */
function digits(y: string | readonly Branch[]): NonNullable<ReturnType<typeof preciseFormula>> {
  const found = preciseFormula(typeof y === "string" ? [{ y }] : y);
  if (!found) throw new Error("mathjs cannot be loaded");
  return found;
}

/** x and the next doubles on either side: two numbers of which one is rounded may differ by one of them. */
function withinUlps(actual: number, expected: number, ulps: number): void {
  expect(Math.abs(actual - expected), `${actual} and ${expected}`).to.be.at.most(
    ulps * Math.max(Math.abs(expected) * 2 ** -52, Number.MIN_VALUE),
  );
}

describe("gradcheck, formulas with 64 digits", () => {
  const points = [-700, -40, -3.1, -0.1, 0, 1e-7, 0.1, 2.7, 40];
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const closed: [y: string, slope: (x: number) => number][] = [
    ["1 / (1 + exp(-x))", (x) => sigmoid(x) * sigmoid(-x)],
    ["tanh(x)", (x) => 1 / Math.cosh(x) ** 2],
    ["(x - t) ^ 2", (x) => 2 * (x - 0.3)],
    ["log(1 + exp(x))", sigmoid],
  ];
  for (const [y, slope] of closed) {
    it(`${y}: the slope is the closed form to a few last bits, at ${points.join(", ")}`, () => {
      for (const x of points) {
        // Below 1e-28 of what is added up a difference of 64 digits has fewer than 16 left: tanh at ±40, softplus at −700.
        if (Math.abs(slope(x)) > 1e-28 || y === "1 / (1 + exp(-x))")
          withinUlps(digits(y).slope(x, 0.3), slope(x), 4);
        else expect(digits(y).slope(x)).to.be.closeTo(slope(x), 1e-43);
      }
    });
  }

  it("a mean's share and dy are inside the one rounding", () => {
    expect(digits("x ^ 2").slope(0.1, 0, 3, 7)).to.equal(0.6 / 7);
    expect(digits("x").slope(5, 0, 0.1, 3)).to.equal(0.1 / 3);
  });

  it("sees the double itself, not the decimal that names it: 0.1 is 0.1000000000000000055511…", () => {
    expect(digits("(x - 0.1) * 1e17").value(0.1)).to.equal(0.5551115123125783);
    expect(digits("(t - 0.1) * 1e17").value(0, 0.1)).to.equal(0.5551115123125783);
  });

  it("BCE of a logit has its value where doubles lose it, and neither at 700 nor at -700 overflows", () => {
    withinUlps(digits("log(1 + exp(x))").value(-40), Math.exp(-40), 2);
    expect(Math.log(1 + Math.exp(-40)), "the same in doubles").to.equal(0);
    expect(digits("log(1 + exp(x)) - t * x").value(700, 0.5)).to.equal(350);
    expect(digits("log(1 + exp(x)) - t * x").slope(800, 0.25)).to.equal(0.75);
    expect(digits("1 / (1 + exp(-x))").slope(-720)).to.be.closeTo(Math.exp(-720), 1e-320);
    expect(symbolicDerivative([{ y: "1 / (1 + exp(-x))" }])?.at(-720, 0), "in doubles: ∞ / ∞").to.be.NaN;
  });

  it("agrees with mathjs's rule, itself evaluated with 64 digits, but for a tie between two doubles: 2 (x − t) of x = −0.1 is one", () => {
    const formulas = [
      "1 / (1 + exp(-x))",
      "tanh(x)",
      "log(1 + exp(x)) - t * x",
      "(x - t) ^ 2",
      "x ^ 3 / sqrt(x + 9)",
    ];
    for (const y of [...formulas, "-t * log(x + 9) - (1 - t) * log(9 - x)"]) {
      const rule = symbolicDerivative([{ y }])?.text as string;
      for (const x of [-8.3, -1.7, -0.1, 1e-3, 0.1, 0.6, 3.3, 8.9])
        withinUlps(digits(y).slope(x, 0.3), digits(rule).value(x, 0.3), y === "(x - t) ^ 2" ? 1 : 0);
    }
  });

  it("finds poles near 0 no nearer than they are: log at 1e-12, 1e-30 and 1e-43", () => {
    for (const x of [1e-12, 1e-30, 1e-43]) withinUlps(digits("log(x)").slope(x), 1 / x, 1);
  });

  it("steps as far as x is large: (x / 1e50)² at 1e50", () => {
    withinUlps(digits("(x / 1e50) ^ 2").slope(1e50), 2e-50, 1);
  });

  it("1e-300 and -1e-300 are not 0, for both witnesses; where no branch applies both say NaN", () => {
    const relu: Branch[] = [
      { where: "x > 0", y: "x" },
      { where: "x < 0", y: "0" },
    ];
    for (const slope of [digits(relu).slope, symbolicDerivative(relu)?.at])
      expect([1e-300, -1e-300, 0].map((x) => slope?.(x, 0))).to.deep.equal([1, 0, Number.NaN]);
    expect(digits(relu).value(0)).to.be.NaN;
  });

  it("takes the branch of x itself on both sides of it, and a written slope as it is", () => {
    const steps: Branch[] = [
      { where: "x == 1", y: "1", slope: "t / 2", why: "agreed" },
      { where: "x < 1", y: "x" },
      { y: "5 * x" },
    ];
    const below = 1 - 2 ** -53;
    for (const slope of [digits(steps).slope, symbolicDerivative(steps)?.at])
      expect([below, 1, 1 + 2 ** -52].map((x) => slope?.(x, 8))).to.deep.equal([1, 4, 5]);
    expect(digits(steps).slope(1, 8, 3, 2)).to.equal(6);
    expect(symbolicDerivative(steps)?.text).to.equal("t / 2 where x == 1 (agreed)\n1 where x < 1\n5");
  });

  it("log of a negative number is NaN, not a complex number", () => {
    expect(digits("log(x)").value(-1)).to.be.NaN;
    expect(symbolicDerivative([{ y: "x * log(x)" }])?.at(-1, 0)).to.be.NaN;
  });

  it("has erf, which mathjs has for doubles only: exact GELU, from Abramowitz and Stegun's table 7.1 and by its slope", () => {
    const { value, slope } = digits("erf(x)");
    expect([0, 0.5, 1, -1, 2, 13].map((x) => value(x))).to.deep.equal([
      0, 0.5204998778130465, 0.8427007929497149, -0.8427007929497149, 0.9953222650189527, 1,
    ]);
    for (const x of [-7, -5, -1, 0, 0.3, 4])
      withinUlps(slope(x), (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x), 4);
    expect(digits("x / 2 * (1 + erf(x / sqrt(2)))").value(1)).to.equal(0.8413447460685429);
  });
});

describe("gradcheck, functions of arrays with 64 digits", () => {
  /** y[i] = Σ over j of w[i, j] x[j]². */
  const square: PreciseFunction = (of) => {
    const [x, w] = [of("x"), of("w")];
    return [0, 1].map((i) => {
      const terms = [0, 1, 2].map((j) => w.at(i, j).times(x.at(j)).times(x.at(j)));
      return terms.reduce((sum, term) => sum.plus(term));
    });
  };
  const x = array([1, -2, 0.1]);
  const w = array([[3, 0.5, 0], [1, -1, 0.3]]); // biome-ignore format: a matrix
  const dy = array([0.1, -7]);

  it("Σ w x²: the gradients of both arrays, and neither is changed", () => {
    const found = preciseGradients(square, new Map([["x", x], ["w", w]]), ["x", "w"], dy); // biome-ignore format: a map
    expect([...(found?.keys() ?? [])]).to.deep.equal(["x", "w"]);
    const close = (a: NDArray | undefined, b: readonly number[]): void =>
      b.forEach((value, i) => void withinUlps(a?.flat()[i] as number, value, 2));
    close(found?.get("x"), [2 * (0.3 - 7), -4 * (0.05 + 7), 0.2 * -2.1]);
    close(found?.get("w"), [0.1, 0.4, 0.001, -7, -28, -0.07]);
    expect(found?.get("w")?.shape).to.deep.equal([2, 3]);
    expect(x.toArray()).to.deep.equal([1, -2, 0.1]);
  });

  it("reads views as what they show", () => {
    const found = preciseGradients(square, new Map([["x", x], ["w", w.T.copy().T]]), ["w"], dy); // biome-ignore format: a map
    expect(found?.get("w")?.flat()[1]).to.be.closeTo(0.4, 1e-15);
  });

  it("puts every element back before the next: 1e30 (x₀ − x₂) x₁ where x₀ = x₂", () => {
    const steep: PreciseFunction = (of) => [
      of("x").at(0).minus(of("x").at(2)).times(of("x").at(1)).times("1e30"),
    ];
    const found = preciseGradients(steep, new Map([["x", array([1, 3, 1])]]), ["x"], array([1]));
    expect(found?.get("x")?.toArray()).to.deep.equal([3e30, 0, -3e30]);
  });

  it("says which array, which element, or how many elements are wrong", () => {
    const arrays = new Map([["x", x], ["w", w]]); // biome-ignore format: a map
    expect(() => preciseGradients(square, arrays, ["b"], dy)).to.throw(RangeError, 'no array "b"');
    expect(() => preciseGradients(square, arrays, ["x"], x)).to.throw(RangeError, "y has 2 elements, dy 3");
    for (const index of [[0, 3], [2, 0], [0], [0, 0, 0], [-1, 0]]) // biome-ignore format: a list
      expect(() => preciseGradients((of) => [of("w").at(...index)], arrays, ["x"], dy)).to.throw(
        RangeError,
        `no element (${index.join(", ")}) in shape (2, 3)`,
      );
  });
});

describe("gradcheck, errors against the 64 digits", () => {
  const precise = array([1, -4, Number.NaN]);
  it("each witness's largest, relative to the largest element", () => {
    const sampled = { at: [1], estimates: [{ value: -4.5, error: 0, kink: "none" as const }] };
    const errors = errorsAgainst(precise, {
      manual: array([1.1, -4, 9]),
      autograd: null,
      numerical: sampled,
    });
    expect(errors.manual).to.be.closeTo(0.025, 1e-15);
    expect(errors).to.have.keys(["manual", "numerical"]);
    expect(errors.numerical).to.equal(0.125);
  });
  it("NaN is never passed over, nor another shape; a gradient of 0 gives the absolute error", () => {
    expect(errorsAgainst(precise, { manual: array([Number.NaN, -4, 0]) }).manual).to.be.NaN;
    expect(errorsAgainst(precise, { manual: array([[1, -4, 0]]) }).manual).to.be.NaN;
    expect(errorsAgainst(array([0, 0]), { manual: array([0, 3]) })).to.deep.equal({ manual: 3 });
  });
});

describe("gradcheck without mathjs", () => {
  const script = `
    const { symbolicDerivative } = await import("chalk-and-tape/gradcheck");
    const { preciseFormula, preciseGradients } = await import("#internal/gradcheck");
    const { formulaWitness, preciseWitness } = await import("#internal/compare");
    const { array } = await import("chalk-and-tape/np");
    const [row, x] = [{ formula: { branches: [{ y: "x" }] } }, array([1])];
    const found = [symbolicDerivative([{ y: "x" }]), preciseFormula([{ y: "x" }]), preciseGradients(() => [], new Map(), [], x)];
    const reasons = [...Object.values(formulaWitness(row, [x], x)), preciseWitness({ inputs: { x }, witnesses: { precise: () => [] } }, [x], new Map(), x).get("x")];
    console.log(JSON.stringify([found, new Set(reasons).size, reasons[0]]));`;
  for (const [where, spoil] of [
    ["in a browser", "process.getBuiltinModule = undefined;"],
    [
      "where its file is missing",
      'process.getBuiltinModule = () => ({ createRequire: () => () => { throw new Error("no file"); } });',
    ],
  ] as const)
    it(`${where}: null, and a reason in the table`, () => {
      // Neither place has native code: whoever tests on blas asks for none here.
      const out = execFileSync(process.execPath, ["--input-type=module", "-e", spoil + script], {
        env: { ...process.env, CHALK_ENGINE: "auto" },
        encoding: "utf8",
      });
      expect(JSON.parse(out)).to.deep.equal([[null, null, null], 1, "mathjs cannot be loaded here"]);
    });
});
