import { expect } from "chai";
import { DataLoader, moons } from "chalk-and-tape/datasets";
import { Adam, CrossEntropyLoss, Linear, MSELoss, train } from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { trainingCurves } from "chalk-and-tape/plots";
import { BestModel, History } from "chalk-and-tape/training";
import { draw, paths, rows } from "./drawn.ts";
import { epochs as twoSided } from "./sample-runs.ts";

const epoch = (n: number, change: object = {}) => ({
  epoch: n,
  trainLoss: 1 / n,
  trainAccuracy: 0.5 + n / 100,
  validationLoss: 2 / n,
  validationAccuracy: 0.4 + n / 100,
  lr: 0.1,
  seconds: 1,
  ...change,
});
const three = [epoch(1), epoch(2), epoch(3)];

describe("plots: training curves of one side", () => {
  it("hold what train measured, of a history and of its epochs", async () => {
    const points = moons({ n: 40, seed: 1 });
    const model = new Linear(2, 2, { rng: random(1) });
    const loader = new DataLoader(points, { batchSize: 10 });
    const history = await train(model, loader, {
      loss: new CrossEntropyLoss(),
      optimizer: new Adam(model.parameters(), { lr: 0.1 }),
      epochs: 4,
      validation: loader,
      bestModel: new BestModel(),
    });
    for (const [measure, fields] of [
      ["loss", ["trainLoss", "validationLoss"]],
      ["accuracy", ["trainAccuracy", "validationAccuracy"]],
    ] as const) {
      const expected = fields.flatMap((field, i) =>
        history.epochs.map((one) => ({
          epoch: one.epoch,
          part: i === 0 ? "train" : "validation",
          value: one[field],
        })),
      );
      expect(rows(trainingCurves(history, { measure }))).to.deep.equal(expected);
      expect(rows(trainingCurves(history.epochs, { measure }))).to.deep.equal(expected);
      await draw(trainingCurves(history, { measure, title: "Moons" }));
    }
    expect(rows(trainingCurves(history))).to.deep.equal(rows(trainingCurves(history, { measure: "loss" })));
  });

  it("name validation in the legend only where there is any", async () => {
    const without = three.map((one) => ({ ...one, validationLoss: null, validationAccuracy: null }));
    expect(await draw(trainingCurves(without)))
      .to.contain(">train<")
      .and.not.to.contain("validation");
    expect(await draw(trainingCurves(three))).to.contain(">validation<");
  });

  it("differ in dashes and markers, not in colour alone", async () => {
    const svg = await draw(trainingCurves(three, { yLabel: "loss (nats)" }));
    const lines = paths(svg, "line");
    expect(lines).to.have.length(2);
    expect(new Set(lines.map((path) => /stroke-dasharray="([^"]+)"/.exec(path)?.[1])).size).to.equal(2);
    const shapes = paths(svg, "symbol").map((path) => / d="([^"]+)"/.exec(path)?.[1]);
    expect(shapes).to.have.length(6);
    expect(new Set(shapes).size).to.equal(2);
    expect(svg).to.contain(">loss (nats)<").and.to.contain(">validation<");
  });

  it("mark the epoch whose weights were kept, unless it is the last", async () => {
    const kept = (n: number) => trainingCurves(new History(three, "epochs", n));
    expect(await draw(kept(2))).to.contain(">kept<");
    expect(kept(2).description).to.contain("The weights of epoch 2 were kept.");
    expect(await draw(kept(3))).not.to.contain(">kept<");
  });

  it("leave out what was not measured, and call out what is not finite", async () => {
    const without = three.map((one) => ({ ...one, validationLoss: null, validationAccuracy: null }));
    expect(rows(trainingCurves(without)).map(({ part }) => part)).to.deep.equal(["train", "train", "train"]);
    const broken = [epoch(1), epoch(2, { trainLoss: Number.NaN })];
    expect(rows(trainingCurves(broken)).map(({ value }) => value)).to.deep.equal([1, null, 2, 1]);
    expect(await draw(trainingCurves(broken))).to.contain("✗ train loss is NaN");
    for (const some of [[], [epoch(1)]]) await draw(trainingCurves(some));
  });

  it("have no accuracy where the targets are not classes", async () => {
    const fitted = three.map((one) => ({ ...one, trainAccuracy: null, validationAccuracy: null }));
    expect(() => trainingCurves(fitted, { measure: "accuracy" })).to.throw(
      RangeError,
      "the history has no accuracy",
    );
    const numbers = moons({ n: 20, seed: 1 });
    const model = new Linear(2, 2, { rng: random(1) });
    const history = await train(model, new DataLoader({ x: numbers.x, y: numbers.x }, { batchSize: 5 }), {
      loss: new MSELoss(),
      optimizer: new Adam(model.parameters()),
      epochs: 2,
    });
    expect(rows(trainingCurves(history))).to.have.length(2);
  });

  it("know the two sides of compare by their records", () => {
    expect(rows(trainingCurves({ epochs: twoSided(2) }))).to.deep.equal(rows(trainingCurves(twoSided(2))));
    expect(rows(trainingCurves(twoSided(2)))).to.have.length(8);
  });

  it("refuse what is neither, and other measures", () => {
    expect(() => trainingCurves("history" as never)).to.throw(
      TypeError,
      'history is "history", expected what train returned',
    );
    expect(() => trainingCurves([{ epoch: 1 }] as never)).to.throw(
      TypeError,
      "epochs[0].trainLoss is missing",
    );
    expect(() => trainingCurves(three, { measure: "error" } as never)).to.throw(
      RangeError,
      'measure is "error"',
    );
    expect(() => trainingCurves(three, "loss" as never)).to.throw(TypeError, '{ title: "loss" }');
  });
});
