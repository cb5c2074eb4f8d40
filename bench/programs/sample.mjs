import { median } from "../report/statistics.mjs";

/**
 * Calls `once` for `warmUpMs`, then at least `minSteps` times and `measureMs`: the median of what `figure` finds in its results, the last
 * result, and how many there were.
 */
export function sample(once, figure, { warmUpMs, minSteps, measureMs }) {
  const start = performance.now();
  let last = once();
  while (performance.now() - start < warmUpMs) last = once();
  const figures = [];
  const from = performance.now();
  while (figures.length < minSteps || performance.now() - from < measureMs) {
    last = once();
    figures.push(figure(last));
  }
  return { value: median(figures), last, samples: figures.length };
}
