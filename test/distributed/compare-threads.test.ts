import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import compareAlone, { type Found, type Given } from "./programs/thread-compare.ts";
import { onThreads } from "./thread-ranks.ts";

const program = new URL("./programs/thread-compare.js", import.meta.url);

interface Epoch {
  readonly manual: Readonly<Record<string, number>>;
  readonly autograd: Readonly<Record<string, number>>;
}

/** What one rank found, after all were seen to have found the same, and to have the same weights. */
async function among(size: number, given: Given): Promise<Found> {
  const all = await onThreads<Given, Found>(size, program, given);
  for (const { outcome, weights, message } of all) {
    expect([outcome, message]).to.deep.equal([all[0]?.outcome, all[0]?.message]);
    if (given.wrongRank === undefined) expect(weights).to.deep.equal(all[0]?.weights);
  }
  return all[0] as Found;
}

function expectNear(a: Found, b: Found, tolerance: number): void {
  const numbers = ({ outcome, weights }: Found): number[] => [
    ...(outcome.epochs as Epoch[]).flatMap((epoch) => [epoch.manual, epoch.autograd].flatMap(Object.values)),
    ...weights.flat(),
  ];
  const [x, y] = [numbers(a), numbers(b)];
  expect(x).to.have.length(y.length);
  expect(x.length).to.be.above(60);
  const furthest = Math.max(...x.map((one, i) => Math.abs(one - (y[i] as number))));
  expect(furthest).to.be.below(tolerance);
}

describe("compare among ranks, on threads", function () {
  this.timeout(120_000);
  let folder: string;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-compare-"));
  });
  after(() => rm(folder, { recursive: true }));
  const newFile = (): string => join(folder, `${count++}.safetensors`);

  it("3 ranks find what one finds, with parts of unequal length", async () => {
    const alone = await compareAlone(null, {});
    expect(alone.outcome.agree, alone.message).to.equal(true);
    expectNear(await among(3, {}), alone, 1e-12);
  });
  it("4 ranks and a last batch of one row: the others have none", async () => {
    const given = { batchSize: 11 }; // 45 = 4·11 + 1
    const found = await among(4, given);
    expect(found.outcome.agree, found.message).to.equal(true);
    expectNear(found, await compareAlone(null, given), 1e-12);
  });
  it("float32 is judged at equal weights of the whole batch", async () => {
    const alone = await compareAlone(null, { dtype: "float32" });
    const found = await among(3, { dtype: "float32" });
    expect([alone.outcome.agree, found.outcome.agree], found.message).to.deep.equal([true, true]);
    expectNear(found, alone, 1e-4);
  });
  it("dropout and batch normalisation: both sides agree on every rank, buffers are rank 0's", async () => {
    const found = await among(3, { isDivided: true, batchSize: 9 });
    expect(found.outcome.agree, found.outcome.verdict || found.message).to.equal(true);
  });
  it("a difference on one rank is everyone's, at the same step", async () => {
    const { outcome } = await among(3, { wrongRank: 2 });
    expect(outcome.agree).to.equal(false);
    expect(outcome.parity.map(({ agrees }) => agrees)).to.include(false);
    expect(outcome.verdict).to.match(/(weights|losses|gradients) differ by .* at step 4 of epoch 1/);
  });
  it("weights and streams of rank 0 count", async () => {
    const given = { isDivided: true, batchSize: 9 };
    expect(await among(2, { ...given, ownSeeds: true })).to.deep.equal(await among(2, given));
  });
  it("ranks that run something else are refused, all in the same words", async () => {
    const { message } = await among(3, { moreEpochs: 1 });
    expect(message).to.match(
      /^compare: rank 1 differs from rank 0 in the number of epochs: 4, rank 0 has 3;/,
    );
  });

  describe("a checkpoint", () => {
    /** A file of a run of `size` ranks that was stopped after 9 of its 21 steps. */
    async function stopped(size: number, given: Given): Promise<string> {
      const checkpoint = newFile();
      const { message } = await among(size, { ...given, checkpoint, stopAfter: 9 });
      expect(message).to.equal("stopped");
      return checkpoint;
    }
    const resumed = async (size: number, given: Given, file: string): Promise<Found> => {
      const checkpoint = newFile();
      await copyFile(file, checkpoint);
      const again = { ...given, checkpoint };
      return size === 1 ? compareAlone(null, again) : among(size, again);
    };

    it("of 3 ranks: 1 and 2 go on from it", async () => {
      const alone = await compareAlone(null, {});
      const file = await stopped(3, {});
      for (const size of [1, 2]) expectNear(await resumed(size, {}, file), alone, 1e-10);
    });
    it("of one process: 3 go on from it", async () => {
      const checkpoint = newFile();
      expect((await compareAlone(null, { checkpoint, stopAfter: 9 })).message).to.equal("stopped");
      expectNear(await resumed(3, {}, checkpoint), await compareAlone(null, {}), 1e-10);
    });
    it("on as many ranks, with dropout and batch normalisation: the masks of an unbroken run", async () => {
      const given: Given = { isDivided: true, batchSize: 9 };
      const unbroken = await among(2, { ...given, checkpoint: newFile() });
      expectNear(await resumed(2, given, await stopped(2, given)), unbroken, 1e-12);
    });
    it("of another network: an error on every rank, in the same words", async () => {
      const file = await stopped(2, {});
      const other = await among(2, { checkpoint: file, isDivided: true });
      expect(other.message).to.contain(file).and.to.contain("does not take its state back");
    });
  });
});
