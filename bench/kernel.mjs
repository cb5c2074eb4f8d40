// node bench/kernel.mjs, after `npm run pretest`: how long a notebook takes to start, in this package's kernel and in plain tslab. Each round
// starts both, in turn and in a new order. Milliseconds, medians; --rounds (5), and --lesson 01-the-same-classifier-twice.ipynb names the lesson.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Kernel, ourKernel, plainTslab } from "../.build/test/notebooks/kernel.js";
import { codeCells, problem } from "../.build/test/notebooks/run-notebook.js";
import { median } from "./report/statistics.mjs";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    lesson: { type: "string", default: "01-the-same-classifier-twice.ipynb" },
  },
});
const folder = fileURLToPath(new URL("../notebooks/", import.meta.url));
const lesson = codeCells(readFileSync(folder + options.lesson, "utf8"));
const imports =
  'import * as np from "chalk-and-tape/np"; import * as chalk from "chalk-and-tape/manual"; import * as tape from "chalk-and-tape/autograd";';
const small =
  "const layer = new chalk.Linear(2, 3, { rng: np.random(1) }); layer.forward(np.ones([4, 2])).shape";
const loop = "let sum = 0; for (let i = 0; i < 3e6; i++) sum += i; sum";

const times = new Map([ourKernel, plainTslab].map((command) => [command, {}]));
for (let round = 0; round < Number(options.rounds); round++) {
  const turn = [...times.keys()];
  for (const command of round % 2 === 0 ? turn : turn.reverse()) await measure(command);
}
const [ours, plain] = [...times.values()];
console.log(["milliseconds", "ours", "plain tslab"].map((head) => head.padStart(16)).join(""));
for (const what of Object.keys(ours))
  console.log(
    [what, ...[ours, plain].map((one) => median(one[what]).toFixed(0))]
      .map((cell) => cell.padStart(16))
      .join(""),
  );

async function measure(command) {
  const kernel = await timed(command, "kernel start", () => Kernel.start(folder, command));
  try {
    await timed(command, "our imports", () => run(kernel, imports));
    await timed(command, "a cell", () => run(kernel, small));
    await timed(command, "3e6 steps", () => run(kernel, loop));
    await timed(command, "a lesson", async () => {
      for (const code of lesson) await run(kernel, code);
    });
  } finally {
    await kernel.stop();
  }
}

async function timed(command, what, work) {
  const start = performance.now();
  const result = await work();
  const samples = times.get(command);
  samples[what] = [...(samples[what] ?? []), performance.now() - start];
  return result;
}

async function run(kernel, code) {
  const why = problem(await kernel.execute(code));
  if (why) throw new Error(`${why}\n${code}`);
}
