import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pace } from "./pace.mjs";
import { goalsReached } from "./report/goals.mjs";
import { machine } from "./report/machine.mjs";
import { summarize } from "./report/summarize.mjs";
import { runRounds } from "./rounds.mjs";

/**
 * Runs every job with every contender that can; `{ machine, contenders, jobs, goals }`, ready for JSON. `onResult(job, contender, result,
 * round)` hears of every process, `onJob(figures)` of every finished job.
 */
export async function bench(jobs, contenders, { onResult, onJob, ...options }) {
  const folder = mkdtempSync(join(tmpdir(), "chalk-bench-"));
  const report = { machine: machine(), contenders: contenders.map(described), jobs: [] };
  try {
    for (const job of jobs) {
      const told = (...event) => onResult?.(job, ...event);
      report.jobs.push(await runJob(job, contenders, folder, { ...options, onResult: told }));
      onJob?.(report.jobs.at(-1));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { ...report, goals: goalsReached(report.jobs) };
}

async function runJob(job, contenders, folder, { quick, ...options }) {
  const { prepare, obstacle, work, name, unit, tolerances, tooSlow, noise, gains, axes, ...rest } = job;
  const missing = obstacle?.() ?? null;
  const more = missing ? {} : await prepare?.(folder, job);
  const spec = { ...rest, ...pace(quick), folder, ...more };
  const figures = summarize(job, await runRounds({ ...job, missing }, contenders, spec, options));
  return work ? { ...figures, axes, work: work(job) } : figures;
}

const described = ({ name, what, absent }) => (absent ? { name, absent } : { name, what });

/** Whether a figure does not count, or one of ours could not run: then the command fails. */
export const hasFailed = ({ jobs }) =>
  jobs.some(({ rows }) => rows.some(({ doesNotCount, ours, failed }) => doesNotCount || (ours && failed)));
