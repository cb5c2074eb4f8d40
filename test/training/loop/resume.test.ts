import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Random, random } from "chalk-and-tape/np";
import { Checkpoint, CosineAnnealingLR, OneCycleLR, ReduceLROnPlateau } from "chalk-and-tape/training";
import { type JobOptions, runJob, type SideName, trace } from "./job.ts";

const job = fileURLToPath(new URL("job.js", import.meta.url));

/** Runs the job as a process; `steps` lines later, and so many milliseconds after, it is killed. Returns its last line, or null. */
async function start(
  args: readonly string[],
  kill?: { readonly steps: number; readonly ms: number },
): Promise<string | null> {
  const child = spawn(process.execPath, [job, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let [text, steps] = ["", 0];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const seen = text.split("step\n").length - 1;
    if (kill && steps < kill.steps && seen >= kill.steps) setTimeout(() => child.kill("SIGKILL"), kill.ms);
    steps = seen;
  });
  const signal = await new Promise((resolve) => child.on("close", (_, by) => resolve(by)));
  return signal === "SIGKILL" ? null : (text.split("\n").at(-2) ?? null);
}

describe("training, a run that is killed and resumed", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-run-"));
    path = join(folder, "run.safetensors");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const seed = Number(process.env.CHALK_TEST_SEED ?? 1);
  for (const [i, side] of (["chalk", "tape"] as const).entries()) {
    it(`${side}: kill −9 at random moments; the weights are those of a run that nobody killed, to the last bit`, async () => {
      const rng = random(seed + i);
      const wanted = trace(await runJob(side));
      let found: string | null = null;
      let kills = 0;
      while (found === null) {
        const kill = kills < 4 ? { steps: rng.integer(1, 5), ms: rng.next() * 8 } : undefined;
        found = await start([side, path], kill);
        if (found === null) kills++;
      }
      expect(found).to.equal(wanted);
      expect(kills).to.be.at.least(2);
      expect(await readdir(folder)).to.deep.equal(["run.safetensors"]);
    });
  }

  for (const [i, place] of ["opened", "half", "written", "beforeRename", "renamed"].entries()) {
    const side: SideName = i % 2 === 0 ? "chalk" : "tape";
    it(`${side}: killed while the file is being written: ${place}`, async () => {
      const wanted = trace(await runJob(side));
      // The first time there is no file yet, the second time an old one.
      if (place === "half" || place === "renamed")
        expect(await start([side, path, place, "0"])).to.equal(null);
      expect(await start([side, path, place, "6"])).to.equal(null);
      expect(await start([side, path])).to.equal(wanted);
      expect(await readdir(folder)).to.deep.equal(["run.safetensors"]);
    });
  }
});

/** A checkpoint that forgets something: `change` sees what is saved. */
class Forgetful extends Checkpoint {
  readonly #change: (saved: never) => object;
  constructor(path: string, rngs: Record<string, Random>, change: (saved: never) => object) {
    super(path, { everySteps: 1, resume: true, rngs });
    this.#change = change;
  }
  override async save(saved: object): Promise<void> {
    await super.save(this.#change(saved as never));
  }
}

class Stop extends Error {}

describe("training, resuming within one process", () => {
  let folder: string;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-run-"));
  });
  after(() => rm(folder, { recursive: true }));

  type Make = (path: string, rngs: Record<string, Random>) => Checkpoint;
  /** The job, broken off after each of the given numbers of steps and resumed; then to its end. */
  async function broken(
    side: SideName,
    after: readonly number[],
    checkpoint?: Make,
    more: Pick<JobOptions, "schedule"> = {},
  ): Promise<string> {
    const path = join(folder, `${count++}.safetensors`);
    for (const steps of after) {
      let left = steps;
      const onStep = (): void => {
        if (--left < 0) throw new Stop();
      };
      try {
        await runJob(side, { path, onStep, checkpoint, ...more });
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
      }
    }
    return trace(await runJob(side, { path, checkpoint, ...more }));
  }

  for (const side of ["chalk", "tape"] as const) {
    it(`${side}: broken off after any number of steps, twice`, async () => {
      const wanted = trace(await runJob(side));
      for (const first of [0, 1, 3, 4, 6, 8, 11, 15, 16])
        expect(await broken(side, [first, (first * 3) % 5]), `after ${first} steps`).to.equal(wanted);
      expect(wanted).to.match(/"earlyStopping",1\]$/);
    });
    it(`${side}: with a file every 3 steps, or every 2 epochs only, lost steps are done again`, async () => {
      const wanted = trace(await runJob(side));
      const every = [{ everySteps: 3 }, { everyEpochs: 2 }, {}];
      for (const options of every) {
        const make: Make = (path, rngs) => new Checkpoint(path, { ...options, resume: true, rngs });
        expect(await broken(side, [2, 9, 7], make)).to.equal(wanted);
      }
    });
    it(`${side}: with PyTorch's schedules, by step`, async () => {
      const schedules: Required<JobOptions>["schedule"][] = [
        (optimizer) => new CosineAnnealingLR(optimizer, 11),
        (optimizer) => new OneCycleLR(optimizer, 0.05, { totalSteps: 40 }),
        (optimizer) => new ReduceLROnPlateau(optimizer, { patience: 1 }),
      ];
      for (const schedule of schedules) {
        const wanted = trace(await runJob(side, { schedule }));
        expect(await broken(side, [6, 3], undefined, { schedule })).to.equal(wanted);
      }
    });
    it(`${side}: a run that is over returns its history at once; with more epochs it goes on`, async () => {
      const path = join(folder, `${count++}.safetensors`);
      const short = trace(await runJob(side, { path, epochs: 2 }));
      let steps = 0;
      expect(trace(await runJob(side, { path, epochs: 2, onStep: () => steps++ }))).to.equal(short);
      expect(steps).to.equal(0);
      expect(trace(await runJob(side, { path }))).to.equal(trace(await runJob(side)));
    });
  }

  // biome-ignore format: a table
  const forgotten: [what: string, change: (saved: never) => object][] = [
    ["Adam's count of steps", ({ optimizer, ...rest }: { optimizer: { numbers: object } }) => ({ ...rest, optimizer: { ...optimizer, numbers: Object.fromEntries(Object.entries(optimizer.numbers).map(([key]) => [key, 1])) } })],
    ["Adam's averages", ({ optimizer, ...rest }: { optimizer: object }) => ({ ...rest, optimizer: { ...optimizer, arrays: {}, numbers: {} } })],
    ["the learning rate", ({ optimizer, ...rest }: { optimizer: { groups: object[] } }) => ({ ...rest, optimizer: { ...optimizer, groups: optimizer.groups.map((group) => ({ ...group, lr: 0.02 })) } })],
    ["the schedule's count", (saved: object) => ({ ...saved, schedule: { steps: 0 } })],
    ["the stream of dropout", ({ streams, ...rest }: { streams: object }) => ({ ...rest, streams: { ...streams, "model.layers.3.rng": random(2).spawn().state } })],
    ["a stream of the program", ({ streams, ...rest }: { streams: object }) => ({ ...rest, streams: { ...streams, "rngs.jitter": random(3).state } })],
    ["the place within the epoch", ({ loader, ...rest }: { loader: object }) => ({ ...rest, loader: { ...loader, batch: 0 } })],
    ["the order of the epoch", ({ loader, ...rest }: { loader: object }) => ({ ...rest, loader: { ...loader, order: random(6).state } })],
    ["the losses of the epoch so far", ({ progress, ...rest }: { progress: object }) => ({ ...rest, progress: { ...progress, average: { loss: 0, right: 0, items: 0, counted: 0 } } })],
    ["the step within the epoch", ({ progress, ...rest }: { progress: object }) => ({ ...rest, progress: { ...progress, step: 0 } })],
    ["the history", ({ progress, ...rest }: { progress: { epochs: object[] } }) => ({ ...rest, progress: { ...progress, epochs: progress.epochs.slice(1) } })],
    ["the best model", (saved: { bestModel: object }) => ({ ...saved, bestModel: { ...saved.bestModel, best: null } })],
    ["how long it has waited for a better epoch", (saved: { earlyStopping: object }) => ({ ...saved, earlyStopping: { ...saved.earlyStopping, waited: 2 } })],
    ["running statistics", ({ model, ...rest }: { model: Record<string, { mul(x: number): object }> }) => ({ ...rest, model: { ...model, "1.running_mean": model["1.running_mean"]?.mul(0) } })],
  ];
  for (const side of ["chalk", "tape"] as const) {
    for (const [what, change] of forgotten) {
      it(`${side}: would be seen: a checkpoint that forgets ${what}`, async () => {
        const wanted = trace(await runJob(side));
        const make: Make = (path, rngs) => new Forgetful(path, rngs, change);
        // In the middle of the third epoch of four steps.
        const found = await broken(side, [10], make);
        expect(found).to.not.equal(wanted);
      });
    }
  }
});
