import { expect } from "chai";
import type { Ranks } from "chalk-and-tape/distributed";
import { array } from "chalk-and-tape/np";
import { averageGradients } from "#internal/training";
import { type Job, type JobResult, runJob, type SideName } from "./programs/train-job.js";
import { onThreads } from "./thread-ranks.js";

const program = new URL("./programs/train-job.js", import.meta.url);
const sides: readonly SideName[] = ["chalk", "tape"];

/** One process: the loader divides nothing, and training exchanges nothing. */
const alone: Ranks = { rank: 0, size: 1, sum: () => {}, broadcast: () => {} };

/** What must not depend on the number of ranks. Batches of 12 of 53 items: the last one has 5 rows. */
const same: Readonly<Record<string, Omit<Job, "side">>> = {
  "a weighted loss, a part with no target that counts, clipping, a schedule by steps, a divided validation": {
    data: "ignored",
    loss: "weighted",
    clip: 0.1,
    schedule: "step",
    validation: "divided",
  },
  'reduction "sum", the best model, each rank validates all': {
    loss: "sum",
    best: true,
    validation: "whole",
  },
  "batches smaller than the ranks": { data: "numbers", loss: "squares", batchSize: 2, epochs: 1, items: 15 },
  "a schedule that waits for a plateau, early stopping": {
    schedule: "plateau",
    patience: 2,
    epochs: 5,
    validation: "divided",
  },
  "a loss of one's own, which counts by rows, and clipping": { data: "numbers", loss: "own", clip: 1 },
};
const cases = sides.flatMap((side) =>
  Object.entries(same).map(([name, job]) => ({ name, job: { side, ...job } })),
);

function expectNear(found: JobResult, wanted: JobResult, what: string): void {
  const near = (
    x: number | null | undefined,
    y: number | null | undefined,
    tolerance: number,
    where: string,
  ): void => {
    if (typeof y !== "number") expect(x, where).to.equal(y);
    else expect(x, `${what}, ${where}`).to.be.closeTo(y, tolerance * Math.max(1, Math.abs(y)));
  };
  expect(found.error, what).to.equal(null);
  expect([found.stoppedBy, found.kept, found.epochs.length]).to.deep.equal([
    wanted.stoppedBy,
    wanted.kept,
    wanted.epochs.length,
  ]);
  for (const [i, report] of wanted.epochs.entries())
    for (const [name, value] of Object.entries(report))
      near(found.epochs[i]?.[name as keyof typeof report], value, 1e-12, `${name} of epoch ${i + 1}`);
  near(found.evaluated?.loss, wanted.evaluated?.loss, 1e-12, "the loss evaluated");
  near(found.evaluated?.accuracy, wanted.evaluated?.accuracy, 1e-12, "the accuracy evaluated");
  for (const [name, values] of Object.entries(wanted.weights))
    for (const [i, value] of values.entries()) near(found.weights[name]?.[i], value, 1e-10, `${name}[${i}]`);
}

describe("training by several ranks, the same as by one", function () {
  this.timeout(120_000);
  const wanted: JobResult[] = [];
  before(async () => {
    for (const { job } of cases) wanted.push(await runJob(alone, job));
  });
  for (const size of [2, 3, 4]) {
    describe(`${size} ranks`, () => {
      let byRank: JobResult[][];
      before(async () => {
        byRank = await onThreads(
          size,
          program,
          cases.map(({ job }) => job),
          100,
        );
      });
      for (const [i, { name, job }] of cases.entries()) {
        it(`${job.side}: ${name}`, () => {
          const [first] = byRank;
          expectNear(first?.[i] as JobResult, wanted[i] as JobResult, name);
          // All ranks end with the same bits, and the same history, times included.
          for (const results of byRank) {
            const { weights, epochs, seconds, evaluated } = results[i] as JobResult;
            expect({ weights, epochs, seconds, evaluated }).to.deep.equal({
              weights: first?.[i]?.weights,
              epochs: first?.[i]?.epochs,
              seconds: first?.[i]?.seconds,
              evaluated: first?.[i]?.evaluated,
            });
          }
        });
      }
      it("chalk = tape to the bit, where they are so in one process", () => {
        const pairs = cases.flatMap(({ name, job }, i) => {
          if (job.side === "tape") return [];
          const twin = cases.findIndex((one) => one.name === name && one.job.side === "tape");
          const inOne = JSON.stringify(wanted[i]?.weights) === JSON.stringify(wanted[twin]?.weights);
          return inOne ? [{ name, i, twin }] : [];
        });
        expect(pairs.length).to.be.at.least(2);
        for (const { name, i, twin } of pairs) {
          expect(byRank[0]?.[i]?.weights, name).to.deep.equal(byRank[0]?.[twin]?.weights);
          expect(byRank[0]?.[i]?.epochs, name).to.deep.equal(byRank[0]?.[twin]?.epochs);
        }
      });
    });
  }
  it("the cases do what they say", () => {
    const of = (name: string): JobResult => wanted[cases.findIndex((one) => one.name === name)] as JobResult;
    expect(of("a schedule that waits for a plateau, early stopping").stoppedBy).to.equal("earlyStopping");
    expect(of("a schedule that waits for a plateau, early stopping").epochs.at(-1)?.lr).to.be.below(0.02);
    expect(of("batches smaller than the ranks").steps).to.equal(8);
    expect(wanted.every(({ error }) => error === null)).to.equal(true);
  });
});

describe("the gradients of a part in which no target counts", () => {
  it("add nothing to those of the others, even if they are NaN", () => {
    const sent: number[][] = [];
    const ranks: Ranks = { rank: 0, size: 2, sum: (all) => sent.push([...all]), broadcast: () => {} };
    const slot = { value: array([1, 2]), gradient: array([Number.NaN, Number.NaN]) };
    const part = { loss: { reduction: "mean", divisor: 0 }, value: Number.NaN, rows: 3 };
    averageGradients(ranks, [slot], part);
    expect(sent).to.deep.equal([[1, 0, 0, 0, 0]]); // the mark, two gradients, loss and divisor
  });
});
