import { expect } from "chai";
import { differenceCurves, sampleGrid, trainingCurves } from "chalk-and-tape/plots";
import { sideBoundary } from "#internal/plots";
import { draw, layers, paths, rows } from "./drawn.ts";
import { boundary, epochs, samples, withTape } from "./sample-runs.ts";

describe("plots: training curves", () => {
  it("hold every number given, of both sides and both parts", () => {
    const given = withTape(epochs(3), 2, { testLoss: 0.123, trainAccuracy: 0.456 });
    for (const measure of ["loss", "accuracy"] as const) {
      const held = rows(trainingCurves(given, { measure }));
      expect(held).to.have.length(12);
      for (const { epoch, manual, autograd } of given) {
        const at = (side: string, part: string): unknown =>
          held.find((row) => row.epoch === epoch && row.side === side && row.part === part)?.value;
        const [train, test] =
          measure === "loss"
            ? (["trainLoss", "testLoss"] as const)
            : (["trainAccuracy", "testAccuracy"] as const);
        expect(at("chalk", "train")).to.equal(manual[train]);
        expect(at("chalk", "test")).to.equal(manual[test]);
        expect(at("tape", "train")).to.equal(autograd[train]);
        expect(at("tape", "test")).to.equal(autograd[test]);
      }
    }
  });

  it("draw one thick solid line of chalk and one thin dashed line of tape on top, for each part", async () => {
    const lines = paths(await draw(trainingCurves(epochs(3), { measure: "loss" })), "line");
    expect(lines).to.have.length(4);
    const width = (path: string): number => Number(/stroke-width="([\d.]+)"/.exec(path)?.[1]);
    const chalk = lines.filter((path) => width(path) > 4);
    const tape = lines.filter((path) => width(path) < 4 && path.includes('stroke-dasharray="6,3"'));
    expect(chalk).to.have.length(2);
    expect(tape).to.have.length(2);
    for (const part of ["--train", "--test"]) {
      const at = (from: string[]): number => lines.indexOf(from.find((path) => path.includes(part)) ?? "");
      expect(at(chalk), part).to.be.within(0, at(tape) - 1);
    }
  });

  it("call out the first value that is not finite and go on drawing the rest", async () => {
    const spec = trainingCurves(withTape(epochs(5), 4, { testLoss: Number.NaN }), { measure: "loss" });
    expect(rows(spec).filter((row) => row.value === null)).to.deep.equal([
      { epoch: 4, part: "test", side: "tape", value: null },
    ]);
    expect(spec.description).to.contain("✗ tape: test loss is NaN");
    expect(await draw(spec)).to.contain("✗ tape: test loss is NaN");
  });

  it("survive one epoch, none, all NaN, and the null that JSON makes of NaN", async () => {
    const nothing = { trainLoss: null, testLoss: null } as unknown as { trainLoss: number };
    await draw(trainingCurves(epochs(1), { measure: "accuracy" }));
    await draw(trainingCurves([], { measure: "loss" }));
    const broken = epochs(2).map((record) => ({
      ...record,
      manual: { ...record.manual, ...nothing },
      autograd: { ...record.autograd, ...nothing },
    }));
    expect(await draw(trainingCurves(broken, { measure: "loss" }))).to.contain("✗ chalk: train loss is NaN");
  });

  it("draw losses at the ends of the doubles, and losses equal but for the last bit", async () => {
    const pairs = [
      [Number.MAX_VALUE, -Number.MAX_VALUE],
      [Number.MIN_VALUE, 2 * Number.MIN_VALUE],
      [Math.LN2, Math.LN2 + Number.EPSILON],
      [0.5, 0.5],
      [0, 0],
    ] as const;
    for (const [trainLoss, testLoss] of pairs) {
      const side = { trainLoss, testLoss, trainAccuracy: 0, testAccuracy: 0, seconds: 0, updateSeconds: 0 };
      const given = epochs(2).map((record) => ({ ...record, manual: side, autograd: side }));
      expect(
        paths(await draw(trainingCurves(given, { measure: "loss" })), "line"),
        String(trainLoss),
      ).to.have.length(4);
    }
  });
});

describe("plots: differences", () => {
  it("hold the differences given and draw the bound", async () => {
    const spec = differenceCurves(epochs(3), { bound: 1e-10 });
    expect(rows(spec).map((row) => row.value)).to.have.members([3e-15, 6e-15, 9e-15, 3e-16, 6e-16, 9e-16]);
    expect(rows(spec).every((row) => row.shown === row.value)).to.equal(true);
    const rules = layers(spec).filter(({ mark }) => mark.type === "rule");
    expect(rules.map(({ encoding }) => encoding.y?.datum)).to.deep.equal([1e-10]);
    expect(await draw(spec)).to.contain("bound of agreement 1e-10");
  });

  it("put an exact zero at the foot of the log axis, below every other value, and label it 0", async () => {
    const spec = differenceCurves([...epochs(2, 0), ...epochs(3).slice(2)]);
    const zeros = rows(spec).filter((row) => row.value === 0);
    expect(zeros).to.have.length(4);
    for (const zero of zeros) expect(zero.shown).to.be.within(Number.MIN_VALUE, 9e-17);
    const svg = await draw(spec);
    expect(svg).to.match(/<text [^>]*>0<\/text>/);
    expect(svg).not.to.contain("bit by bit");
    expect(await draw(differenceCurves(epochs(3)))).not.to.match(/<text [^>]*>0<\/text>/);
  });

  it("say so when all differences are zero", async () => {
    expect(await draw(differenceCurves(epochs(3, 0), { bound: 1e-10 }))).to.contain(
      "exactly 0: equal bit by bit",
    );
  });

  it("survive NaN, Infinity, the smallest and the largest number, no bound and no epoch", async () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const given = epochs(3).map((record) => ({ ...record, maxWeightDifference: value }));
      expect(await draw(differenceCurves(given, { bound: 1e-10 }))).to.contain(
        `✗ weight difference is ${value}`,
      );
    }
    await draw(differenceCurves(epochs(2, Number.MIN_VALUE)));
    await draw(
      differenceCurves([
        ...epochs(1, Number.MIN_VALUE),
        ...epochs(2, 1e300).slice(1),
        ...epochs(3, 0).slice(2),
      ]),
    );
    await draw(differenceCurves(epochs(1, Number.MAX_VALUE), { bound: Number.NaN }));
    await draw(differenceCurves([]));
  });
});

describe("plots: decision boundary", () => {
  it("holds the points and draws one mark for each, over one picture of the field", async () => {
    const given = boundary("manual");
    const spec = sideBoundary(given);
    expect(layers(spec)[1]?.data?.values).to.deep.equal(
      given.points.map((point) => ({ ...point, class: `${point.label}` })),
    );
    expect(spec.description).to.contain("chalk");
    expect(sideBoundary(boundary("autograd")).description).to.contain("tape");
    const svg = await draw(spec);
    expect(paths(svg, "symbol")).to.have.length(given.points.length);
    expect(svg.match(/<image /g)).to.have.length(1);
  });

  it("draws labels beyond the palette and -1, and points that are not finite not at all", async () => {
    await draw(sideBoundary(boundary("manual", 17)));
    await draw(sideBoundary(boundary("manual", -1)));
    const points = [
      { x: Number.NaN, y: 0, label: 0 },
      { x: 0, y: 0, label: 1 },
    ];
    expect(paths(await draw(sideBoundary({ ...boundary("manual"), points })), "symbol")).to.have.length(1);
  });

  it("leaves points out that lie so far away that nothing else could be seen", async () => {
    const points = [
      { x: 1e308, y: -1e308, label: 0 },
      { x: 0, y: 0, label: 1 },
    ];
    expect(paths(await draw(sideBoundary({ ...boundary("manual"), points })), "symbol")).to.have.length(1);
  });

  it("refuses a field that does not fit its axes, and says which", () => {
    const given = boundary("manual");
    expect(() => sideBoundary({ ...given, ys: given.ys.slice(1) })).to.throw(
      RangeError,
      /30 rows.*expected 29 rows/,
    );
    const probability = given.probability.map((row, i) => (i === 7 ? row.slice(1) : row));
    expect(() => sideBoundary({ ...given, probability })).to.throw(RangeError, /row 7 has 29 values/);
  });
});

describe("plots: sample pictures", () => {
  it("show every picture, its true class and the predictions; frame and cross the wrong ones", async () => {
    const given = samples(16);
    const manual = given.manual.map((label, i) => (i === 3 || i === 5 ? "cat" : label));
    const autograd = given.autograd.map((label, i) => (i === 3 ? "cat" : label));
    const spec = sampleGrid({ ...given, manual, autograd });
    const svg = await draw(spec);
    expect(svg.match(/<image /g)).to.have.length(16);
    expect(svg.match(/✓/g)).to.have.length(14);
    expect(svg).to.contain("✗ cat");
    expect(svg).to.contain("✗ chalk cat");
    expect(svg).to.contain("✗ tape 5");
    expect(paths(svg, "rect")).to.have.length(2);
    expect(spec.description).to.contain("2 predicted wrongly, 1 on which chalk and tape differ");
  });

  it("count a picture as wrong when only one side is, whichever it is", async () => {
    const given = samples(3);
    const wrong = ["0", "cat", "2"];
    for (const predicted of [{ manual: wrong }, { autograd: wrong }]) {
      const svg = await draw(sampleGrid({ ...given, ...predicted }));
      expect(paths(svg, "rect")).to.have.length(1);
      expect(svg).to.contain(`✗ ${"manual" in predicted ? "chalk" : "tape"} cat`);
    }
  });

  it("take colour pictures and none; refuse pictures and labels that do not fit", async () => {
    const colour = { ...samples(1), images: [new Uint8Array(28 * 28 * 3)] };
    await draw(sampleGrid(colour));
    await draw(sampleGrid(samples(0)));
    expect(() => sampleGrid({ ...samples(2), truth: ["1"] })).to.throw(
      RangeError,
      "truth has 1 entries, expected 2",
    );
    expect(() => sampleGrid({ ...samples(1), images: [new Uint8Array(100)] })).to.throw(
      RangeError,
      "28 × 28",
    );
  });
});
