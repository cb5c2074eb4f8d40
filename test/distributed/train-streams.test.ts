import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Job, JobResult } from "./programs/train-job.js";
import { onThreads } from "./thread-ranks.js";

const program = new URL("./programs/train-job.js", import.meta.url);
const size = 4;

describe("random streams, buffers and first weights of several ranks", function () {
  this.timeout(120_000);
  let folder: string;
  let byRank: JobResult[][];
  let names: string[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-ranks-"));
    const file = join(folder, "run.safetensors");
    const masks = { data: "ones", layers: "dropout", noise: true, items: 48 } as const;
    const norm = { layers: "batchNorm", items: 52, batchSize: 26, validation: "whole" } as const;
    const jobs: Record<string, Job> = {
      chalk: { side: "chalk", ...masks },
      again: { side: "chalk", ...masks },
      tape: { side: "tape", ...masks },
      broken: { side: "chalk", ...masks, file, everySteps: 1, stopAt: 7 },
      resumed: { side: "chalk", ...masks, file, everySteps: 1, resume: true },
      chalkNorm: { side: "chalk", ...norm, best: true },
      tapeNorm: { side: "tape", ...norm, best: true },
      chalkDrawn: { side: "chalk", otherWeights: true },
      tapeDrawn: { side: "tape", otherWeights: true },
    };
    names = Object.keys(jobs);
    byRank = await onThreads(size, program, Object.values(jobs), 100);
  });
  after(() => rm(folder, { recursive: true }));
  /** The job of that name, by rank. */
  const of = (name: string): JobResult[] =>
    byRank.map((results) => results[names.indexOf(name)] as JobResult);

  it("every rank draws masks of its own, and others in every step", () => {
    for (const name of ["chalk", "tape"]) {
      const [a = [], b = [], c = [], d = []] = of(name).map(({ masks }) => masks);
      expect(a.length).to.equal(8);
      for (let step = 0; step < 8; step++) {
        const drawn = [a, b, c, d].map((masks) => (masks[step] as string).slice(0, 6));
        expect(new Set(drawn).size, `step ${step}: ${drawn}`).to.be.above(1);
      }
      const all = [a, b, c, d].flat();
      expect(new Set(all).size).to.equal(all.length);
    }
  });
  it("chalk and tape draw the same masks, and so does the run repeated, to the last bit of the weights", () => {
    const [first, again, tape] = ["chalk", "again", "tape"].map(of);
    expect(again).to.deep.equal(first?.map((one, i) => ({ ...one, seconds: again?.[i]?.seconds })));
    expect(tape?.map(({ masks }) => masks)).to.deep.equal(first?.map(({ masks }) => masks));
  });
  it("resumed by as many ranks it goes on with the same masks and noise, to the last bit", () => {
    const [whole, broken, resumed] = ["chalk", "broken", "resumed"].map(of);
    for (let rank = 0; rank < size; rank++) {
      expect(broken?.[rank]?.error).to.equal("Stop: stopped");
      const { masks = [], weights, epochs } = resumed?.[rank] ?? {};
      // The step at which it was broken off is done again.
      expect(masks).to.deep.equal(whole?.[rank]?.masks.slice(7));
      expect([weights, epochs]).to.deep.equal([whole?.[rank]?.weights, whole?.[rank]?.epochs]);
    }
  });
  it("noise from a stream in beforeStep is the same on every rank, and so are the streams at the end", () => {
    for (const name of ["chalk", "tape"]) {
      const [first, ...others] = of(name).map(({ weights, stream }) => ({ weights, stream }));
      expect(first?.stream?.length).to.equal(4);
      for (const other of others) expect(other).to.deep.equal(first);
    }
  });
  it("every rank ends with the running statistics of rank 0, and evaluates with them", () => {
    for (const name of ["chalkNorm", "tapeNorm"]) {
      const [first, ...others] = of(name);
      expect(first?.error).to.equal(null);
      expect(first?.weights).to.include.keys("1.running_mean", "1.running_var");
      for (const other of others) {
        expect(other.weights).to.deep.equal(first?.weights);
        expect(other.epochs).to.deep.equal(first?.epochs);
        expect(other.evaluated).to.deep.equal(first?.evaluated);
      }
    }
    const [chalk, tape] = ["chalkNorm", "tapeNorm"].map((name) => of(name)[0]?.weights["1.running_mean"]);
    for (const [i, mean] of (chalk ?? [expect.fail("no running mean")]).entries())
      expect(mean).to.be.closeTo(tape?.[i] ?? Number.NaN, 1e-9);
  });
  it("training begins with the weights of rank 0", () => {
    for (const name of ["chalkDrawn", "tapeDrawn"]) {
      const [first, second, ...others] = of(name);
      expect(second?.drawn).to.not.deep.equal(first?.drawn);
      for (const other of [second, ...others]) expect(other?.weights).to.deep.equal(first?.weights);
    }
  });
});
