import { expect } from "chai";
import { derivative, numericalGradient } from "chalk-and-tape/gradcheck";
import { array, type NDArray } from "chalk-and-tape/np";

const at = (f: (x: number) => number, x: number) => derivative((delta) => f(x + delta), x);

/** Functions with their derivatives, and places from tiny to large. */
const known: readonly [string, (x: number) => number, (x: number) => number, readonly number[]][] = [
  ["x³", (x) => x ** 3, (x) => 3 * x * x, [-2, 0, 1e-8, 0.3, 5]],
  ["exp", Math.exp, Math.exp, [-3, 0, 1.5]],
  ["log", Math.log, (x) => 1 / x, [0.5, 2, 100]],
  ["sin", Math.sin, Math.cos, [-1, 0, 2]],
  ["tanh", Math.tanh, (x) => 1 - Math.tanh(x) ** 2, [-2, 0, 0.5]],
  ["1/x", (x) => 1 / x, (x) => -1 / (x * x), [-1.5, 3, 400]],
  ["a constant", () => 7, () => 0, [0, 3]],
  ["a steep line", (x) => 1e6 * x, () => 1e6, [-1, 2]],
];

describe("gradcheck, derivative", () => {
  for (const [name, f, slope, places] of known) {
    it(`${name}: exact to 1e-10 of max(1, |f'|), its own error estimate is honest, no kink is seen`, () => {
      for (const x of places) {
        const { value, error, kink } = at(f, x);
        const off = Math.abs(value - slope(x));
        expect(off, `at ${x}`).to.be.at.most(1e-10 * Math.max(1, Math.abs(slope(x)), Math.abs(f(x))));
        expect(off, `estimate at ${x}`).to.be.at.most(error + 1e-15);
        expect(kink, `kink at ${x}`).to.equal(false);
      }
    });
  }
  it("near a kink it makes its step smaller until the kink is outside, and says so", () => {
    for (const distance of [5e-4, -5e-4, 5e-5, -3e-6]) {
      const { value, kink } = at(Math.abs, distance);
      expect(value, `at ${distance}`).to.be.closeTo(Math.sign(distance), 1e-7);
      expect(kink).to.equal(true);
    }
    expect(at(Math.abs, 2e-3).kink, "outside the widest step").to.equal(false);
  });
  it("steps are relative to |x|: far out, a kink within 1e-3·|x| is near", () => {
    expect(at((x) => Math.max(x, 1000), 1000.5)).to.deep.include({ kink: true });
    expect(at((x) => Math.max(x, 1000), 1000.5).value).to.be.closeTo(1, 1e-7);
  });
  it("on a kink the answer is the average of both slopes: keep inputs off", () => {
    expect(at((x) => Math.max(x, 0), 0).value).to.be.closeTo(0.5, 1e-12);
  });
  it("a jump never becomes a derivative that is trusted silently", () => {
    const { kink } = at((x) => (x > 1e-7 ? 1 : 0), 0);
    expect(kink).to.equal(true);
  });
  it("NaN ends the search, and is the answer", () => {
    expect(at(() => Number.NaN, 1).value).to.be.NaN;
    expect(at(Math.log, 0).value).to.be.NaN;
  });
});

describe("gradcheck, numericalGradient", () => {
  it("moves one element at a time, and puts it back, after an error too", () => {
    const x = array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const f = (y: NDArray): number => y.mul(y).mul(array([[1, 10], [100, 1000]])).sum().item(); // biome-ignore format: a sum
    const { at: positions, estimates } = numericalGradient(() => f(x), x);
    expect(positions).to.deep.equal([0, 1, 2, 3]);
    for (const [i, wanted] of [2, 40, 600, 8000].entries())
      expect(estimates[i]?.value).to.be.closeTo(wanted, 1e-7);
    expect(x.toArray()).to.deep.equal([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const fails = (): number => {
      throw new Error("mine");
    };
    expect(() => numericalGradient(fails, x)).to.throw("mine");
    expect(x.toArray()).to.deep.equal([[1, 2], [3, 4]]); // biome-ignore format: a matrix
  });
  it("takes chosen elements only", () => {
    const x = array([1, 2, 3]);
    let calls = 0;
    const { at: positions, estimates } = numericalGradient(
      () => {
        calls += 1;
        return x.mul(x).sum().item();
      },
      x,
      [2],
    );
    expect([positions, estimates.length, calls]).to.deep.equal([[2], 1, 4]);
    expect(estimates[0]?.value).to.be.closeTo(6, 1e-9);
  });
  it("refuses a strided view, whose elements it could not put back", () => {
    const x = array([[1, 2], [3, 4]]).T; // biome-ignore format: a matrix
    expect(() => numericalGradient(() => 0, x)).to.throw(TypeError, /strided view; pass x\.copy\(\)/);
  });
});
