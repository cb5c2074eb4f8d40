import { expect } from "chai";
import { derivative, symbolicDerivative } from "chalk-and-tape/gradcheck";

describe("gradcheck, symbolic derivatives by mathjs", () => {
  const formulas: [y: string, f: (x: number) => number][] = [
    ["1 / (1 + exp(-x))", (x) => 1 / (1 + Math.exp(-x))],
    ["tanh(x)", Math.tanh],
    ["(x - t) ^ 2", (x) => (x - 0.3) ** 2],
    ["log(1 + exp(x)) - t * x", (x) => Math.log(1 + Math.exp(x)) - 0.3 * x],
    ["-t * log(x) - (1 - t) * log(1 - x)", (x) => -0.3 * Math.log(x) - 0.7 * Math.log(1 - x)],
  ];
  for (const [y, f] of formulas) {
    it(`${y}: agrees with finite differences at x = 0.1, 0.4 and 0.8, t = 0.3`, () => {
      const symbolic = symbolicDerivative([{ y }]);
      for (const x of [0.1, 0.4, 0.8]) {
        const { value, error } = derivative((delta) => f(x + delta), x);
        expect(symbolic?.at(x, 0.3)).to.be.closeTo(value, 1e-9 + 10 * error);
      }
    });
  }

  it("takes the branch that x is in, and says NaN on the kink between two", () => {
    const relu = symbolicDerivative([
      { where: "x > 0", y: "x" },
      { where: "x < 0", y: "0" },
    ]);
    expect([relu?.at(2, 0), relu?.at(-2, 0), relu?.at(0, 0)]).to.deep.equal([1, 0, Number.NaN]);
  });

  it("shows the derivative as a formula, one line a branch", () => {
    const derivative = symbolicDerivative([
      { where: "x > 0", y: "x ^ 3" },
      { where: "x <= 0", y: "0" },
    ]);
    expect(derivative?.text).to.equal("3 * x ^ 2 where x > 0\n0 where x <= 0");
  });
});
