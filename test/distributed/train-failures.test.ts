import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { blobs, DataLoader } from "chalk-and-tape/datasets";
import type { Ranks } from "chalk-and-tape/distributed";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import type { Job, JobResult } from "./programs/train-job.js";
import { onThreads } from "./thread-ranks.js";

const program = new URL("./programs/train-job.js", import.meta.url);

describe("what several ranks say", function () {
  this.timeout(120_000);
  const jobs: Record<string, Job> = {
    chalkNaN: { side: "chalk", data: "notANumber" },
    tapeNaN: { side: "tape", data: "notANumber" },
    chalkIgnored: { side: "chalk", data: "allIgnored", loss: "weighted" },
    tapeIgnored: { side: "tape", data: "allIgnored", loss: "weighted" },
    chalkSoftmax: { side: "chalk", layers: "softmax" },
    tapeSoftmax: { side: "tape", layers: "softmax" },
    chalkHalves: { side: "chalk", layers: "relu", data: "halves", epochs: 1 },
    tapeHalves: { side: "tape", layers: "relu", data: "halves", epochs: 1 },
    chalkDead: { side: "chalk", layers: "dead", data: "halves", epochs: 1 },
    tapeDead: { side: "tape", layers: "dead", data: "halves", epochs: 1 },
    lr: { side: "chalk", differs: "lr" },
    seed: { side: "tape", differs: "seed" },
    model: { side: "chalk", differs: "model" },
    batches: { side: "tape", differs: "batches" },
    validation: { side: "tape", differs: "validation", validation: "divided" },
    checkpoint: { side: "chalk", differs: "checkpoint", file: "never-written.safetensors" },
  };
  const names = Object.keys(jobs);
  let byRank: JobResult[][];
  before(async () => {
    byRank = await onThreads(2, program, Object.values(jobs), 100);
  });
  const of = (name: string): JobResult[] =>
    byRank.map((results) => results[names.indexOf(name)] as JobResult);
  const errors = (name: string): (string | null)[] => of(name).map(({ error }) => error);

  it("NaN in the part of one rank ends all with its message", () => {
    const message =
      "RangeError: train: the loss is NaN at step 2 of epoch 1. On rank 1, in its part of the batch: The batch itself contains it: x has 2 NaN of 12 element(s), first in item 1. Look for NaN in the data: remove or replace such items";
    for (const name of ["chalkNaN", "tapeNaN"]) {
      expect(errors(name)).to.deep.equal([message, message]);
      expect(of(name).map(({ steps }) => steps)).to.deep.equal([1, 1]);
    }
  });
  it("if no target of a batch counts on any rank, all end with the cause", () => {
    for (const name of ["chalkIgnored", "tapeIgnored"]) {
      const [first, second] = errors(name);
      expect(first).to.match(/the loss is NaN at step 2 of epoch 1\. Every target of this batch is ignored/);
      expect(second).to.equal(first);
    }
  });
  it("rank 0 alone warns", () => {
    for (const name of ["chalkSoftmax", "tapeSoftmax"]) {
      const [first, second] = of(name).map(({ warnings }) => warnings);
      expect(first?.join()).to.match(/softmax/);
      expect(second).to.deep.equal([]);
    }
  });
  it("a unit is dead if it is so on all ranks, not only for the items of one", () => {
    for (const name of ["chalkHalves", "tapeHalves"])
      expect(of(name).map(({ error, warnings }) => [error, warnings])).to.deep.equal([
        [null, []],
        [null, []],
      ]);
    for (const name of ["chalkDead", "tapeDead"]) {
      const [first, second] = of(name).map(({ warnings }) => warnings);
      expect(first?.join()).to.match(
        /8 of the 8 units of layers\[1\] \(ReLU\) were 0 for every item of the epoch/,
      );
      expect(second).to.deep.equal([]);
    }
  });
  it("ranks that run different programs are refused on every rank, by what differs", () => {
    const expected: Record<string, RegExp> = {
      lr: /rank 1 differs from rank 0 in the optimizer: .*lr 0\.03.*, rank 0 has .*lr 0\.02/,
      seed: /rank 1 differs from rank 0 in the loader: /,
      model: /rank 1 differs from rank 0 in the model: 0\.weight \(9, 2\)/,
      batches: /rank 1 differs from rank 0 in the loader: /,
      validation: /rank 1 differs from rank 0 in the options of train: /,
      checkpoint: /rank 1 differs from rank 0 in the options of train: .*checkpoint included$/,
    };
    for (const [name, message] of Object.entries(expected)) {
      const [first, second] = errors(name);
      expect(first, name).to.match(/^RangeError: train: /);
      expect(first, name).to.match(message);
      expect(second, name).to.equal(first);
      expect(of(name)[0]?.steps).to.equal(0);
    }
  });
});

describe("loaders that cannot be trained with, or tested", () => {
  const noExchange = (): void => expect.fail("nothing is to be exchanged");
  const ranks: Ranks = { rank: 0, size: 2, sum: noExchange, broadcast: noExchange };
  const data = blobs({ n: 20, seed: 1 });
  async function failure(promise: Promise<unknown>): Promise<string> {
    return promise.then(
      () => expect.fail("nothing was thrown"),
      (error: Error) => `${error.constructor.name}: ${error.message}`,
    );
  }
  for (const [side, room] of [
    ["chalk", manual],
    ["tape", autograd as unknown as typeof manual],
  ] as const) {
    const model = new room.Linear(2, 3, { rng: random(1) });
    const optimizer = new room.SGD(model.parameters(), { lr: 0.1 });
    const loss = new room.CrossEntropyLoss();
    const start = model.weight.toArray();
    it(`${side}: a validation loader divided in another way`, async () => {
      const validation = new DataLoader(data, { ranks });
      expect(
        await failure(room.train(model, new DataLoader(data), { loss, optimizer, validation })),
      ).to.equal(
        "RangeError: train: the validation loader divides its batches among 2 ranks, and the loader for training among 1; pass both the same ranks",
      );
    });
    it(`${side}: ranks that can only divide`, async () => {
      const loader = new DataLoader(data, { ranks: { rank: 0, size: 2 } });
      const expected =
        "TypeError: the loader's ranks are { rank, size }, which can divide batches but not exchange gradients; build it with ranks: distributed()";
      expect(await failure(room.train(model, loader, { loss, optimizer }))).to.equal(expected);
      expect(await failure(room.evaluate(model, loader, loss))).to.equal(expected);
    });
    it(`${side}: lrRangeTest tests in one process`, async () => {
      const loader = new DataLoader(data, { ranks });
      expect(await failure(room.lrRangeTest(model, loader, { loss, optimizer: () => optimizer }))).to.match(
        /^RangeError: lrRangeTest: the loader divides its batches among 2 ranks, .*without ranks$/,
      );
      expect(model.weight.toArray()).to.deep.equal(start);
    });
  }
});
