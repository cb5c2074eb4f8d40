import { type CheckReport, type CheckRow, type FormatOptions, formatReport } from "../../gradcheck/index.ts";
import { finished, formatOptions, noDistance, propertyRow, report, seed } from "../../gradcheck/internal.ts";
import { engine } from "../../np/index.ts";
import {
  argument,
  describe,
  flag,
  type OptionTable,
  settleOptions,
  unknownName,
  withoutDefault,
  yieldToEventLoop,
} from "../../np/internal.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { cases } from "../cases/table.ts";
import { explainThrow } from "../explain/explain.ts";
import { opCases } from "../op-cases/table.ts";
import { checkInTurns } from "./check-case.ts";
import { throwSite } from "./throw-site.ts";
import type { CheckOptions } from "./trial.ts";

/** The rows of the table with these names; without names, all rows. @throws RangeError for a name without a row */
export function casesNamed(names: readonly string[]): readonly Case[] {
  const known = [...new Set(cases.map((row) => row.name))];
  for (const name of names) {
    if (known.includes(name)) continue;
    if (typeof name === "string" && Object.hasOwn(opCases, name))
      throw new RangeError(`${name} is an op of the tape: check it with --ops`);
    throw unknownName("name", name, known);
  }
  return names.length === 0 ? cases : cases.filter((row) => names.includes(row.name));
}

/** The failed row of a case that threw, with the error's message as diagnosis. */
function threw(row: Case, error: unknown, { seed = 0, student }: CheckOptions): CheckRow[] {
  const message =
    error instanceof Error ? `${error.name}: ${error.message}${throwSite(error)}` : String(error);
  const place = row.optimizer ? null : explainThrow({ row, seed, student });
  const diagnosis = [message, place].filter(Boolean).join("\n");
  return [propertyRow(caseTitle(row), "no error", noDistance, [], diagnosis)];
}

/**
 * Checks one case with pauses; an error becomes a failed row.
 * @throws RangeError for an engine that does not exist or is not available: that is no fault of the case
 */
function* attempt(row: Case, options: CheckOptions): Generator<void, readonly CheckRow[]> {
  engine();
  try {
    return yield* checkInTurns(row, options);
  } catch (error) {
    return threw(row, error, options);
  }
}

/** The command that repeats the check of these rows. */
function command(
  names: readonly string[],
  { seed = 0, full = false, directional = false }: CheckOptions,
): string {
  const flags = [full && "--full", directional && "--directional", `--seed ${seed}`].filter(Boolean);
  return ["npx chalk-and-tape gradcheck", ...names, ...flags].join(" ");
}

/** Runs rows of the case table: chalk, tape and finite differences against each other. */
export async function checkCases(
  names: readonly string[] = [],
  options: CheckOptions & {
    readonly onCase?: (row: Case, rows: readonly CheckRow[], done: number, total: number) => void;
  } = {},
): Promise<CheckReport> {
  const results: CheckRow[] = [];
  const chosen = casesNamed(names);
  for (const [i, row] of chosen.entries()) {
    const steps = attempt(row, { named: names.length > 0, ...options });
    let step = steps.next();
    while (!step.done) {
      await yieldToEventLoop();
      step = steps.next();
    }
    for (const found of step.value) results.push(found);
    options.onCase?.(row, step.value, i + 1, chosen.length);
  }
  return report(results, options.seed ?? 0, command(names, options));
}

/** What a student may choose; the rows say the rest. */
const ownOptions: OptionTable<CheckOptions & FormatOptions & { readonly quiet?: boolean }> = {
  seed,
  full: flag(false),
  directional: flag(false),
  named: flag(false),
  explained: flag(true),
  student: withoutDefault(argument<StudentClass>("function", "a class", (x) => typeof x === "function")),
  ...formatOptions,
  quiet: flag(false),
};

/**
 * Checks your own class in place of chalk's, on every row of that name: `check("Linear", MyLinear)`
 * prints a report and returns it. Your class extends `Layer` (or `Optimizer`) and takes the same
 * constructor arguments as chalk's.
 */
export function check(
  name: string,
  student: StudentClass,
  options: CheckOptions & FormatOptions & { readonly quiet?: boolean } = {},
): CheckReport {
  if (typeof student !== "function" || !student.prototype) {
    const given = typeof student === "function" ? "an arrow function" : describe(student);
    throw new TypeError(`check: expected the class itself, got ${given}; call check("Linear", MyLinear)`);
  }
  const settled = settleOptions("check", { name: "check", positional: {}, options: ownOptions }, options);
  const rows = casesNamed([name]).flatMap((row) => finished(attempt(row, { ...options, student })));
  const { seed, full, directional, table, brief, quiet } = settled;
  const given = [`seed: ${seed}`, full && "full: true", directional && "directional: true"].filter(Boolean);
  const again = `check("${name}", ${student.name || "YourClass"}, { ${given.join(", ")} })`;
  const found = report(rows, seed, again);
  if (!quiet) console.log(formatReport(found, { table, brief }));
  return found;
}
