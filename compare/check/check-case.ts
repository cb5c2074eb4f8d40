import type { CheckReport, CheckRow } from "../../gradcheck/index.ts";
import { finished, report } from "../../gradcheck/internal.ts";
import type { Case } from "../cases/case.ts";
import { checkOptimizer } from "./check-optimizer.ts";
import { type Findings, stages } from "./stages.ts";
import { beginTrial, type CheckOptions } from "./trial.ts";

/**
 * Checks one row of the table: equal start, equal forward, every gradient of chalk = tape =
 * finite differences with a random signed dy, and the properties of a right backward.
 */
export function checkCase(row: Case, options: CheckOptions = {}): CheckReport {
  const { seed = 0 } = options;
  return report(finished(checkInTurns(row, options)), seed, `checkCase(…, { seed: ${seed} })`);
}

/** The same as a generator that pauses, so that an asynchronous caller can yield to the event loop: large networks take seconds. */
export function* checkInTurns(row: Case, options: CheckOptions = {}): Generator<void, readonly CheckRow[]> {
  const { seed = 0, student } = options;
  if (row.optimizer) return checkOptimizer(row, row.optimizer, seed, student);
  const trial = yield* beginTrial(row, options);
  const found: Findings = { rows: [], properties: [], gradients: new Map(), stop: false };
  for (const stage of stages) {
    const pauses = stage(trial, found);
    if (pauses) yield* pauses;
    if (found.stop) break;
    yield;
  }
  return [...found.rows, ...found.properties];
}
