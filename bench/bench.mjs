import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pace } from "./pace.mjs";
import { workOf } from "./problems/work.mjs";
import { writeProblem } from "./problems/write-problem.mjs";
import { machine } from "./report/machine.mjs";
import { summarize } from "./report/summarize.mjs";
import { runRounds } from "./rounds.mjs";

/**
 * Runs every job with every contender that can; `{ machine, contenders, jobs }`, ready for JSON. `onResult(job, contender, result, round)`
 * hears of every process, `onJob(figures)` of every finished job.
 */
export async function bench(jobs, contenders, { quick, onResult, onJob, ...options }) {
  const folder = mkdtempSync(join(tmpdir(), "chalk-bench-"));
  const report = { machine: machine(), contenders: contenders.map(described), jobs: [] };
  try {
    for (const job of jobs) {
      const { name, unit, tolerances, tooSlow, noise, prepare, ...rest } = job;
      if (job.model) writeProblem(folder, job);
      const spec = { ...rest, ...pace(quick), folder, ...prepare?.(folder, quick) };
      const told = (...event) => onResult?.(job, ...event);
      const runs = await runRounds(job, contenders, spec, { ...options, onResult: told });
      const figures = { ...summarize(job, runs), work: job.model ? workOf(job) : null };
      report.jobs.push(figures);
      onJob?.(figures);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

const described = ({ name, what, absent }) => (absent ? { name, absent } : { name, what });

/** Whether a figure does not count, or one of ours could not run: then the command fails. */
export const hasFailed = ({ jobs }) =>
  jobs.some(({ rows }) => rows.some(({ doesNotCount, ours, failed }) => doesNotCount || (ours && failed)));
