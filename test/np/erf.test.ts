import { expect } from "chai";
import { array, erf, expm1, type NDArray, random } from "chalk-and-tape/np";
import { preciseFormula } from "#internal/gradcheck";
import { ulps } from "./ulps.ts";

/** Python's math.erf, in each of the five pieces and at their seams. */
const table: readonly (readonly [x: number, erf: number])[] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-20, 1.1283791670955125e-20],
  [1e-8, 1.1283791670955126e-8],
  [0.001, 0.0011283787909692365],
  [0.1, 0.1124629160182849],
  [0.25, 0.2763263901682369],
  [0.5, 0.5204998778130465],
  [0.75, 0.7111556336535151],
  [0.84374, 0.7672201241832406],
  [0.84375, 0.7672256612323416],
  [0.9, 0.7969082124228322],
  [1, 0.8427007929497149],
  [1.1, 0.8802050695740817],
  [1.24999, 0.9228977630156684],
  [1.25, 0.9229001282564582],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [2.5, 0.999593047982555],
  [2.857142857142857, 0.9999466876886117],
  [2.9, 0.9999589021219005],
  [3, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [5.5, 0.9999999999999927],
  [5.92, 0.9999999999999999],
  [6, 1],
  [10, 1],
];
const of = (f: (x: NDArray) => NDArray, x: number): number => f(array(x)).item();

describe("np, erf and expm1", () => {
  it("erf is Python's math.erf to an ulp, and odd", () => {
    for (const [x, y] of table) {
      expect(ulps(of(erf, x), y, "float64"), `erf(${x})`).to.be.at.most(1);
      expect(of(erf, -x)).to.equal(-of(erf, x));
    }
  });
  it("erf is what its series says with 64 digits, to an ulp, at 60 random places", () => {
    const digits = preciseFormula([{ y: "erf(x)" }]);
    for (const x of random(7).uniform(-6.2, 6.2, [60]).flat())
      expect(ulps(of(erf, x), digits?.value(x) as number, "float64"), `erf(${x})`).to.be.at.most(1);
  });
  it("erf never falls, not at the seams of its pieces either", () => {
    for (const seam of [0.84375, 1.25, 1 / 0.35, 6]) {
      const steps = Array.from({ length: 41 }, (_, i) => seam * (1 + (i - 20) * 2 ** -52));
      const values = [...erf(array(steps)).flat()];
      expect(values, `at ${seam}`).to.deep.equal([...values].sort((a, b) => a - b));
    }
  });
  it("erf of ±0, the smallest number, ±Infinity and NaN", () => {
    expect(Object.is(of(erf, -0), -0)).to.equal(true);
    expect(of(erf, 5e-324)).to.equal(5e-324);
    expect([of(erf, Infinity), of(erf, -Infinity)]).to.deep.equal([1, -1]);
    expect(of(erf, Number.NaN)).to.be.NaN;
  });
  it("both keep float32, and make float64 of integers", () => {
    for (const f of [erf, expm1]) {
      expect(f(array([1], { dtype: "float32" })).dtype).to.equal("float32");
      expect(f(array([1], { dtype: "int32" })).dtype).to.equal("float64");
    }
    expect(erf(array([0.5], { dtype: "float32" })).item()).to.equal(Math.fround(0.5204998778130465));
  });
  it("expm1 keeps every digit near 0, where exp(x) − 1 has none", () => {
    const known = [[1e-300, 1e-300], [-1e-17, -1e-17], [1e-9, 1.0000000005000001e-9], [-0.5, -0.3934693402873666], [-40, -1], [-1000, -1], [100, 2.6881171418161356e43]] as const; // biome-ignore format: a table
    for (const [x, y] of known) expect(ulps(of(expm1, x), y, "float64"), `expm1(${x})`).to.be.at.most(1);
    expect(of(expm1, 1000)).to.equal(Infinity);
  });
});
