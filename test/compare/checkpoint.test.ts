import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type CompareOptions, type CompareOutcome, compare, runJob } from "chalk-and-tape/compare";
import { blobs, DataLoader } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { DataError, engine, type NDArray, random, useEngine } from "chalk-and-tape/np";
import { Checkpoint, decodeSafetensors, encodeSafetensors, loadState } from "chalk-and-tape/training";

type DTypes = "float64" | "float32";

/** Two sides with everything that has a state: normalisation, dropout, averages of Adam, a shuffled loader. */
function sides(dtype: DTypes): Pick<CompareOptions, "manual" | "autograd" | "train" | "test"> {
  const build = () => ({ rng: random(3), dtype });
  const [a, b] = [build(), build()];
  const chalk = new manual.Sequential(
    new manual.Linear(2, 8, a),
    new manual.BatchNorm1d(8, { dtype }),
    new manual.ReLU(),
    new manual.Dropout(0.3, { rng: a.rng.spawn() }),
    new manual.Linear(8, 3, a),
  );
  const tape = new autograd.Sequential(
    new autograd.Linear(2, 8, b),
    new autograd.BatchNorm1d(8, { dtype }),
    new autograd.ReLU(),
    new autograd.Dropout(0.3, { rng: b.rng.spawn() }),
    new autograd.Linear(8, 3, b),
  );
  const data = blobs({ n: 46, centers: 3, rng: random(1) });
  return {
    manual: {
      model: chalk,
      loss: new manual.CrossEntropyLoss(),
      optimizer: new manual.Adam(chalk.parameters(), { lr: 0.05 }),
    },
    autograd: {
      model: tape,
      loss: new autograd.CrossEntropyLoss(),
      optimizer: new autograd.Adam(tape.parameters(), { lr: 0.05 }),
    },
    train: new DataLoader(data, { batchSize: 8, shuffle: true, rng: random(2), dtype }),
    test: new DataLoader(data, { dtype }),
  };
}

class Stop extends Error {}

/** Everything that a run finds, but its times; weights and streams to the last bit. */
async function trace(options: Partial<CompareOptions> & { dtype?: DTypes } = {}): Promise<string> {
  const { dtype = "float64", ...more } = options;
  const both = sides(dtype);
  const outcome: CompareOutcome = await compare({ ...both, epochs: 3, ...more });
  const weights = [both.manual.model, both.autograd.model].map((model) =>
    Object.entries(model.stateDict()).map(([name, x]: [string, NDArray]) => [name, [...x.flat()]]),
  );
  return JSON.stringify({ ...outcome, weights }, (key, value) => (/seconds/i.test(key) ? 0 : value), 1);
}

describe("compare, a run that is broken off and goes on from its checkpoint", () => {
  let folder: string;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-compare-"));
  });
  after(() => rm(folder, { recursive: true }));
  const newFile = (): string => join(folder, `${count++}.safetensors`);

  type Make = (path: string) => Checkpoint;
  const every =
    (everySteps?: number): Make =>
    (path) =>
      new Checkpoint(path, { everySteps, resume: true });

  /** The run, stopped after each of these numbers of steps, then taken to its end. */
  async function broken(
    after: readonly number[],
    options: Partial<CompareOptions> & { dtype?: DTypes } = {},
    make: Make = every(1),
  ): Promise<string> {
    const path = newFile();
    for (const steps of after) {
      let left = steps;
      const onStep = (): void => {
        if (--left < 0) throw new Stop();
      };
      await trace({ ...options, checkpoint: make(path), onStep }).then(
        () => expect.fail("the run was to be broken off"),
        (error) => expect(error).to.be.instanceOf(Stop),
      );
    }
    return trace({ ...options, checkpoint: make(path) });
  }

  for (const dtype of ["float64", "float32"] as const)
    it(`${dtype}: after any number of steps, the outcome is that of an unbroken run, to the last bit`, async () => {
      const wanted = await trace({ dtype });
      for (const after of [[0], [1], [5], [6], [7], [11], [17], [4, 5, 3]])
        expect(await broken(after, { dtype }), `after ${after} steps`).to.equal(wanted);
    });

  it("saved every 4 steps, or after epochs only: steps that were lost are taken again", async () => {
    const wanted = await trace();
    for (const everySteps of [4, undefined])
      for (const after of [3, 7, 15])
        expect(await broken([after], {}, every(everySteps)), `after ${after} steps`).to.equal(wanted);
  });

  it("a finished run has its outcome again, and goes on with more epochs", async () => {
    const path = newFile();
    const two = await trace({ epochs: 2, checkpoint: new Checkpoint(path) });
    expect(await trace({ epochs: 2, checkpoint: every()(path) })).to.equal(two);
    expect(await trace({ checkpoint: every()(path) })).to.equal(await trace());
    expect(await trace({ epochs: 3, checkpoint: every()(path) })).to.equal(await trace());
  });

  it("a number of steps: broken off and at its end", async () => {
    const wanted = await trace({ epochs: undefined, steps: 9 });
    expect(await broken([7], { epochs: undefined, steps: 9 })).to.equal(wanted);
    const path = newFile();
    const options = { epochs: undefined, steps: 9 };
    expect(await trace({ ...options, checkpoint: every(2)(path) })).to.equal(wanted);
    expect(await trace({ ...options, checkpoint: every(2)(path) })).to.equal(wanted);
  });

  it("a disagreement is remembered", async () => {
    const path = newFile();
    const apart = (): Promise<string> => {
      const both = sides("float64");
      const optimizer = new autograd.Adam(both.autograd.model.parameters(), { lr: 0.06 });
      return trace({ ...both, autograd: { ...both.autograd, optimizer }, checkpoint: every(1)(path) });
    };
    const first = await apart();
    expect(JSON.parse(first)).to.include({ agree: false });
    expect(JSON.parse(await apart()).verdict).to.equal(JSON.parse(first).verdict);
  });

  it("says from where it goes on", async () => {
    const path = newFile();
    const seen: unknown[] = [];
    const onResume: CompareOptions["onResume"] = ({ epochs, step }) => seen.push([epochs.length, step]);
    const onStep = ({ epoch, step }: { epoch: number; step: number }): void => {
      if (epoch === 2 && step === 4) throw new Stop();
    };
    await trace({ checkpoint: every(1)(path), onStep, onResume }).catch(() => {});
    expect(seen).to.deep.equal([]);
    await trace({ checkpoint: every(1)(path), onResume });
    expect(seen).to.deep.equal([[1, 3]]);
  });

  // Each of these programs is wrong; the test above must see it.
  // biome-ignore lint/suspicious/noExplicitAny: each reaches into the parts of a saved comparison
  const forget: Record<string, (saved: any) => object> = {
    "the optimizer's averages": (s) => ({
      ...s,
      manual: {
        ...s.manual,
        optimizer: {
          ...s.manual.optimizer,
          arrays:
            s.autograd.optimizer.arrays &&
            Object.fromEntries(
              Object.entries(s.manual.optimizer.arrays).map(([k, x]) => [k, (x as NDArray).mul(0)]),
            ),
        },
      },
    }),
    "the masks' streams": (s) => ({
      ...s,
      manual: {
        ...s.manual,
        streams: Object.fromEntries(Object.keys(s.manual.streams).map((k) => [k, [1, 2, 3, 4]])),
      },
      autograd: {
        ...s.autograd,
        streams: Object.fromEntries(Object.keys(s.autograd.streams).map((k) => [k, [1, 2, 3, 4]])),
      },
    }),
    "the average": (s) => ({ ...s, manual: { ...s.manual, average: { ...s.manual.average, loss: 0 } } }),
    "the judge's findings": (s) => ({
      ...s,
      judge: { ...s.judge, largest: { losses: 0, weights: 0, gradients: 0 } },
    }),
    "the epoch's gradients": (s) => ({ ...s, place: { ...s.place, gradients: 0 } }),
    "the records": (s) => ({
      ...s,
      place: { ...s.place, epochs: s.place.epochs.map((e: object) => ({ ...e, maxWeightDifference: 0 })) },
    }),
    "the running statistics": (s) => ({
      ...s,
      autograd: {
        ...s.autograd,
        model: {
          ...s.autograd.model,
          "1.running_mean":
            s.autograd.model["1.running_mean"]?.mul(0) ?? expect.fail(Object.keys(s.autograd.model).join()),
        },
      },
    }),
    "the order of the data": (s) => ({ ...s, loader: { ...s.loader, order: [1, 2, 3, 4] } }),
  };
  for (const [what, change] of Object.entries(forget))
    it(`a file that forgets ${what} gives another outcome`, async () => {
      class Forgetful extends Checkpoint {
        override save(saved: object): Promise<void> {
          return super.save(change(saved));
        }
      }
      const make: Make = (path) => new Forgetful(path, { everySteps: 1, resume: true });
      expect(await broken([10], {}, make)).not.to.equal(await trace());
    });

  describe("what the file holds is checked", () => {
    const moons = { dataset: "moons", limit: 40, epochs: 1 };
    const refusal = (run: Promise<unknown>): Promise<Error> =>
      run.then(
        () => expect.fail("it was accepted"),
        (error: Error) => error,
      );
    let good: string;
    before(async () => {
      good = newFile();
      await runJob(moons, { checkpoint: new Checkpoint(good) });
    });

    it("its arrays have the names that other programs read", async () => {
      const names = Object.keys(await loadState(good));
      for (const name of ["manual.model.layer1.weight", "autograd.model.layer1.weight"])
        expect(names).to.include(name);
    });
    it("a model of another dtype, without a job too", async () => {
      const file = newFile();
      await trace({ epochs: 1, checkpoint: new Checkpoint(file) });
      const checkpoint = new Checkpoint(file, { resume: true });
      const error = await refusal(trace({ dtype: "float32", epochs: 2, checkpoint }));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.equal(
        `compare: ${file}: 0.weight is "float64" there and "float32" here; build both models with { dtype: "float64" }, or give another file`,
      );
    });
    it("another job: every difference is named, in one message", async () => {
      const other = { ...moons, seed: 1, batchSize: 16, limit: undefined, epochs: 2 };
      const error = await refusal(runJob(other, { checkpoint: every()(good) }));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.equal(
        `compare: ${good} was made by another job: batchSize is 32 there and 16 here; seed is 0 there and 1 here; limit is 40 there and not set here; give the settings of that job, or another file`,
      );
    });
    it("another engine's name, folder of data or number of epochs is the same job", async () => {
      const before = engine().name;
      try {
        const { result } = await runJob(
          { ...moons, engine: "js", epochs: 2 },
          { checkpoint: every()(await copy()) },
        );
        expect(result.epochs).to.have.length(2);
      } finally {
        useEngine(before);
      }
    });
    it("fewer epochs than are done", async () => {
      const file = await copy();
      await runJob({ ...moons, epochs: 3 }, { checkpoint: every()(file) });
      const error = await refusal(runJob({ ...moons, epochs: 2 }, { checkpoint: every()(file) }));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.contain("is in epoch 3 already, and epochs is 2; give 3 or more");
    });
    it("an existing file, unless it may be used", async () => {
      expect((await refusal(runJob(moons, { checkpoint: new Checkpoint(good) }))).message).to.contain(
        "exists already",
      );
    });
    it("a loader whose place cannot be saved", async () => {
      const { train, ...both } = sides("float64");
      const plain = { length: train.length, [Symbol.asyncIterator]: () => train[Symbol.asyncIterator]() };
      const error = await refusal(compare({ ...both, train: plain, checkpoint: every()(newFile()) }));
      expect(error).to.be.instanceOf(TypeError);
      expect(error.message).to.contain("the loader's place in the data cannot be saved");
    });
    it("one byte changed anywhere, or the end cut off", async () => {
      const bytes = await readFile(good);
      for (const at of [0, 9, 300, bytes.length >> 1, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ 4;
        const file = newFile();
        await writeFile(file, changed);
        const error = await refusal(runJob(moons, { checkpoint: every()(file) }));
        expect(error, `byte ${at}`).to.be.instanceOf(DataError);
        expect(error.message).to.contain(file);
      }
      const file = newFile();
      await writeFile(file, bytes.subarray(0, -5));
      expect(await refusal(runJob(moons, { checkpoint: every()(file) }))).to.be.instanceOf(DataError);
    });

    async function copy(): Promise<string> {
      const file = newFile();
      await writeFile(file, await readFile(good));
      return file;
    }

    // biome-ignore format: a table
    // biome-ignore lint/suspicious/noExplicitAny: each reaches into the parts of a saved comparison
    const changes: [what: string, change: (saved: any) => unknown, message: RegExp][] = [
      ["the checkpoint of train", ({ manual }) => ({ optimizer: manual.optimizer.numbers, progress: {} }), /holds optimizer, progress, but no comparison/],
      ["no judge", (s) => ({ ...s, judge: 1 }), /judge is 1, expected an object/],
      ["a judge without numbers", (s) => ({ ...s, judge: { ...s.judge, largest: { losses: "0" } } }), /judge\.largest\.losses is "0", expected a number/],
      ["a problem that is no text", (s) => ({ ...s, judge: { ...s.judge, problem: null } }), /judge\.problem is null, expected text/],
      ["half a step", (s) => ({ ...s, place: { ...s.place, step: 0.5 } }), /place\.step is 0\.5, expected a whole number/],
      ["records that are not a list", (s) => ({ ...s, place: { ...s.place, epochs: 3 } }), /place\.epochs is 3, expected a list/],
      ["the record of another epoch", (s) => ({ ...s, place: { ...s.place, epochs: [{ epoch: 2 }] } }), /place\.epochs\[0\] is .*, expected the record of epoch 1/],
      ["a record of one side", (s) => ({ ...s, place: { ...s.place, epochs: [{ epoch: 1, manual: {} }] } }), /place\.epochs\[0\]\.autograd is undefined, expected an object/],
      ["a side without a model", (s) => ({ ...s, autograd: { ...s.autograd, model: [] } }), /autograd\.model is \[\], expected an object/],
      ["a stream of three words", (s) => ({ ...s, manual: { ...s.manual, streams: { rng: [1, 2, 3] } } }), /manual\.streams\["rng"\] is \[1, 2, 3\], expected the four words/],
      ["an average of texts", (s) => ({ ...s, manual: { ...s.manual, average: { loss: "1" } } }), /manual\.average\.loss is "1", expected a number/],
      ["an optimizer without groups", (s) => ({ ...s, manual: { ...s.manual, optimizer: { ...s.manual.optimizer, groups: 1 } } }), /chalk's side does not take its state back: /],
      ["a loader past its end", (s) => ({ ...s, loader: { ...s.loader, batch: 99 } }), /the loader does not take its state back: /],
    ];
    for (const [what, change, message] of changes)
      it(what, async () => {
        const { state, metadata } = decodeSafetensors(new Uint8Array(await readFile(good)));
        const saved = change(JSON.parse(metadata.snapshot as string));
        const used = new Set<string>();
        const json = JSON.stringify(saved, (_, value) => {
          if (value?.$array) used.add(value.$array);
          return value;
        });
        const arrays = Object.fromEntries(Object.entries(state).filter(([name]) => used.has(name)));
        const file = newFile();
        await writeFile(file, encodeSafetensors(arrays, { format: "pt", snapshot: json }));
        const error = await refusal(runJob(moons, { checkpoint: every()(file) }));
        expect(error.message).to.match(message).and.to.contain(file);
        expect([DataError, RangeError]).to.include(error.constructor);
      });
  });
});
