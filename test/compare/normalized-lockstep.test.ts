import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type CompareOptions, type CompareOutcome, compare } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, type Random, random } from "chalk-and-tape/np";
import { bounds } from "#internal/compare";

type DType = "float64" | "float32";
type Batch = { readonly x: NDArray; readonly y: NDArray };

function batches(count: number, dtype: DType): Batch[] {
  const rng = random(5);
  return Array.from({ length: count }, () => {
    const x = rng.normal(0, 1, [20, 3], { dtype });
    return { x, y: x.sum(1, true).greater(0).astype(dtype) };
  });
}

function loader(all: readonly Batch[]): CompareOptions["train"] {
  return {
    length: all.length,
    async *[Symbol.asyncIterator]() {
      yield* all;
    },
  };
}

interface Classes {
  readonly BatchNorm1d: typeof manual.BatchNorm1d;
  readonly Dropout: typeof manual.Dropout;
}

function chalkNet(rng: Random, dtype: DType, { BatchNorm1d, Dropout }: Classes = manual): manual.Sequential {
  return new manual.Sequential(
    new manual.Linear(3, 8, { rng, dtype, bias: false }),
    new BatchNorm1d(8, { dtype }),
    new manual.ReLU(),
    new Dropout(0.3, { rng }),
    new manual.Linear(8, 1, { rng, dtype }),
  );
}

function tapeNet(rng: Random, dtype: DType): autograd.Sequential {
  return new autograd.Sequential(
    new autograd.Linear(3, 8, { rng, dtype, bias: false }),
    new autograd.BatchNorm1d(8, { dtype }),
    new autograd.ReLU(),
    new autograd.Dropout(0.3, { rng }),
    new autograd.Linear(8, 1, { rng, dtype }),
  );
}

function lockstep(
  chalk: manual.Sequential,
  { dtype = "float64", steps = 40, epochs = 2 }: { dtype?: DType; steps?: number; epochs?: number } = {},
): Promise<CompareOutcome> {
  const tape = tapeNet(random(3), dtype);
  return compare({
    manual: {
      model: chalk,
      loss: new manual.BCEWithLogitsLoss(),
      optimizer: new manual.Adam(chalk.parameters(), { lr: 0.01 }),
    },
    autograd: {
      model: tape,
      loss: new autograd.BCEWithLogitsLoss(),
      optimizer: new autograd.Adam(tape.parameters(), { lr: 0.01 }),
    },
    train: loader(batches(steps, dtype)),
    test: loader(batches(2, dtype)),
    epochs,
  });
}

/** Keeps the biased variance, as the one that y is divided by. */
class BiasedVariance extends manual.BatchNorm1d {
  override forward(x: NDArray): NDArray {
    const y = super.forward(x);
    const n = x.shape[0] as number;
    if (this.training && this.runningVar)
      this.runningVar = this.runningVar.sub(x.sub(x.mean(0)).pow(2).sum(0).div(n - 1).sub(x.sub(x.mean(0)).pow(2).mean(0)).mul(0.1)); // biome-ignore format: one formula
    return y;
  }
}

/** Draws one number more than it needs. */
class OneMore extends manual.Dropout {
  override forward(x: NDArray): NDArray {
    this.rng.next();
    return super.forward(x);
  }
}

describe("compare, nets with batch normalisation and dropout", () => {
  it("agree: equal masks, equal statistics, which stand beside the weights", async () => {
    const { agree, verdict, parity, epochs } = await lockstep(chalkNet(random(3), "float64"));
    expect(agree, verdict).to.equal(true);
    expect(parity.map(({ quantity }) => quantity)).to.include.members([
      "1.running_mean",
      "1.running_var",
      "1.num_batches_tracked",
    ]);
    for (const { bound, agrees } of parity) expect([bound, agrees]).to.deep.equal([bounds.normalized, true]);
    expect(epochs[1]?.manual.trainLoss).to.be.below(epochs[0]?.manual.trainLoss as number);
  });
  it("statistics that are kept otherwise are seen, though y and every gradient are right", async () => {
    const wrong = chalkNet(random(3), "float64", { ...manual, BatchNorm1d: BiasedVariance });
    const { agree, verdict } = await lockstep(wrong);
    expect(agree).to.equal(false);
    expect(verdict).to.match(/the weights differ by \S+ at step 1 of epoch 1; allowed is 1e-9/);
  });
  it("masks from another place of the stream are seen", async () => {
    const { agree } = await lockstep(chalkNet(random(3), "float64", { ...manual, Dropout: OneMore }));
    expect(agree).to.equal(false);
  });
  it("in float32 the gradients judged at equal weights leave no trace: statistics, masks and weights are those of a run alone", async () => {
    const [all, chalk, alone] = [
      batches(101, "float32"),
      chalkNet(random(3), "float32"),
      chalkNet(random(3), "float32"),
    ];
    const { agree, verdict } = await lockstep(chalk, { dtype: "float32", steps: 101, epochs: 1 });
    expect(agree, verdict).to.equal(true);
    const optimizer = new manual.Adam(alone.parameters(), { lr: 0.01 });
    await manual.train(alone, loader(all), { loss: new manual.BCEWithLogitsLoss(), optimizer });
    const numbers = (net: manual.Layer): unknown =>
      Object.entries(net.stateDict()).map(([key, x]) => [key, x.toArray()]);
    expect(numbers(chalk)).to.deep.equal(numbers(alone));
  });
  it("a bias before a batch normalisation, whose gradient is 0 but for rounding, is no disagreement", async () => {
    const build = (side: typeof manual): manual.Sequential =>
      new side.Sequential(
        new side.Linear(3, 8, { rng: random(3) }),
        new side.BatchNorm1d(8),
        new side.Tanh(),
        new side.Linear(8, 1, { rng: random(4) }),
      );
    const [chalk, tape] = [
      build(manual),
      build(autograd as unknown as typeof manual) as unknown as autograd.Sequential,
    ];
    const { agree, verdict } = await compare({
      manual: {
        model: chalk,
        loss: new manual.BCEWithLogitsLoss(),
        optimizer: new manual.SGD(chalk.parameters(), { lr: 0.1 }),
      },
      autograd: {
        model: tape,
        loss: new autograd.BCEWithLogitsLoss(),
        optimizer: new autograd.SGD(tape.parameters(), { lr: 0.1 }),
      },
      train: loader(batches(10, "float64")),
      test: loader(batches(1, "float64")),
      epochs: 1,
    });
    expect(agree, verdict).to.equal(true);
  });
});
