// node bench/two-sides.mjs: what a training step costs in chalk, as a multiple of the tape's, on blas and on wasm. Both sides live in one process and
// take steps in turn, in a new order every round, so that a machine that is slow for a while is so for both. Float32, medians.
// --before FOLDER adds the tape of another build, a checkout in which `npm run build` has run; --seconds (10) is each network's time, --jobs some of them.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import { nodeFlags } from "./contenders/ours.mjs";
import { models } from "./problems/models.mjs";
import { chalkAgainstTape } from "./report/goals.mjs";
import { median } from "./report/statistics.mjs";

const sizes = [784, 256, 64, 10];
/** Each network with its batch. */
const jobs = [
  { name: "mlp-64", model: { name: "mlp", sizes }, batch: 64 },
  { name: "mlp-512", model: { name: "mlp", sizes }, batch: 512 },
  { name: "lenet5", model: { name: "lenet5" }, batch: 64 },
  { name: "cifar-net", model: { name: "cifar-net" }, batch: 64 },
];
/** What the tape may cost at most, times the tape of the build before. */
const tapeAtMost = 1.1;

const { values: options } = parseArgs({
  options: {
    engine: { type: "string" },
    before: { type: "string" },
    jobs: { type: "string", default: jobs.map(({ name }) => name).join() },
    seconds: { type: "string", default: "10" },
  },
});

if (options.engine) await measure();
else {
  const engines = np.engineReports().filter(({ name, available }) => available && name !== "js");
  for (const { name, summary } of engines) {
    console.log(`\n${name}: ${summary}`);
    const args = [...nodeFlags, ...process.argv.slice(1), "--engine", name];
    const env = { ...process.env, CHALK_ENGINE: name };
    if (spawnSync(process.execPath, args, { stdio: "inherit", env }).status !== 0) process.exitCode = 1;
  }
}

/** Prints a line for every network; the exit status is 1 where a bound is not kept. */
async function measure() {
  const sides = [
    { np, side: manual },
    { np, side: autograd },
  ];
  if (options.before) sides.push(...(await sidesOf(options.before)));
  console.log(
    ["", "chalk ms", "tape ms", "chalk/tape", "at most", ...(options.before ? ["before ms", "tape/before", "at most"] : []), "steps"].map((head) => head.padStart(12)).join(""), // biome-ignore format: one line
  );
  const chosen = options.jobs.split(",");
  for (const { name, model, batch } of jobs.filter((job) => chosen.includes(job.name))) {
    const atMost = chalkAgainstTape[name];
    const steps = sides.map((side) => ({ step: stepOf(side, model, batch), ms: [] }));
    for (let i = 0; i < 5; i++) for (const { step } of steps) step(); // warms up
    const end = performance.now() + Number(options.seconds) * 1000;
    while (performance.now() < end || steps[0].ms.length < 10) {
      for (const { step, ms } of shuffled(steps)) {
        const start = performance.now();
        step();
        ms.push(performance.now() - start);
      }
    }
    const [chalk, tape, , before] = steps.map(({ ms }) => median(ms));
    const numbers = [
      chalk,
      tape,
      chalk / tape,
      atMost,
      ...(before ? [before, tape / before, tapeAtMost] : []),
    ];
    const cells = [...numbers.map((x) => x.toFixed(2)), String(steps[0].ms.length)];
    console.log(name.padEnd(12) + cells.map((cell) => cell.padStart(12)).join(""));
    if (chalk / tape > atMost || (before && tape / before > tapeAtMost)) process.exitCode = 1;
  }
}

/** A training step as `train` takes it, on random images. */
function stepOf({ np, side }, model, batch) {
  const { build, inputShape } = models[model.name];
  const { computeGradients, CrossEntropyLoss, SGD } = side;
  const network = build(side, model, np.random(1));
  const [loss, optimizer] = [new CrossEntropyLoss(), new SGD(network.parameters(), { lr: 0.1 })];
  const x = np.random(2).normal(0, 1, [batch, ...inputShape(model)], { dtype: "float32" });
  const y = np.random(3).choice(10, batch);
  return () => {
    computeGradients(network, { x, y }, loss);
    optimizer.step();
    optimizer.zeroGrad();
  };
}

/**
 * The sides of another build, by its files: the package's name means this one. Both, so that the helpers of its engine are as often called as ours,
 * and no more asleep.
 */
async function sidesOf(folder) {
  const load = (entry) => import(pathToFileURL(join(resolve(folder), "dist", entry, "index.js")).href);
  const np = await load("np");
  return [
    { np, side: await load("manual") },
    { np, side: await load("autograd") },
  ];
}

function shuffled(list) {
  return list.map((one) => ({ one, key: Math.random() })).sort((a, b) => a.key - b.key).map(({ one }) => one); // biome-ignore format: one line
}
