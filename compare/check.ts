import { breathe } from "../training/index.ts";
import { type Case, cases, type StudentClass } from "./cases.ts";
import { type CaseResult, type CheckOptions, checkCase, checkInTurns } from "./check-case.ts";
import type { CheckRow } from "./check-row.ts";
import { formatCheck } from "./format-check.ts";
import { unknownName } from "./unknown-name.ts";

/** The outcome of a check, as `gradcheck --json` prints it. */
export interface CheckReport {
  readonly rows: readonly CheckRow[];
  readonly passed: number;
  readonly failed: number;
  /** Elements near which the function bends, so that the differences were taken with a smaller step. */
  readonly kinks: number;
  readonly seed: number;
}

/** The rows of the table with these names; all of them without a name. @throws RangeError for a name that has no row */
export function casesNamed(names: readonly string[]): readonly Case[] {
  const known = [...new Set(cases.map((row) => row.name))];
  for (const name of names) {
    if (known.includes(name)) continue;
    throw unknownName("name", name, known);
  }
  return names.length === 0 ? cases : cases.filter((row) => names.includes(row.name));
}

/** A row that threw is a row that failed: its message becomes the diagnosis. */
function threw(row: Case, error: unknown): CaseResult {
  const worst = { index: [], manual: null, autograd: null, numerical: null };
  const numbers = { shape: [], maxAbsolute: Number.NaN, maxRelative: Number.NaN, worst };
  const diagnosis = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const title = `${row.name}: ${row.what}`;
  return {
    rows: [{ case: title, quantity: "no error", ...numbers, verdict: "disagree", diagnosis }],
    kinks: 0,
  };
}

function attempt(row: Case, options: CheckOptions): CaseResult {
  try {
    return checkCase(row, options);
  } catch (error) {
    return threw(row, error);
  }
}

/** Like `attempt`, for loops that must answer Ctrl-C. */
async function attemptInTurns(row: Case, options: CheckOptions): Promise<CaseResult> {
  try {
    const steps = checkInTurns(row, options);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await breathe();
    }
  } catch (error) {
    return threw(row, error);
  }
}

function summary(results: readonly CaseResult[], seed: number): CheckReport {
  const rows = results.flatMap((result) => result.rows);
  const passed = rows.filter((row) => row.verdict === "agree").length;
  const kinks = results.reduce((sum, result) => sum + result.kinks, 0);
  return { rows, passed, failed: rows.length - passed, kinks, seed };
}

/** Runs rows of the case table: chalk, tape and finite differences against each other. */
export async function checkCases(
  names: readonly string[] = [],
  options: CheckOptions & {
    readonly onCase?: (row: Case, result: CaseResult, done: number, total: number) => void;
  } = {},
): Promise<CheckReport> {
  const results: CaseResult[] = [];
  const chosen = casesNamed(names);
  for (const row of chosen) {
    const result = await attemptInTurns(row, options);
    results.push(result);
    options.onCase?.(row, result, results.length, chosen.length);
    await breathe();
  }
  return summary(results, options.seed ?? 0);
}

/**
 * Checks a class of your own in chalk's place, on every row of that name: `check("Linear", MyLinear)` prints a table and returns it.
 * Your class extends `Layer` (or `Optimizer`), and takes the arguments of chalk's.
 */
export function check(
  name: string,
  student: StudentClass,
  options: CheckOptions & { readonly quiet?: boolean } = {},
): CheckReport {
  if (typeof student !== "function") {
    throw new TypeError(
      `check: expected the class itself, got ${student === null ? "null" : typeof student}; call check("Linear", MyLinear)`,
    );
  }
  const report = summary(
    casesNamed([name]).map((row) => attempt(row, { ...options, student })),
    options.seed ?? 0,
  );
  if (!options.quiet) console.log(formatCheck(report));
  return report;
}
