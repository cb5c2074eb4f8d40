import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, moons, splitDataset } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, DataError, type NDArray, random } from "chalk-and-tape/np";
import {
  BestModel,
  Checkpoint,
  EarlyStopping,
  type EpochReport,
  History,
  type LoopOptions,
  loadState,
  saveState,
} from "chalk-and-tape/training";
import { Average } from "#internal/training";
import { bits } from "./job.ts";

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error) => error as Error,
  );
}

const report = (epoch: number, numbers: Partial<EpochReport> = {}): EpochReport => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: null,
  validationLoss: null,
  validationAccuracy: null,
  lr: 0.1,
  seconds: 1,
  ...numbers,
});

describe("training, EarlyStopping", () => {
  /** After how many epochs it stops. */
  const stopsAfter = (stopping: EarlyStopping, values: readonly number[], key: keyof EpochReport): number => {
    for (const [i, value] of values.entries()) {
      expect(stopping.stops).to.equal(false);
      stopping.observe(report(i + 1, { [key]: value }));
      if (stopping.stops) return i + 1;
    }
    return Number.POSITIVE_INFINITY;
  };
  // biome-ignore format: a table
  const runs: [options: ConstructorParameters<typeof EarlyStopping>[0], key: keyof EpochReport, values: number[], after: number][] = [
    [{ patience: 1 }, "validationLoss", [3, 2, 1, 1], 4],
    [{ patience: 2 }, "validationLoss", [3, 2, 2, 1, 1, 1], 6],
    [{ patience: 2 }, "validationLoss", [1, 2, 1.5], 3],
    [{ patience: 2, minDelta: 0.1 }, "validationLoss", [1, 0.95, 0.91], 3],
    [{ patience: 2, minDelta: 0.1 }, "validationLoss", [1, 0.95, 0.89, 0.8, 0.8], 5],
    [{ patience: 1, monitor: "validationAccuracy" }, "validationAccuracy", [0.5, 0.6, 0.7, 0.7], 4],
    [{ patience: 1, monitor: "trainLoss", mode: "max" }, "trainLoss", [1, 2, 3, 2.5], 4],
    [{ patience: 3 }, "validationLoss", [5, 4, 3, 2, 1, 0.5], Number.POSITIVE_INFINITY],
    [{ patience: 1, minDelta: 0 }, "validationLoss", [1, Number.NaN], 2],
  ];
  for (const [options, key, values, after] of runs) {
    it(`${JSON.stringify(options)} on ${values}: ${Number.isFinite(after) ? `after ${after}` : "never"}`, () => {
      expect(stopsAfter(new EarlyStopping(options), values, key)).to.equal(after);
    });
  }
  it("patience is 5, and the validation loss is looked at, unless said otherwise", () => {
    expect(stopsAfter(new EarlyStopping(), [1, 1, 1, 1, 1, 1, 1], "validationLoss")).to.equal(6);
  });
  it("refuses options outside their range, and a number that is not there", () => {
    expect(() => new EarlyStopping({ patience: 0 })).to.throw(
      RangeError,
      "EarlyStopping: patience is 0, expected a whole number >= 1",
    );
    expect(() => new EarlyStopping({ minDelta: -1 })).to.throw(RangeError, "minDelta is -1");
    expect(() => new EarlyStopping({ monitor: "loss" as never })).to.throw(
      RangeError,
      'monitor is "loss", expected one of validationLoss',
    );
    expect(() => new BestModel({ mode: "least" as never })).to.throw(
      RangeError,
      'BestModel: mode is "least"',
    );
    expect(() => new EarlyStopping().observe(report(1))).to.throw(
      TypeError,
      "epoch 1 has no validationLoss; pass train a validation loader",
    );
    expect(() => new EarlyStopping({ monitor: "trainAccuracy" }).observe(report(1))).to.throw(
      TypeError,
      "monitor a loss",
    );
  });
});

describe("training, Average", () => {
  const scores = array([[1, 0], [0, 1], [0, 1]]); // biome-ignore format: a matrix
  it("weighs batches by their items", () => {
    const average = new Average();
    average.add({}, 1, scores, array([0, 1, 0], { dtype: "int32" }));
    average.add({}, 5, scores.slice([0, 1]), array([0], { dtype: "int32" }));
    expect(average.result()).to.deep.equal({ loss: 2, accuracy: 0.75 });
  });
  // biome-ignore format: a table
  const targets: [what: string, prediction: NDArray, target: NDArray, accuracy: number | null][] = [
    ["class indices", scores, array([1, 1, 1], { dtype: "int32" }), 2 / 3],
    ["zeros and ones for one logit", array([[2], [-1]]), array([[1], [1]]), 0.5],
    ["int32 of shape (N, 1) for one logit", array([[2], [-1]]), array([[0], [0]], { dtype: "int32" }), 0.5],
    ["numbers to be fitted", array([[2], [-1]]), array([[0.5], [1]]), null],
    ["rows to be fitted", scores, scores, null],
    ["probabilities", scores, array([[0.5, 0.5], [1, 0], [0, 1]]), null],
  ];
  for (const [what, prediction, target, accuracy] of targets) {
    it(`accuracy of ${what}: ${accuracy}`, () => {
      const average = new Average();
      average.add({}, 1, prediction, target);
      expect(average.result().accuracy).to.equal(accuracy);
    });
  }
});

interface Built {
  readonly state: () => string;
  readonly run: (options: Omit<LoopOptions, "optimizer">, lr?: number) => Promise<History>;
  readonly evaluate: (data: DataLoader) => Promise<{ loss: number; accuracy: number | null }>;
  readonly modes: boolean[];
  /** Whether the network and its first layer are in training; sets the latter. */
  readonly training: (first?: boolean) => [network: boolean, first: boolean];
  readonly lr: () => number;
}

const { train: points, validation: held } = splitDataset(
  moons({ n: 60, noise: 0.1, seed: 3 }),
  0.25,
  random(1),
);
const batches = (): DataLoader => new DataLoader(points, { batchSize: 16, shuffle: true, seed: 5 });
const validation = (): DataLoader => new DataLoader(held, { batchSize: 4 });

/** A layer that tells in which mode each of its forwards was. */
const modesOf = (modes: boolean[]) => ({
  chalk: class extends manual.Identity {
    override forward(x: NDArray): NDArray {
      modes.push(this.training);
      return super.forward(x);
    }
  },
  tape: class extends autograd.Identity {
    override forward(x: autograd.Tensor): autograd.Tensor {
      modes.push(this.training);
      return super.forward(x);
    }
  },
});

function chalk(lr = 0.1, options: { readonly weight?: NDArray } = {}): Built {
  const modes: boolean[] = [];
  const rng = random(2);
  const model = new manual.Sequential(
    new manual.Linear(2, 8, { rng }),
    new (modesOf(modes).chalk)(),
    new manual.ReLU(),
    new manual.Linear(8, 2, { rng }),
  );
  const loss = new manual.CrossEntropyLoss(options);
  const optimizer = new manual.SGD(model.parameters(), { lr, momentum: 0.9 });
  return {
    state: () => bits(model.stateDict()),
    run: (options) => manual.train(model, batches(), { ...options, loss, optimizer }),
    evaluate: (data) => manual.evaluate(model, data, loss),
    modes,
    training: (first) => {
      const [layer] = model.layers;
      if (first !== undefined) layer?.train(first);
      return [model.training, layer?.training ?? false];
    },
    lr: () => optimizer.groups[0]?.lr ?? 0,
  };
}
function tape(lr = 0.1, options: { readonly weight?: NDArray } = {}): Built {
  const modes: boolean[] = [];
  const rng = random(2);
  const model = new autograd.Sequential(
    new autograd.Linear(2, 8, { rng }),
    new (modesOf(modes).tape)(),
    new autograd.ReLU(),
    new autograd.Linear(8, 2, { rng }),
  );
  const loss = new autograd.CrossEntropyLoss(options);
  const optimizer = new autograd.SGD(model.parameters(), { lr, momentum: 0.9 });
  return {
    state: () => bits(model.stateDict()),
    run: (options) => autograd.train(model, batches(), { ...options, loss, optimizer }),
    evaluate: (data) => autograd.evaluate(model, data, loss),
    modes,
    training: (first) => {
      const [layer] = model.layers;
      if (first !== undefined) layer?.train(first);
      return [model.training, layer?.training ?? false];
    },
    lr: () => optimizer.groups[0]?.lr ?? 0,
  };
}

for (const [name, build] of Object.entries({ chalk, tape })) {
  describe(`training, train() on ${name}`, () => {
    it("validation: the loss and accuracy of a separate evaluation after each epoch, in evaluation mode", async () => {
      const network = build();
      const seen: unknown[] = [];
      const history = await network.run({
        epochs: 3,
        validation: validation(),
        onEpoch: async ({ validationLoss, validationAccuracy }) => {
          const { loss, accuracy } = await network.evaluate(new DataLoader(held, { batchSize: 15 }));
          expect(validationLoss).to.be.closeTo(loss, 1e-12);
          expect(validationAccuracy).to.equal(accuracy);
          seen.push(loss);
        },
      });
      expect(history.validationLosses).to.have.length(3);
      expect(new Set(seen).size).to.equal(3);
      // Per epoch three training batches, four of the validation, one of the evaluation above.
      const epoch = [true, true, true, false, false, false, false, false];
      expect(network.modes).to.deep.equal([...epoch, ...epoch, ...epoch]);
    });
    it("a schedule moves after each epoch with the validation loss, or after each step", async () => {
      const metrics: number[] = [];
      const schedule = { step: (metric: number) => void metrics.push(metric) };
      const history = await build().run({ epochs: 2, validation: validation(), schedule });
      expect(metrics).to.deep.equal(history.validationLosses);
      metrics.length = 0;
      const without = await build().run({ epochs: 2, schedule });
      expect(metrics).to.deep.equal(without.trainLosses);
      metrics.length = 0;
      await build().run({ epochs: 2, schedule, scheduleEvery: "step" });
      expect(metrics).to.have.length(6);
    });
    it("beforeStep sees the gradients after backward, before they are used", async () => {
      const network = build();
      const before = network.state();
      let calls = 0;
      const stop = new Error("enough");
      const beforeStep = (): void => {
        calls += 1;
        expect(network.state()).to.equal(before);
        throw stop;
      };
      expect(await rejection(network.run({ beforeStep }))).to.equal(stop);
      expect(calls).to.equal(1);
    });
    it("stops early, keeps the best weights, and says so", async () => {
      const network = build();
      const states: string[] = [];
      const history = await network.run({
        epochs: 50,
        validation: validation(),
        earlyStopping: new EarlyStopping({ patience: 2, minDelta: 0.05 }),
        bestModel: new BestModel({ monitor: "validationLoss" }),
        onEpoch: () => void states.push(network.state()),
      });
      const losses = history.validationLosses;
      const best = losses.indexOf(Math.min(...losses));
      expect(history.stoppedBy).to.equal("earlyStopping");
      expect(history.epochs.length).to.be.below(50);
      expect(history.keptEpoch).to.equal(best + 1);
      expect(network.state()).to.equal(states[best]);
      expect(`${history}`).to.match(/stopped early/);
    });
    it("the same run whatever the validation's batch size: stopping, the best epoch and the plateau agree", async () => {
      const runs = [1, 4, 15].map(async (batchSize) => {
        const metrics: number[] = [];
        const plateau = { step: (metric: number) => void metrics.push(metric) };
        const history = await build(0.1, { weight: array([1, 10]) }).run({
          epochs: 30,
          validation: new DataLoader(held, { batchSize }),
          earlyStopping: new EarlyStopping({ patience: 2 }),
          bestModel: new BestModel(),
          schedule: plateau,
        });
        return { history, metrics };
      });
      const [first, ...others] = await Promise.all(runs);
      for (const { history, metrics } of others) {
        expect(history.keptEpoch).to.equal(first?.history.keptEpoch);
        expect(history.epochs.length).to.equal(first?.history.epochs.length);
        for (const [i, loss] of history.validationLosses.entries()) {
          expect(loss).to.be.closeTo(first?.history.validationLosses[i] ?? Number.NaN, 1e-12);
          expect(metrics[i]).to.equal(loss);
        }
      }
    });
    it("without a BestModel the last weights stay", async () => {
      const network = build();
      let last = "";
      const onEpoch = (): void => {
        last = network.state();
      };
      const history = await network.run({ epochs: 3, onEpoch });
      expect(network.state()).to.equal(last);
      expect([history.keptEpoch, history.stoppedBy]).to.deep.equal([3, "epochs"]);
    });
    it("evaluate leaves the weights, and the mode of every part, as they were", async () => {
      const network = build();
      const before = network.state();
      const { loss, accuracy } = await network.evaluate(validation());
      expect(loss).to.be.closeTo(Math.log(2), 0.5);
      expect(accuracy).to.be.within(0, 1);
      expect(network.state()).to.equal(before);
      expect(network.training(false)).to.deep.equal([true, false]);
      await network.evaluate(validation());
      expect(network.training(), "a part that was frozen stays so").to.deep.equal([true, false]);
      expect(new Set(network.modes)).to.deep.equal(new Set([false]));
    });
  });
}

describe("training, History", () => {
  it("prints a table", () => {
    const history = new History(
      [
        report(1, { trainLoss: 0.5, trainAccuracy: 0.875 }),
        report(2, { validationLoss: 12.34567, lr: null }),
      ],
      "epochs",
      1,
    );
    expect(`${history}`).to.equal(
      [
        "epoch    loss  accuracy  val. loss  val. accuracy   lr",
        "    1  0.5000    87.5 %          –              –  0.1",
        "    2  1.0000         –    12.3457              –    –",
        "the weights are those of epoch 1",
      ].join("\n"),
    );
    expect([...history].length).to.equal(2);
    expect([history.trainLosses, history.validationLosses]).to.deep.equal([[0.5, 1], [12.34567]]);
  });
});

describe("training, Checkpoint", () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-checkpoint-"));
  });
  beforeEach(() => {
    path = join(folder, `${performance.now()}.safetensors`);
  });
  after(() => rm(folder, { recursive: true }));

  it("refuses options outside their range", () => {
    expect(() => new Checkpoint("run.npz")).to.throw(RangeError, '"run.npz" does not end in .safetensors');
    expect(() => new Checkpoint(path, { everySteps: 0 })).to.throw(RangeError, "everySteps is 0");
    expect(() => new Checkpoint(path, { everyEpochs: 1.5 })).to.throw(RangeError, "everyEpochs is 1.5");
  });
  it("what is saved is loaded to the last bit: nested, −0, NaN, undefined left out, names that meet", async () => {
    const checkpoint = new Checkpoint(path, { resume: true });
    expect(await checkpoint.load()).to.equal(null);
    const saved = {
      a: { b: array([1]), c: [1, -0, Number.NaN, -Infinity, null, "x", true] },
      "a.b": array([2]),
      none: undefined,
      deep: [[{ x: 0.1 + 0.2 }]],
    };
    await checkpoint.save(saved);
    const loaded = (await checkpoint.load()) as typeof saved;
    expect(loaded.a.b.toArray()).to.deep.equal([1]);
    expect(loaded["a.b"].toArray()).to.deep.equal([2]);
    expect(loaded.a.c).to.deep.equal([1, -0, Number.NaN, -Infinity, null, "x", true]);
    expect(Object.is(loaded.a.c[1], -0)).to.equal(true);
    expect(loaded.deep).to.deep.equal([[{ x: 0.1 + 0.2 }]]);
    expect(loaded).to.not.have.property("none");
    expect(Object.keys(await loadState(path))).to.have.members(["a.b", "a.b'"]);
  });
  it("what cannot be saved is named by its path", async () => {
    const checkpoint = new Checkpoint(path);
    const nested = await rejection(checkpoint.save({ optimizer: { when: new Date(0) } } as never));
    expect(nested.message).to.equal(
      "checkpoint: optimizer.when is a Date; expected arrays, numbers, strings, lists, objects",
    );
    expect((await rejection(checkpoint.save({ f: () => 1 } as never))).message).to.match(
      /f is the function f/,
    );
    expect((await rejection(checkpoint.save({ $array: "a" }))).message).to.match(/may not begin with \$/);
  });
  it("a file that is there needs a word: resume", async () => {
    await new Checkpoint(path).save({ a: 1 });
    const error = await rejection(new Checkpoint(path).load());
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message).to.match(
      /exists already; pass \{ resume: true \} to resume from it, \{ resume: false \}/,
    );
    expect(await new Checkpoint(path, { resume: false }).load()).to.equal(null);
    expect(await new Checkpoint(path, { resume: true }).load()).to.deep.equal({ a: 1 });
  });
  it("a damaged file, and one that is no checkpoint, are named", async () => {
    await saveState(path, { a: array(1) });
    expect((await rejection(new Checkpoint(path, { resume: true }).load())).message).to.equal(
      `Checkpoint: ${path}: checkpoint: this .safetensors file holds a state dict, not a checkpoint`,
    );
    await new Checkpoint(path).save({ a: array([1, 2]) });
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 1));
    const error = await rejection(new Checkpoint(path, { resume: true }).load());
    expect(error).to.be.instanceOf(DataError);
  });

  const model = (width = 4): manual.Sequential =>
    new manual.Sequential(
      new manual.Linear(2, width, { rng: random(1) }),
      new manual.Linear(width, 2, { rng: random(2) }),
    );
  const data = moons({ n: 30, seed: 1 });
  const run = (
    options: Partial<manual.TrainOptions>,
    network = model(),
    loader: AsyncIterable<manual.Batch> = new DataLoader(data),
  ): Promise<History> =>
    manual.train(network, loader, {
      loss: new manual.CrossEntropyLoss(),
      optimizer: new manual.Adam(network.parameters()),
      checkpoint: new Checkpoint(path, { resume: true }),
      ...options,
    });
  it("refuses what cannot be saved before anything is trained", async () => {
    const network = model();
    const before = bits(network.stateDict());
    const wrapped = { [Symbol.asyncIterator]: () => new DataLoader(data)[Symbol.asyncIterator]() };
    expect((await rejection(run({}, network, wrapped))).message).to.match(
      /the loader's place in the data cannot be saved; pass a DataLoader/,
    );
    expect((await rejection(run({ schedule: { step: () => undefined } }, network))).message).to.match(
      /the schedule cannot be saved: a checkpoint needs its stateDict/,
    );
    expect(bits(network.stateDict())).to.equal(before);
  });
  it("a checkpoint of another run is refused, with what differs", async () => {
    await run({ bestModel: new BestModel({ monitor: "trainLoss" }) });
    expect((await rejection(run({}))).message).to.match(
      /was written by another run: it has a bestModel, but this run has none; pass the options of that run/,
    );
    const bestModel = new BestModel({ monitor: "trainLoss" });
    expect((await rejection(run({ bestModel, earlyStopping: new EarlyStopping() }))).message).to.match(
      /it has no earlyStopping/,
    );
    expect((await rejection(run({ bestModel }, model(5)))).message).to.match(
      /0\.weight has shape \(4, 2\), expected \(5, 2\)/,
    );
    const rngs = { noise: random(1) };
    expect(
      (await rejection(run({ bestModel, checkpoint: new Checkpoint(path, { resume: true, rngs }) }))).message,
    ).to.match(/rngs\.noise is not in the checkpoint/);
    const other = model();
    const sgd = new manual.SGD(other.parameters());
    expect((await rejection(run({ bestModel, optimizer: sgd }, other))).message).to.match(/Adam/);
  });
});
