import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Ranks } from "chalk-and-tape/distributed";
import { type Job, type JobResult, runJob, type SideName } from "./programs/train-job.js";
import { onThreads } from "./thread-ranks.js";

const program = new URL("./programs/train-job.js", import.meta.url);
const alone: Ranks = { rank: 0, size: 1, sum: () => {}, broadcast: () => {} };

/** Runs a job by `size` ranks, and returns what each has. */
async function byRanks(size: number, jobs: readonly Job[]): Promise<JobResult[][]> {
  const results: JobResult[][] =
    size === 1
      ? [await runJob(alone, jobs[0] as Job).then((one) => [one])]
      : await onThreads(size, program, jobs, 100);
  return results;
}

const base = (side: SideName): Job => ({
  side,
  data: "ignored",
  loss: "weighted",
  schedule: "step",
  validation: "divided",
  best: true,
  everySteps: 1,
});

describe("checkpoints of several ranks", function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-ranks-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const side of ["chalk", "tape"] as const) {
    it(`${side}: broken off within an epoch at 4 ranks, resumed at 2, then alone: as if nothing had happened`, async () => {
      const wanted = await runJob(alone, base(side));
      const file = join(folder, `${side}.safetensors`);
      const four = await byRanks(4, [{ ...base(side), file, stopAt: 3 }]);
      expect(four.map(([one]) => one?.error)).to.deep.equal(Array(4).fill("Stop: stopped"));
      expect(four.map(([one]) => one?.saves)).to.deep.equal([3, 0, 0, 0]);
      expect(await readdir(folder)).to.include(`${side}.safetensors`);
      const two = await byRanks(2, [{ ...base(side), file, resume: true, stopAt: 4 }]);
      expect(two.map(([one]) => [one?.steps, one?.saves, one?.loads])).to.deep.equal([
        [4, 4, 1],
        [4, 0, 0],
      ]);
      const [[last]] = (await byRanks(1, [{ ...base(side), file, resume: true }])) as [[JobResult]];
      expect(last.error).to.equal(null);
      expect(last.steps).to.equal(wanted.steps - 3 - 4);
      for (const [i, report] of wanted.epochs.entries())
        for (const [name, value] of Object.entries(report))
          expect(last.epochs[i]?.[name as keyof typeof report], `${name} of epoch ${i + 1}`).to.be.closeTo(
            value as number,
            1e-12,
          );
      for (const [name, values] of Object.entries(wanted.weights))
        for (const [i, value] of values.entries())
          expect(last.weights[name]?.[i], `${name}[${i}]`).to.be.closeTo(value, 1e-10);
    });
  }

  it("begun alone, resumed by 3 ranks; one that is over gives its history at once", async () => {
    const wanted = await runJob(alone, base("tape"));
    const file = join(folder, "alone.safetensors");
    await runJob(alone, { ...base("tape"), file, stopAt: 7 });
    const job = { ...base("tape"), file, resume: true };
    const three = await byRanks(3, [job, job]);
    for (const [first, again] of three) {
      for (const [name, values] of Object.entries(wanted.weights))
        for (const [i, value] of values.entries())
          expect(first?.weights[name]?.[i]).to.be.closeTo(value, 1e-10);
      expect(first?.steps).to.equal(wanted.steps - 7);
      expect([again?.steps, again?.epochs]).to.deep.equal([0, first?.epochs]);
      expect(again?.weights).to.deep.equal(three[0]?.[0]?.weights);
    }
  });

  it("what fails on rank 0, reading or writing, fails on every rank, with its message", async () => {
    const bad = join(folder, "bad.safetensors");
    await writeFile(bad, "this is not a checkpoint");
    const file = join(folder, "new.safetensors");
    const existing = join(folder, "alone2.safetensors");
    await runJob(alone, { ...base("chalk"), epochs: 1, file: existing });
    const jobs: Job[] = [
      { ...base("chalk"), file, full: true },
      { ...base("chalk"), file: bad, resume: true },
      { ...base("tape"), file: existing },
    ];
    const results = await byRanks(2, jobs);
    const [first] = results.map((of) => of.map(({ error }) => error));
    expect(results[1]?.map(({ error }) => error)).to.deep.equal(first);
    expect(first?.[0]).to.equal("RangeError: no space left on device");
    expect(first?.[1]).to.match(/^DataError: Checkpoint: .*bad\.safetensors/);
    expect(first?.[2]).to.match(/^RangeError: Checkpoint: .*exists already; pass \{ resume: true \}/);
    expect(results.map((of) => of[0]?.steps)).to.deep.equal([1, 1]);
  });
});
