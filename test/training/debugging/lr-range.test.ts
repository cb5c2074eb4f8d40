import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, moons } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random, zeros } from "chalk-and-tape/np";
import type { LrRange, LrRangeSettings } from "chalk-and-tape/training";
import { bits } from "../loop/job.ts";

const data = moons({ n: 64, noise: 0.1, seed: 3 });

const chalk = (rng = random(1)): manual.Sequential =>
  new manual.Sequential(
    new manual.Linear(2, 16, { rng }),
    new manual.ReLU(),
    new manual.Linear(16, 2, { rng }),
  );
const tape = (rng = random(1)): autograd.Sequential =>
  new autograd.Sequential(
    new autograd.Linear(2, 16, { rng }),
    new autograd.ReLU(),
    new autograd.Linear(16, 2, { rng }),
  );
const loader = (): DataLoader => new DataLoader(data, { batchSize: 16, shuffle: true, seed: 4 });
type Run = (settings?: LrRangeSettings) => Promise<LrRange>;
const runs: Record<string, Run> = {
  chalk: (settings) =>
    manual.lrRangeTest(chalk(), loader(), {
      loss: new manual.CrossEntropyLoss(),
      optimizer: (p) => new manual.SGD(p),
      ...settings,
    }),
  tape: (settings) =>
    autograd.lrRangeTest(tape(), loader(), {
      loss: new autograd.CrossEntropyLoss(),
      optimizer: (p) => new autograd.SGD(p),
      ...settings,
    }),
};

/** L = Σ (w − 1)² of one weight: with SGD it falls for lr < 1 and explodes above; the steepest fall is near lr = 1/2. */
class Bowl extends manual.Layer {
  w: NDArray = zeros([1, 1]);
  dW: NDArray | null = null;
  forward(x: NDArray): NDArray {
    return x.mul(0).add(this.w);
  }
  backward(dy: NDArray): NDArray {
    this.dW = dy.sum().reshape(1, 1);
    return dy.mul(0);
  }
}

for (const [name, run] of Object.entries(runs)) {
  describe(`training, lrRangeTest on ${name}`, () => {
    it("learning rates grow by one factor, from the first to the last", async () => {
      const { points } = await run({ from: 1e-4, to: 0.1, steps: 31 });
      expect(points).to.have.length(31);
      expect(points[0]?.lr).to.be.closeTo(1e-4, 1e-16);
      expect(points[30]?.lr).to.be.closeTo(0.1, 1e-13);
      for (let i = 1; i < 31; i++)
        expect((points[i]?.lr ?? 0) / (points[i - 1]?.lr ?? 1)).to.be.closeTo(10 ** 0.1, 1e-10);
    });
    it("losses are those of training with these rates, and the average is free of the bias of its start", async () => {
      const { points } = await run({ from: 1e-3, to: 1, steps: 12, smoothing: 0.8 });
      const model = chalk();
      const loss = new manual.CrossEntropyLoss();
      const batches: manual.Batch[] = [];
      const source = loader();
      for (let epoch = 0; epoch < 3; epoch++) for await (const batch of source) batches.push(batch);
      for (const [i, { lr, loss: found, smoothed }] of points.entries()) {
        const step = manual.computeGradients(model, batches[i] as manual.Batch, loss);
        expect(found).to.be.closeTo(step.loss, 1e-10);
        for (const p of model.parameters()) p.value.addInPlace(p.gradient as NDArray, -lr);
        const weights = points.slice(0, i + 1).map((_, k) => 0.8 ** (i - k));
        const mean = points
          .slice(0, i + 1)
          .reduce((sum, point, k) => sum + point.loss * (weights[k] as number), 0);
        expect(smoothed).to.be.closeTo(mean / weights.reduce((a, b) => a + b), 1e-10);
      }
    });
    it("suggests a rate at which training works, and stops soon after the explosion", async () => {
      const { suggestion, leastAt, points, message } = await run({ from: 1e-5, to: 1e4, steps: 200 });
      expect(suggestion).to.be.within(0.01, 3);
      expect(leastAt).to.be.at.least(suggestion ?? Infinity);
      expect(points.length).to.be.below(200);
      expect(message).to.match(
        /^lrRangeTest: the loss falls fastest from lr [\d.]+ on and is lowest at [\d.]+; start with [\d.]+$/,
      );
    });
    it("where the loss never falls there is no suggestion", async () => {
      const { suggestion, message } = await run({ from: 1e-9, to: 1e-7, steps: 40 });
      expect(suggestion).to.equal(null);
      expect(message).to.match(/never clearly fell between lr 1e-9 and 1e-7; try overfitOneBatch first/);
    });
    it("refuses options outside their range", async () => {
      // biome-ignore format: a table
      const wrong: [LrRangeSettings, string][] = [[{ from: 0 }, "from 0 to 10"], [{ from: 1, to: 0.1 }, "from 1 to 0.1"], [{ to: Infinity }, "to Infinity"], [{ steps: 5 }, "steps is 5"], [{ smoothing: 1 }, "smoothing is 1"]];
      for (const [settings, text] of wrong) {
        const error = await run(settings).catch((e: Error) => e);
        expect(error).to.be.instanceOf(RangeError);
        expect((error as Error).message).to.include(text);
      }
    });
  });
}

describe("training, lrRangeTest", () => {
  it("a smaller last batch does not move the average of a sum", async () => {
    const rows = {
      x: array([[1, 2]])
        .broadcastTo([9, 2])
        .copy(),
      y: zeros([9], { dtype: "int32" }),
    };
    const nines = new DataLoader({ name: "nines", ...rows, classes: ["0", "1"] }, { batchSize: 4 });
    const settings = { from: 1e-15, to: 1e-14, steps: 12 };
    const found = [
      await manual.lrRangeTest(chalk(), nines, {
        ...settings,
        loss: new manual.CrossEntropyLoss({ reduction: "sum" }),
        optimizer: (p) => new manual.SGD(p),
      }),
      await autograd.lrRangeTest(tape(), nines, {
        ...settings,
        loss: new autograd.CrossEntropyLoss({ reduction: "sum" }),
        optimizer: (p) => new autograd.SGD(p),
      }),
    ];
    for (const { points } of found) {
      const [first = 0, , third = 0] = points.map(({ loss }) => loss);
      expect(third).to.be.closeTo(first / 4, 1e-9);
      for (const { smoothed } of points) expect(smoothed).to.be.closeTo(first, 1e-9);
    }
  });
  it("on a parabola the suggestion is below where plain arithmetic says that it explodes", async () => {
    const batch = { x: array([[1]]), y: array([[1]]) };
    const always = { async *[Symbol.asyncIterator]() { yield batch; } }; // biome-ignore format: a loader
    const { suggestion, points } = await manual.lrRangeTest(new Bowl(), always, {
      loss: new manual.MSELoss(),
      optimizer: (p) => new manual.SGD(p),
      from: 1e-4,
      to: 100,
      steps: 200,
      smoothing: 0,
    });
    expect(suggestion).to.be.within(0.01, 1);
    expect(points.at(-1)?.lr).to.be.within(1, 10);
  });
  it("leaves model and loader as they were", async () => {
    const model = chalk();
    const source = loader();
    const [before, at] = [bits(model.stateDict()), JSON.stringify(source.state)];
    await manual.lrRangeTest(model, source, {
      loss: new manual.CrossEntropyLoss(),
      optimizer: (p) => new manual.SGD(p),
      steps: 11,
    });
    expect(bits(model.stateDict())).to.equal(before);
    expect(JSON.stringify(source.state)).to.equal(at);
  });
  it("refuses a loader that gives nothing", async () => {
    const nothing = { async *[Symbol.asyncIterator](): AsyncGenerator<manual.Batch> {} };
    const error = await manual
      .lrRangeTest(chalk(), nothing, {
        loss: new manual.CrossEntropyLoss(),
        optimizer: (p) => new manual.SGD(p),
      })
      .catch((e: Error) => e.message);
    expect(error).to.match(/the loader gives no batch/);
  });
});
