import { createInterface } from "node:readline";
import { median } from "../report/statistics.mjs";

/**
 * Runs `run(k)`, k = 0, 1, …, in turns: a line of standard input begins one, and "turn" on standard output ends it. The first is the warm-up, at
 * least `atLeast` runs and `warmUpMs`, whose results come as `warmUp`; each of the others has one run that does not count, and then at least
 * `minSteps` and `turnMs`, which come as `timed`.
 */
export async function inTurns(run, { warmUpMs, minSteps, turnMs }, atLeast = 1) {
  let k = 0;
  const repeat = (times, ms) => {
    const found = [];
    const start = performance.now();
    while (found.length < times || performance.now() - start < ms) {
      const before = performance.now();
      const result = run(k++);
      found.push({ ms: performance.now() - before, result });
    }
    return found;
  };
  let warmUp = null;
  const timed = [];
  for await (const _ of createInterface({ input: process.stdin })) {
    if (warmUp === null) warmUp = repeat(atLeast, warmUpMs).map(({ result }) => result);
    else {
      repeat(1, 0);
      timed.push(...repeat(minSteps, turnMs));
    }
    console.log("turn");
  }
  return { warmUp, timed };
}

/** A training step's median milliseconds, and the losses that the gate compares. `step(k)` returns the loss of its forward. */
export async function timeSteps(step, { gateSteps, ...pace }) {
  const { warmUp, timed } = await inTurns(step, pace, gateSteps);
  return {
    value: median(timed.map(({ ms }) => ms)),
    checks: { "loss at step 1": warmUp[0], [`loss at step ${gateSteps}`]: warmUp[gateSteps - 1] },
    steps: { warmUp: warmUp.length, timed: timed.length },
  };
}
