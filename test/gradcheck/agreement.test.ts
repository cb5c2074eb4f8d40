import { expect } from "chai";
import { againstExact, againstNumerical, distance, unravel } from "chalk-and-tape/gradcheck";
import { array } from "chalk-and-tape/np";

const pair = (a: number, b: number, allowed = 1e-9) => ({ at: 0, a, b, allowed });

describe("gradcheck, agreement", () => {
  it("a difference at its bound agrees, above it disagrees", () => {
    expect(distance([pair(1, 1.5, 0.5)]).agrees).to.equal(true);
    expect(distance([pair(1, 1.5, 0.4999)]).agrees).to.equal(false);
  });
  it("NaN and Infinity agree with nothing, not even themselves, wherever they stand", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      for (const wrong of [pair(bad, 1), pair(1, bad), pair(bad, bad)]) {
        for (const pairs of [[wrong, pair(1, 1)], [pair(1, 1), wrong]]) // biome-ignore format: both orders
          expect(distance(pairs).agrees, `${wrong.a} ${wrong.b}`).to.equal(false);
      }
    }
    expect(distance([pair(Number.NaN, 1), pair(1, 1)]).maxAbsolute).to.be.NaN;
  });
  it("worst is where the tolerance is exceeded most, not where the difference is largest", () => {
    const { worst, maxAbsolute } = distance([
      { at: 3, a: 100, b: 101, allowed: 10 },
      { at: 7, a: 0.1, b: 0.2, allowed: 0.01 },
      { at: 9, a: 0, b: 0.01, allowed: 0.01 },
    ]);
    expect(worst).to.equal(7);
    expect(maxAbsolute).to.equal(1);
  });
  it("numerical: |a - n| <= 1e-7 + 1e-5 |n| + what is known of n's error", () => {
    const numerical = (value: number, error = 0) => ({ at: [0], estimates: [{ value, error, kink: false }] });
    const agrees = (a: number, n: number, error?: number): boolean =>
      againstNumerical(array([a]), numerical(n, error)).agrees;
    expect(agrees(100.00099, 100)).to.equal(true);
    expect(agrees(100.0011, 100)).to.equal(false);
    expect(agrees(0.9e-7, 0)).to.equal(true);
    expect(agrees(1.1e-7, 0)).to.equal(false);
    expect(agrees(1.1e-7, 0, 1e-7)).to.equal(true);
    expect(againstNumerical(array([1.1]), numerical(1), { absolute: 0.2, relative: 0 }).agrees).to.equal(
      true,
    );
  });
  it("exact: relative to the largest element; other shapes disagree", () => {
    expect(againstExact(array([1000 + 5e-10, 0]), array([1000, 0])).agrees).to.equal(true);
    expect(againstExact(array([1000, 5e-10]), array([1000, 0])).agrees).to.equal(true);
    expect(againstExact(array([1000, 2e-9]), array([1000, 0])).agrees).to.equal(false);
    expect(againstExact(array([[1, 2]]), array([1, 2])).agrees).to.equal(false);
  });
  it("unravel turns a flat position into an index", () => {
    expect(unravel(7, [2, 5])).to.deep.equal([1, 2]);
    expect(unravel(23, [2, 3, 4])).to.deep.equal([1, 2, 3]);
    expect(unravel(0, [])).to.deep.equal([]);
  });
});
