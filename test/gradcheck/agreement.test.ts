import { expect } from "chai";
import { array } from "chalk-and-tape/np";
import { againstExact, againstNumerical, distance } from "#internal/gradcheck";
import { unravelIndex } from "#internal/np";

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
  it("numerical: |a - n| is judged by n's own error, and is never allowed more than 1e-7 + 1e-5 |n|", () => {
    const numerical = (value: number, error = 0) => ({
      at: [0],
      estimates: [{ value, error, kink: "none" as const }],
    });
    const agrees = (a: number, n: number, error?: number): boolean =>
      againstNumerical(array([a]), numerical(n, error)).agrees;
    expect(agrees(100 + 0.9e-8, 100), "roundings, 1e-10 of the largest").to.equal(true);
    expect(agrees(100 + 1.1e-8, 100)).to.equal(false);
    expect(agrees(100 + 0.7e-7, 100, 1e-8), "eight times the estimated error").to.equal(true);
    expect(agrees(100 + 1e-7, 100, 1e-8)).to.equal(false);
    expect(agrees(100.00099, 100, 1e-3), "but never above the widest tolerance").to.equal(true);
    expect(agrees(100.0011, 100, 1e-3)).to.equal(false);
    expect(agrees(100, 100, 1.1e-3), "an estimate worse than that judges nothing").to.equal(false);
    expect(agrees(1, 1, Number.NaN)).to.equal(false);
    const loose = againstNumerical(array([1.1]), numerical(1, 0.1), { absolute: 0.2, relative: 0 });
    expect(loose.agrees).to.equal(true);
  });
  it("numerical, on a kink: any number between the two slopes agrees, whatever the error", () => {
    const on = { at: [0], estimates: [{ value: 0.5, error: 1, kink: "on", between: [0, 1] }] } as const; // biome-ignore format: one estimate
    for (const [a, right] of [[0, true], [1, true], [0.3, true], [-1e-6, false], [1.001, false]] as const) // biome-ignore format: a table
      expect(againstNumerical(array([a]), on).agrees, `${a}`).to.equal(right);
  });
  it("exact: relative to the largest element; other shapes disagree", () => {
    expect(againstExact(array([1000 + 5e-10, 0]), array([1000, 0])).agrees).to.equal(true);
    expect(againstExact(array([1000, 5e-10]), array([1000, 0])).agrees).to.equal(true);
    expect(againstExact(array([1000, 2e-9]), array([1000, 0])).agrees).to.equal(false);
    expect(againstExact(array([[1, 2]]), array([1, 2])).agrees).to.equal(false);
  });
  it("exact, and numerical: Infinity is wrong though it makes the tolerance infinite, and with it every other element's", () => {
    expect(againstExact(array([1]), array([Infinity])).agrees).to.equal(false);
    expect(againstExact(array([Infinity]), array([Infinity]), 0).agrees).to.equal(false);
    const pole = { at: [0], estimates: [{ value: Infinity, error: Infinity, kink: "none" as const }] }; // biome-ignore format: one estimate
    for (const a of [1, 0, Infinity])
      expect(againstNumerical(array([a]), pole).agrees, `${a}`).to.equal(false);
  });
  it("unravelIndex turns a flat position into an index", () => {
    expect(unravelIndex(7, [2, 5])).to.deep.equal([1, 2]);
    expect(unravelIndex(23, [2, 3, 4])).to.deep.equal([1, 2, 3]);
    expect(unravelIndex(0, [])).to.deep.equal([]);
  });
});
