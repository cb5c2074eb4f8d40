import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { mpirun } from "./mpirun.ts";
import { type Job, type JobResult, runJob } from "./programs/train-job.js";

const program = new URL("./programs/train-mpi.js", import.meta.url);
const alone = { rank: 0, size: 1, sum: () => {}, broadcast: () => {} };

interface Line {
  readonly rank: number;
  readonly unseeded: number;
  readonly results: readonly JobResult[];
}

withBothLaunchers("training over MPI", (launcher) => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-ranks-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const size of isExhaustive ? [1, 2, 3, 4, 6] : [2, 4])
    it(`${size} ranks train as one does, write one file and say their seed once`, async () => {
      const base = { data: "ignored", loss: "weighted", clip: 0.1, schedule: "step" } as const;
      const file = join(folder, `${size}.safetensors`);
      const jobs: Job[] = [
        { side: "chalk", ...base, validation: "divided", best: true },
        { side: "tape", ...base, validation: "whole", dtype: "float32" },
        { side: "chalk", data: "numbers", loss: "squares", batchSize: 3, items: 14 },
        { side: "tape", data: "numbers", loss: "squares", batchSize: 3, items: 14 },
        { side: "tape", ...base, file, everySteps: 2, stopAt: 8 },
      ];
      const wanted: JobResult[] = [];
      for (const { file: _, ...job } of jobs) wanted.push(await runJob(alone, job));
      const run = await mpirun(launcher(), size, program, { args: [JSON.stringify(jobs), folder] });
      expect(run.code, run.stderr).to.equal(0);
      expect(run.left).to.deep.equal([]);
      expect(run.stdout.match(/random: no seed given/g)).to.have.length(1);
      const lines: Line[] = [];
      for (let rank = 0; rank < size; rank++)
        lines.push(JSON.parse(await readFile(join(folder, `rank${rank}of${size}.json`), "utf8")) as Line);
      expect(lines.map(({ rank }) => rank).sort()).to.deep.equal(Array.from({ length: size }, (_, i) => i));
      const first = lines.find(({ rank }) => rank === 0) as Line;
      for (const { rank, unseeded, results } of lines) {
        expect(unseeded).to.equal(first.unseeded);
        for (const [i, { weights, epochs, seconds, error, saves }] of results.entries()) {
          const { weights: w, epochs: e, seconds: s } = first.results[i] as JobResult;
          expect({ weights, epochs, seconds: size === 1 ? s : seconds }).to.deep.equal({
            weights: w,
            epochs: e,
            seconds: s,
          });
          expect(error).to.equal(jobs[i]?.stopAt ? "Stop: stopped" : null);
          expect(saves).to.equal(jobs[i]?.file && rank === 0 ? 4 : 0);
        }
      }
      for (const [i, { weights, epochs }] of wanted.entries()) {
        const [forLosses, forWeights] = jobs[i]?.dtype === "float32" ? [1e-5, 1e-4] : [1e-12, 1e-10];
        const found = first.results[i] as JobResult;
        for (const [name, values] of Object.entries(weights))
          for (const [at, value] of values.entries())
            expect(found.weights[name]?.[at], `${i}: ${name}[${at}]`).to.be.closeTo(value, forWeights);
        for (const [at, { trainLoss, validationLoss }] of epochs.entries()) {
          expect(found.epochs[at]?.trainLoss).to.be.closeTo(trainLoss, forLosses);
          if (validationLoss !== null)
            expect(found.epochs[at]?.validationLoss).to.be.closeTo(validationLoss, forLosses);
        }
      }
      expect(first.results[2]?.weights).to.deep.equal(first.results[3]?.weights); // chalk = tape, to the bit
      expect(await readdir(folder)).to.include(`${size}.safetensors`);
      expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).to.deep.equal([]);
    });

  it("kill −9 of a rank ends all; 2 ranks go on from the last checkpoint of 4, to the weights of one process", async () => {
    const job: Job = {
      side: "tape",
      data: "ignored",
      loss: "weighted",
      schedule: "step",
      validation: "divided",
      file: join(folder, "killed.safetensors"),
      everySteps: 2,
      resume: true,
    };
    const { file: _, ...whole } = job;
    const wanted = await runJob(alone, whole);
    const killed = await mpirun(launcher(), 4, program, {
      args: [JSON.stringify([{ ...job, killAt: 8 }]), folder],
    });
    expect(killed.code).to.not.equal(0);
    expect(killed.timedOut).to.equal(false);
    expect(killed.left).to.deep.equal([]);
    const run = await mpirun(launcher(), 2, program, { args: [JSON.stringify([job]), folder] });
    expect(run.code, run.stderr).to.equal(0);
    for (const rank of [0, 1]) {
      const { results } = JSON.parse(await readFile(join(folder, `rank${rank}of2.json`), "utf8")) as Line;
      const [found] = results as [JobResult];
      expect([found.error, found.steps]).to.deep.equal([null, 3]); // 7 of 10 were in the file
      for (const [name, values] of Object.entries(wanted.weights))
        for (const [at, value] of values.entries())
          expect(found.weights[name]?.[at], `${name}[${at}]`).to.be.closeTo(value, 1e-10);
      for (const [at, { trainLoss }] of wanted.epochs.entries())
        expect(found.epochs[at]?.trainLoss).to.be.closeTo(trainLoss, 1e-12);
    }
  });
});
