import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { blobs, DataLoader, type Dataset, moons } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";
import type { EpochReport } from "chalk-and-tape/training";

interface Batch {
  readonly x: NDArray;
  readonly y: NDArray;
}
interface Job {
  readonly seed?: number;
  readonly epochs?: number;
  readonly lr?: number;
  readonly optimizer?: "SGD" | "Adam";
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
}
type Run = (
  data: AsyncIterable<Batch>,
  classes: number,
  job?: Job,
) => Promise<{ losses: number[]; model: { stateDict(): Record<string, NDArray>; training: boolean } }>;

const width = 8;
const chalk: Run = async (
  data,
  classes,
  { seed = 1, epochs = 3, lr = 0.1, optimizer = "SGD", onEpoch } = {},
) => {
  const rng = random(seed);
  const model = new manual.Sequential(
    new manual.Linear(2, width, { rng }),
    new manual.ReLU(),
    new manual.Linear(width, classes, { rng }),
  );
  const step =
    optimizer === "SGD"
      ? new manual.SGD(model.parameters(), { lr, momentum: 0.9 })
      : new manual.Adam(model.parameters(), { lr });
  const history = await manual.train(model.eval(), data, {
    loss: new manual.CrossEntropyLoss(),
    optimizer: step,
    epochs,
    onEpoch,
  });
  return { losses: history.trainLosses, model };
};
const tape: Run = async (
  data,
  classes,
  { seed = 1, epochs = 3, lr = 0.1, optimizer = "SGD", onEpoch } = {},
) => {
  const rng = random(seed);
  const model = new autograd.Sequential(
    new autograd.Linear(2, width, { rng }),
    new autograd.ReLU(),
    new autograd.Linear(width, classes, { rng }),
  );
  const step =
    optimizer === "SGD"
      ? new autograd.SGD(model.parameters(), { lr, momentum: 0.9 })
      : new autograd.Adam(model.parameters(), { lr });
  const history = await autograd.train(model.eval(), data, {
    loss: new autograd.CrossEntropyLoss(),
    optimizer: step,
    epochs,
    onEpoch,
  });
  return { losses: history.trainLosses, model };
};
const runs: [name: string, run: Run][] = [["chalk", chalk], ["tape", tape]]; // biome-ignore format: pairs
const loader = (data: Dataset, seed = 5): DataLoader =>
  new DataLoader(data, { batchSize: 16, shuffle: true, seed });

async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("training, train() on both sides", () => {
  for (const optimizer of ["SGD", "Adam"] as const) {
    for (const [what, data, classes] of [
      ["blobs", blobs({ n: 90, seed: 3 }), 3],
      ["moons", moons({ n: 80, seed: 3 }), 2],
    ] as const) {
      // biome-ignore format: a list
      it(`${what}, ${optimizer}: equal losses to 1e-12 and weights to 1e-10 after five epochs, and the loss falls`, async () => {
        const job = { epochs: 5, optimizer, lr: optimizer === "SGD" ? 0.05 : 0.02 };
        const a = await chalk(loader(data), classes, job);
        const b = await tape(loader(data), classes, job);
        expect(a.losses.length).to.equal(5);
        for (const [i, loss] of a.losses.entries()) expect(b.losses[i]).to.be.closeTo(loss, 1e-12);
        for (const [key, value] of Object.entries(a.model.stateDict())) {
          const off = value.sub(b.model.stateDict()[key] as NDArray);
          expect(off.mul(off).max().item(), key).to.be.below(1e-20);
        }
        expect(a.losses[4]).to.be.below(0.7 * (a.losses[0] as number));
      });
    }
  }

  for (const [name, run] of runs) {
    const data = blobs({ n: 40, seed: 3 });
    it(`${name}: the loss of an epoch is the average over its items, reported as each epoch ends`, async () => {
      const reports: EpochReport[] = [];
      const { losses, model } = await run(loader(data), 3, {
        onEpoch: async (report) => void reports.push(report),
      });
      expect(reports.map(({ epoch, trainLoss }) => [epoch, trainLoss])).to.deep.equal(
        losses.map((loss, i) => [i + 1, loss]),
      );
      expect(model.training, "switched to training").to.equal(true);
      const still = await run(loader(data), 3, { lr: 0, epochs: 1 });
      const logits = manualLoss(still.model.stateDict(), data);
      expect(still.losses[0]).to.be.closeTo(logits, 1e-12);
    });
    it(`${name}: refuses epochs 0, -1 and 1.5, before a batch is read`, async () => {
      const untouched: AsyncIterable<Batch> = {
        [Symbol.asyncIterator]: () => {
          throw new Error("read");
        },
      };
      for (const epochs of [0, -1, 1.5]) {
        const error = await rejection(run(untouched, 3, { epochs }));
        expect(error).to.be.instanceOf(RangeError);
        expect(error.message).to.equal(`train: epochs is ${epochs}, expected a whole number >= 1`);
      }
    });
    it(`${name}: NaN in the data stops at the step where it is met, with the step in the message`, async () => {
      const good = { x: array([[1, 2], [3, 4]]), y: array([0, 1]) }; // biome-ignore format: a matrix
      async function* batches(): AsyncGenerator<Batch> {
        yield good;
        yield { x: array([[1, Number.NaN], [3, 4]]), y: good.y }; // biome-ignore format: a matrix
      }
      const error = await rejection(run(batches(), 2, { epochs: 1 }));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.match(
        /^train: the loss is NaN at step 2 of epoch 1\. The batch itself contains it: x has 1 NaN of 4 element\(s\), first in item 0\. Look for NaN in the data/,
      );
    });
    it(`${name}: a loader that gives no batch is refused, not averaged to NaN: a generator is used up after one epoch`, async () => {
      async function* once(): AsyncGenerator<Batch> {
        yield { x: array([[1, 2], [3, 4]]), y: array([0, 1]) }; // biome-ignore format: a matrix
      }
      const error = await rejection(run(once(), 2, { epochs: 2 }));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.match(/^train: no batch in epoch 2; .*DataLoader/);
    });
  }
});

/** The average over batches of 16, 16, 8, each counted by its items: at fixed weights, that over all rows. */
function manualLoss(state: Record<string, NDArray>, data: Dataset): number {
  const model = new manual.Sequential(
    new manual.Linear(2, width, { rng: random(9) }),
    new manual.ReLU(),
    new manual.Linear(width, 3, { rng: random(9) }),
  );
  model.loadStateDict(state);
  return new manual.CrossEntropyLoss().forward(model.forward(data.x), data.y).item();
}
