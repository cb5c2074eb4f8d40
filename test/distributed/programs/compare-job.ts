/** A job of `compare` among the ranks. Each rank writes a file of JSON: what it found, and the bits of its weights. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type JobOptions, runJob } from "chalk-and-tape/compare";
import { distributed } from "chalk-and-tape/distributed";
import type { NDArray } from "chalk-and-tape/np";
import { Checkpoint } from "chalk-and-tape/training";

interface Given {
  readonly job: JobOptions;
  /** The beginning of the files' names; the rank and .json follow. */
  readonly out: string;
  readonly checkpoint?: { readonly path: string; readonly everySteps?: number };
  /** Prints a line on rank 0 each time this many steps are done. */
  readonly ticks?: number;
  /** This rank kills itself, like `kill -9`, this many milliseconds after this step. */
  readonly dies?: { readonly rank: number; readonly step: number; readonly ms: number };
}

const { job, out, checkpoint, ticks, dies }: Given = JSON.parse(process.argv[2] ?? "{}");
const ranks = distributed();
let steps = 0;
const { result, verdict, models } = await runJob(job, {
  ranks,
  ...(checkpoint && {
    checkpoint: new Checkpoint(checkpoint.path, { everySteps: checkpoint.everySteps, resume: true }),
  }),
  onStep: () => {
    steps += 1;
    if (dies && ranks.rank === dies.rank && steps === dies.step)
      setTimeout(() => process.kill(process.pid, "SIGKILL"), dies.ms);
    if (ticks && ranks.rank === 0 && steps % ticks === 0) console.log(`step ${steps}`);
  },
});
const bits = (state: Record<string, NDArray>): string => {
  const hash = createHash("sha256");
  for (const [name, x] of Object.entries(state)) hash.update(name).update(x.copy().flat());
  return hash.digest("hex");
};
const weights = {
  manual: bits(models.manual.stateDict()),
  autograd: bits(models.autograd.stateDict()),
};
const found = { rank: ranks.rank, steps, verdict, weights, result };
writeFileSync(`${out}${ranks.rank}.json`, JSON.stringify(found));
