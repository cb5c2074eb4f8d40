import { expect } from "chai";
import { derivative, numericalGradient } from "chalk-and-tape/gradcheck";
import { array, type NDArray } from "chalk-and-tape/np";
import { changesOf, roundingOf } from "#internal/gradcheck";

const at = (f: (x: number) => number, x: number) => derivative((delta) => f(x + delta), x);

/** Functions with their derivatives, and places from tiny to large. */
const known: readonly [string, (x: number) => number, (x: number) => number, readonly number[]][] = [
  ["x³", (x) => x ** 3, (x) => 3 * x * x, [-2, 0, 1e-8, 0.3, 5]],
  ["exp", Math.exp, Math.exp, [-3, 0, 1.5]],
  ["log", Math.log, (x) => 1 / x, [0.05, 0.5, 2, 100]],
  ["sin", Math.sin, Math.cos, [-1, 0, 2]],
  ["tanh", Math.tanh, (x) => 1 - Math.tanh(x) ** 2, [-2, 0, 0.5, 50]],
  ["1/x", (x) => 1 / x, (x) => -1 / (x * x), [0.01, -1.5, 3, 400]],
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
        expect(kink, `kink at ${x}`).to.equal("none");
      }
    });
  }
  it("near a kink it makes its step smaller until the kink is outside, and says so", () => {
    for (const distance of [3e-4, -4e-4, 5e-5, -3e-6, 1e-6, 3e-7, 1e-8, -2e-9]) {
      const { value, kink } = at(Math.abs, distance);
      expect(value, `at ${distance}`).to.be.closeTo(Math.sign(distance), 1e-9);
      expect(kink).to.equal("near");
    }
    expect(at(Math.abs, 2e-3).kink, "outside the widest step").to.equal("none");
  });
  it("a small kink on a steep curve is seen as well", () => {
    const f = (x: number): number => Math.exp(3 * x) + 1e-3 * Math.max(x, 0);
    for (const x of [2e-4, 1e-4, -3e-6, 4e-7, -4e-7]) {
      const { value, kink } = at(f, x);
      expect(value, `at ${x}`).to.be.closeTo(3 * Math.exp(3 * x) + (x > 0 ? 1e-3 : 0), 1e-7);
      expect(kink).to.equal("near");
    }
  });
  it("steps grow with |x| only where x has few digits left: a kink at 1000 is as sharp as one at 1", () => {
    const f = (x: number): number => Math.max(x, 1000);
    expect(at(f, 1000.5)).to.deep.include({ kink: "none", value: 1 });
    expect(at(f, 1000.0002).kink).to.equal("near");
    expect(at((x) => x * x, 1e9).value).to.be.closeTo(2e9, 1);
  });
  it("on a kink, or too near to step around it, both slopes are reported", () => {
    for (const x of [0, 1e-26, -5e-30]) {
      const { value, kink, between } = at((t) => 3 * Math.max(t, 0) - Math.min(t, 0), x);
      expect(kink, `at ${x}`).to.equal("on");
      expect(value).to.be.closeTo(1, 0.05);
      expect(between?.[0]).to.be.within(-1.1, -1);
      expect(between?.[1]).to.be.within(3, 3.1);
    }
  });
  it("where f″ jumps, on or near x, the error estimate is honest: ELU at 0, Huber's loss at 1, x |x| and relu(x)² at 0", () => {
    const elu = (x: number): number => (x > 0 ? x : Math.expm1(x));
    const huber = (x: number): number => (Math.abs(x) < 1 ? (x * x) / 2 : Math.abs(x) - 0.5);
    const places: readonly [(x: number) => number, number, number][] = [
      ...[0, 1e-7, 1e-5].map((x): [(x: number) => number, number, number] => [elu, x, 1]),
      [huber, 1, 1],
      [huber, -1, -1],
      [(x) => x * Math.abs(x), 0, 0],
      [(x) => Math.max(x, 0) ** 2, 0, 0],
    ];
    for (const [f, x, slope] of places) {
      const { value, error, between } = at(f, x);
      const off = between ? Math.max(between[0] - slope, slope - between[1], 0) : Math.abs(value - slope);
      expect(off, `${f} at ${x}`).to.be.at.most(between ? 1e-9 : 8 * error);
      expect(off, `${f} at ${x}`).to.be.at.most(1e-6);
    }
  });
  it("a pole at the end of a step is no slope: log at every step's width", () => {
    for (const x of [2 ** -10, 2 ** -13, 2 ** -16, 2 ** -11]) {
      const { value, error } = at(Math.log, x);
      expect(Math.abs(value * x - 1), `at ${x}`).to.be.at.most(1e-7);
      expect(error, `at ${x}`).to.be.finite;
    }
  });
  it("a jump of the function, noise and a step of float32 have errors that nobody can trust", () => {
    expect(at((x) => (x > 1e-7 ? 1 : 0), 0).error).to.be.above(1);
    expect(at((x) => Math.fround(Math.sin(x)), 1).error).to.be.above(1e-5);
    let state = 1;
    const noisy = (x: number): number => {
      state = (state * 16807) % 2147483647;
      return x + 1e-6 * (state / 2147483647);
    };
    expect(at(noisy, 1).error).to.be.above(1e-5);
    for (const f of [(x: number) => (x > 1e-7 ? 1 : 0), noisy]) expect(at(f, 0).kink).to.not.equal("on");
  });
  it("two evaluations are enough where f is linear, and a curve is never taken for a line", () => {
    const count = (f: (x: number) => number, x: number): [calls: number, off: number] => {
      let calls = 0;
      const { value } = derivative((delta) => {
        calls += 1;
        return f(x + delta);
      }, x);
      return [calls, value];
    };
    const [line] = count((x) => 3 * x - 1, 0.7);
    const [cubic, value] = count((x) => 3 * x + 1e-3 * x ** 3, 0);
    expect([line, cubic - line]).to.deep.equal([1 + 12 + 2, 6]);
    expect(value).to.be.closeTo(3, 1e-12);
  });
  it("NaN is never trusted; at the edge of its domain a function is met with smaller steps", () => {
    expect(at(() => Number.NaN, 1).value).to.be.NaN;
    expect(at(Math.log, 0).error).to.not.be.finite;
    expect(at(Math.log, 1e-4).value).to.be.closeTo(1e4, 1e-6);
  });
});

describe("gradcheck, roundingOf", () => {
  const noise = (f: (x: number) => number, x: number): number => {
    const changes = (_: Int32Array, steps: Float64Array) =>
      changesOf(steps, [f(x)], [1], (_, step, read) => read([f(x + step)]));
    return roundingOf({ changes }, [0], () => x) * Math.abs(f(x));
  };
  it("is about the last digit of a function of one operation", () => {
    for (const f of [Math.exp, Math.sin, (x: number) => x * x])
      expect(noise(f, 1.3) / Math.abs(f(1.3))).to.be.within(2 ** -54, 2 ** -51);
  });
  it("grows with what cancels, and is found where a function computes in float32", () => {
    expect(noise((x) => x + 1e6 - 1e6, 1)).to.be.within(1e-11, 1e-9);
    expect(noise((x) => Math.fround(x * 1.1), 1)).to.be.within(1e-9, 1e-6);
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
    expect([positions, estimates.length, calls]).to.deep.equal([[2], 1, 1 + 12 + 2 + 6]);
    expect(estimates[0]?.value).to.be.closeTo(6, 1e-9);
  });
  it("refuses a strided view, whose elements it could not put back", () => {
    const x = array([[1, 2], [3, 4]]).T; // biome-ignore format: a matrix
    expect(() => numericalGradient(() => 0, x)).to.throw(TypeError, /strided view; pass x\.copy\(\)/);
  });
});
