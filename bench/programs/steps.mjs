import { median } from "../report/statistics.mjs";

/**
 * Times a training step in this process: first `gateSteps` steps, whose losses the gate compares, and whatever `warmUpMs` asks beyond;
 * then at least `minSteps` and `measureMs`, of which the median counts. `step(k)` returns the loss of its forward.
 */
export function timeSteps(step, { gateSteps, warmUpMs, minSteps, measureMs }) {
  let k = 0;
  let [first, last] = [0, 0];
  const start = performance.now();
  while (k < gateSteps || performance.now() - start < warmUpMs) {
    const loss = step(k);
    if (k === 0) first = loss;
    if (k === gateSteps - 1) last = loss;
    k++;
  }
  const times = [];
  const from = performance.now();
  while (times.length < minSteps || performance.now() - from < measureMs) {
    const before = performance.now();
    step(k++);
    times.push(performance.now() - before);
  }
  return {
    value: median(times),
    checks: { "loss at step 1": first, [`loss at step ${gateSteps}`]: last },
    steps: { warmUp: k - times.length, timed: times.length },
  };
}
