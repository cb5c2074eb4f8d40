import { expect } from "chai";
import type { ForwardBackward } from "chalk-and-tape/gradcheck";
import { array, exp, log, type NDArray, sqrt, stack } from "chalk-and-tape/np";
import { gradcheck } from "./quiet.ts";

/** A function with its slope, for each element of x. */
function elementwise(y: (x: NDArray) => NDArray, slope: (x: NDArray) => NDArray): ForwardBackward {
  return { forward: y, backward: (dy, x) => [dy.mul(slope(x))] };
}
const square = elementwise(
  (x) => x.mul(x),
  (x) => x.mul(2),
);
const squares: ForwardBackward = {
  forward: (x) => x.mul(x).sum(),
  backward: (dy, x) => [dy.mul(x).mul(2)],
};
const logarithm = elementwise(log, (x) => array(1).div(x));
const root = elementwise(sqrt, (x) => array(0.5).div(sqrt(x)));
const inverse = elementwise(
  (x) => array(1).div(x),
  (x) => array(-1).div(x.mul(x)),
);
const offset = (by: number): ForwardBackward =>
  elementwise(
    (x) => x.mul(x).add(by),
    (x) => x.mul(2),
  );

const scales: readonly [what: string, pair: ForwardBackward, points: readonly number[]][] = [
  ["x² at 1e5 and 1", square, [1e5, 1]],
  ["x² at 1e8 and 1", square, [1e8, 1]],
  ["x² at 1e6 and 0.5", square, [1e6, 0.5]],
  ["x² at 1e4 and 1e-3", square, [1e4, 1e-3]],
  ["x² at 1e-3, 1e-6 and 1", square, [1e-3, 1e-6, 1]],
  ["Σ x² at 1e5 and 1, one output for both", squares, [1e5, 1]],
  ["log near 1e-6 and 1e-12", logarithm, [1e-6, 2e-7, 1e-12, 1]],
  ["√ near 1e-6 and 1e-12", root, [1e-6, 2e-7, 1e-12, 1]],
  ["1/x near 1e-6", inverse, [1e-6, 2e-7, 1]],
  ["x² + 1e8", offset(1e8), [1, 2, -0.3]],
  ["x² − 1e9", offset(-1e9), [1, 2, -0.3]],
];

describe("gradcheck, large beside small", () => {
  for (const [what, pair, points] of scales) {
    it(`passes ${what}`, () => {
      for (const seed of [0, 1, 2]) expect(gradcheck(pair, [array(points)], { seed }).failed).to.equal(0);
    });
    it(`rejects ${what} where one element is 0.1 % off`, () => {
      for (const wrong of points.keys()) {
        const off = array(points.map((_, i) => (i === wrong ? 1.001 : 1)));
        const spoiled: ForwardBackward = {
          forward: pair.forward,
          backward: (dy, x) => pair.backward(dy, x).map((g) => g?.mul(off) ?? null),
        };
        const [row] = gradcheck(spoiled, [array(points)]).rows;
        expect(row?.verdict, `element ${wrong}`).to.equal("disagree");
        expect(row?.worst.index).to.deep.equal([wrong]);
      }
    });
  }
  it("output by output: the derivative of a small output is as exact as without the large one", () => {
    const both: ForwardBackward = {
      forward: (x) => stack([exp(x.slice(0)), x.slice(1).mul(1e12)]),
      backward: (dy, x) => [stack([dy.slice(0).mul(exp(x.slice(0))), dy.slice(1).mul(1e12)])],
    };
    const { rows, failed } = gradcheck(both, [array([0.3, 1])]);
    expect(failed).to.equal(0);
    expect(rows[0]?.maxRelative).to.be.below(1e-9);
  });
  it("does not judge what float64 cannot show, and says from what size on", () => {
    const [row] = gradcheck(offset(1e13), [array([1, 2, -0.3])]).rows;
    expect(row?.verdict).to.equal("disagree");
    expect(row?.diagnosis).to.match(
      /^2 of 3 elements cannot be checked: Σ dy · y is about .e\+1[23] there, and float64 hides changes below .e-[34] in it\. Choose smaller inputs, or subtract the constant part of forward$/,
    );
  });
  it("a forward whose outputs are a view of its input is differenced all the same", () => {
    const flat: ForwardBackward = {
      forward: (x) => x.reshape([-1]),
      backward: (dy, x) => [dy.reshape(x.shape)],
    };
    expect(gradcheck(flat, [array([[1, 2], [3, 4]])]).failed).to.equal(0); // biome-ignore format: a matrix
  });
});
