import { expect } from "chai";
import { cases, check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { Linear } from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";
import { drawInputs, pairCoverage, strided } from "#internal/compare";
import { wrongActivations } from "./wrong-by-design/activations.ts";
import { wrongLayers } from "./wrong-by-design/layers.ts";
import { wrongLosses } from "./wrong-by-design/losses.ts";

describe("the rows drawn by design", function () {
  this.timeout(60_000);
  for (const { name, kind, student, caughtBy } of [...wrongActivations, ...wrongLayers, ...wrongLosses]) {
    it(`catch what the rows written by hand let pass: ${name}, ${kind}`, () => {
      const byHand = cases.filter((row) => row.name === name && !row.drawn).map(({ what }) => what);
      const before = check(name, student, { rows: byHand, quiet: true });
      expect(before.failed, formatReport(before)).to.equal(0);
      const { rows } = check(name, student, { rows: "all", quiet: true });
      const failed = rows.filter(({ verdict }) => verdict !== "agree");
      expect(failed.map((row) => row.case).join("\n")).to.match(caughtBy);
    });
  }

  it("cover every pair of options that goes together, in all classes with options", () => {
    const coverage = pairCoverage(cases);
    const missing = coverage.flatMap((one) => one.missing.map((pair) => `${one.name}: ${pair}`));
    expect(missing).to.deep.equal([]);
    const refused = coverage.flatMap((one) => one.refused.map((pair) => `${one.name}: ${pair}`));
    expect(refused).to.include("Conv2d: stride a pair × padding same");
    expect(refused).to.have.length.below(20);
  });

  it("are needed for that: without them pairs are missing, and named", () => {
    const byHand = cases.filter(({ drawn }) => !drawn);
    const missing = pairCoverage(byHand).flatMap((one) => one.missing.map((pair) => `${one.name}: ${pair}`));
    expect(missing).to.include("CrossEntropyLoss: reduction sum × ignoreIndex 0");
    expect(missing).to.include("Conv1d: padding same × dilation 1 or more");
  });

  it("are at most as many as the rows written by hand", () => {
    const drawn = cases.filter((row) => row.drawn).length;
    expect(drawn).to.be.at.most(cases.length - drawn);
  });

  it("pass views that are not contiguous, with the values of x", () => {
    const x = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(strided(x).toArray()).to.deep.equal(x.toArray());
    expect(strided(x).isContiguous).to.equal(false);
    expect(strided(array(7)).item()).to.equal(7);
  });

  it("in float32 have float32 gradients on both sides", () => {
    for (const row of cases.filter(({ drawn }) => drawn === "float type")) {
      const inputs = [...drawInputs(row.inputs, random(0)).values()];
      const layer = row.manual(random(0));
      const y = layer.forward(...inputs);
      const dx = layer.backward(random(1).normal(0, 1, y.shape).astype("float32"));
      const gradients = [dx, ...layer.parameters().map(({ gradient }) => gradient)].flat();
      const types = [y, ...gradients].map((g) => g?.dtype);
      expect(new Set(types), `${row.name}: ${row.what}`).to.deep.equal(new Set(["float32"]));
    }
  });

  it("in float32 find a gradient that is off by 1e-4, but not one that is off by rounding", () => {
    const failures = [1e-4, 1e-7].map((off) => {
      const student = class extends Linear {
        override backward(dy: NDArray): NDArray {
          return super.backward(dy).mul(1 + off);
        }
      };
      return check("Linear", student, { rows: ["float32"], quiet: true }).failed;
    });
    expect(failures).to.deep.equal([1, 0]);
  });
});
