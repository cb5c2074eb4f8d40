import { expect } from "chai";
import { type JobOptions, type JobOutcome, runJob } from "chalk-and-tape/compare";

const tiny = (options: Partial<JobOptions> = {}): Promise<JobOutcome> =>
  runJob({ dataset: "moons", epochs: 1, limit: 40, ...options });
const refusal = (run: Promise<unknown>): Promise<string> => run.then(String, String);

describe("runJob, steps and images", () => {
  it("stops after so many steps, of all epochs together, and tests with no more batches", async () => {
    const steps = async (options: Partial<JobOptions>): Promise<[string, number]> => {
      let count = 0;
      const job = { dataset: "moons", limit: 40, batchSize: 10, ...options };
      const { settings, verdict } = await runJob(job, { onStep: () => ++count });
      expect(verdict).to.contain(`over ${count} steps`);
      return [`${settings.steps} steps, ${settings.epochs} epochs`, count];
    };
    expect(await steps({ steps: 3 })).to.deep.equal(["3 steps, 1 epochs", 3]);
    expect(await steps({ steps: 9 })).to.deep.equal(["9 steps, 3 epochs", 9]);
    expect(await steps({ steps: 9, epochs: 2 })).to.deep.equal(["9 steps, 2 epochs", 8]);
    expect(await refusal(tiny({ steps: 0 }))).to.match(/steps is 0/);
  });

  it("digits: LeNet5 gets its axis for channels, and both sides agree", async () => {
    const { result, verdict, input, test } = await runJob({
      dataset: "digits",
      model: "lenet5",
      limit: 40,
      steps: 2,
      batchSize: 8,
    });
    expect(result, verdict).to.deep.include({ model: "LeNet5", parameters: 61_706, agree: true });
    expect(input(test.x).shape).to.deep.equal([40, 1, 28, 28]);
  });

  it("real CIFAR-10: ResNet20 agrees to 1e-9", async function () {
    if (!process.env.CHALK_DATA) {
      console.log(
        "        pending: set CHALK_DATA to a folder with cifar-10-batches-bin/ (npx chalk-and-tape data fetch cifar10)",
      );
      this.skip();
    }
    const job = { dataset: "cifar10", model: "ResNet20", limit: 8, steps: 2, batchSize: 4 };
    const { result, verdict } = await runJob(job);
    expect(result.agree, verdict).to.equal(true);
    expect(result.epochs.at(-1)?.maxWeightDifference).to.be.at.most(1e-9);
  });

  it("real CIFAR-10: images are normalised, channel by channel", async function () {
    if (!process.env.CHALK_DATA) this.skip(); // the test above says how to get the images
    const { input, train } = await runJob({ dataset: "cifar10", limit: 500, steps: 1, batchSize: 4 });
    const x = input(train.x.astype("float64").div(255));
    const [mean, squares] = [x.mean([0, 2, 3]), x.mul(x).mean([0, 2, 3])];
    for (const value of mean.flat()) expect(value).to.be.within(-0.15, 0.15);
    for (const value of squares.flat()) expect(value).to.be.within(0.8, 1.2);
  });

  it("drawn digits, batches of 64, Adam: both sides within 1e-12, on whatever engine computes", async () => {
    const { result } = await runJob({ dataset: "digits", limit: 128, steps: 2, batchSize: 64 });
    expect(result.epochs).to.have.length(1);
    for (const { maxWeightDifference } of result.epochs) expect(maxWeightDifference).to.be.at.most(1e-12);
  });
});
