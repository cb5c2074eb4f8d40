import { judge } from "./gate.mjs";
import { median } from "./statistics.mjs";

/**
 * One job's figures: for each contender the median over its processes, their values, the ratio to the faster of PyTorch's thread
 * settings, and what the gate says; who could not run it, and why.
 */
export function summarize(job, runs) {
  const { reference, verdicts } = judge(runs, job.tolerances ?? []);
  const rows = runs.map(({ contender: { name, ours = false }, cannot, failed, results }) => {
    if (cannot) return { contender: name, ours, cannot };
    if (failed) return { contender: name, ours, failed };
    const values = results.map(({ value }) => value);
    const doesNotCount = verdicts[name] ?? null;
    return {
      contender: name,
      ours,
      median: median(values),
      values,
      doesNotCount,
      parts: partsOf(results),
      results,
    };
  });
  const peers = rows.filter((row) => /^pytorch/.test(row.contender) && row.median && !row.doesNotCount);
  const best = peers.toSorted((a, b) => (a.median - b.median) * (job.moreIsBetter ? -1 : 1))[0] ?? null;
  for (const row of rows) if (row.median && best) row.ratio = row.median / best.median;
  return { job: job.name, unit: job.unit, peer: best?.contender ?? null, reference, rows };
}

/** The medians of what a process reports beside its one value, such as forward and backward alone. */
function partsOf(results) {
  const names = Object.keys(results[0]?.parts ?? {});
  return Object.fromEntries(names.map((name) => [name, median(results.map(({ parts }) => parts[name]))]));
}
