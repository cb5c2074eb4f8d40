import type { CheckReport, CheckRow, FormatOptions } from "../../gradcheck/index.ts";
import {
  finished,
  formatOptions,
  noDistance,
  propertyRow,
  report,
  seed,
  shownOnce,
} from "../../gradcheck/internal.ts";
import { engine, type NDArray } from "../../np/index.ts";
import {
  argument,
  describe,
  didYouMean,
  flag,
  type OptionTable,
  settleOptions,
  withoutDefault,
  yieldToEventLoop,
} from "../../np/internal.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { scheduleCases, schedulesNamed } from "../cases/schedule-cases.ts";
import { cases } from "../cases/table.ts";
import { explainThrow } from "../explain/explain.ts";
import { ownSides, studentSides } from "../subjects/start.ts";
import { checkInTurns } from "./check-case.ts";
import { checkOwn, type Own, type OwnOptions } from "./check-own.ts";
import { checkScheduleRow } from "./check-schedule-row.ts";
import { checkStepClass, isStepClass, type StepClass, type StepClassOptions } from "./check-step-class.ts";
import {
  casesNamed,
  chooseAmong,
  chooseRows,
  isSchedule,
  type RowChoice,
  type RowInfo,
  rowChoice,
  rowsOf,
} from "./choose-rows.ts";
import { habitNotes, optimizerNotes } from "./optimizer-habits.ts";
import { throwSite } from "./throw-site.ts";
import type { CheckOptions } from "./trial.ts";
import { listCommand } from "./unlisted-name.ts";

/** The failed row of a case that threw, with the error's message as diagnosis. */
function threw(row: Case, error: unknown, { seed = 0, student }: CheckOptions): CheckRow[] {
  const message =
    error instanceof Error ? `${error.name}: ${error.message}${throwSite(error)}` : String(error);
  const place = row.optimizer
    ? null
    : explainThrow(row, seed, () => (student ? studentSides(row, seed, student) : ownSides(row, seed)));
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

/** Options for a class of the catalogue. */
export interface ClassOptions extends CheckOptions, FormatOptions {
  /** Which rows to run: "basic" (default), "all", or their titles, as `check.rows(name)` lists them. */
  readonly rows?: RowChoice;
  /** Whether to suppress printing the report; default false. */
  readonly quiet?: boolean;
}

/** @throws RangeError for a name that the catalogue does not have, with the way to check a class without one */
function expectCatalogued(name: string, student: StudentClass): void {
  const known = [...new Set([...cases, ...scheduleCases].map((row) => row.name))];
  if (known.includes(name)) return;
  throw new RangeError(
    `unknown name "${name}"${didYouMean(name, known) || "."} A class that is not in the catalogue is checked without a name: check(() => new ${student.name || "MyClass"}(…)). ${listCommand}`,
  );
}

/** What a student may choose; the rows say the rest. */
const classOptions: OptionTable<ClassOptions> = {
  seed,
  rows: withoutDefault(rowChoice),
  full: flag(false),
  start: flag(false),
  directional: flag(false),
  named: flag(false),
  explained: flag(true),
  student: withoutDefault(argument<StudentClass>("function", "a class", (x) => typeof x === "function")),
  ...formatOptions,
  quiet: flag(false),
};

const stepClassOptions: OptionTable<StepClassOptions> = {
  args: withoutDefault(argument<readonly unknown[]>("list", "a list of arguments", Array.isArray)),
  seed,
  ...formatOptions,
  quiet: flag(false),
};

/** The rows of one class, with the student's in place of chalk's. */
function checkClass(name: string, student: StudentClass, options: ClassOptions): CheckReport {
  if (typeof student !== "function" || !student.prototype) {
    const given = typeof student === "function" ? "an arrow function" : describe(student);
    throw new TypeError(`check: expected the class itself, got ${given}; call check("Linear", MyLinear)`);
  }
  const settled = settleOptions("check", { name: "check", positional: {}, options: classOptions }, options);
  const { seed, full, directional, rows: choice = "basic" } = settled;
  if (!isSchedule(name)) expectCatalogued(name, student);
  const { rows, notes, left } = isSchedule(name)
    ? scheduleRows(name, student, choice)
    : caseRows(name, student, options, choice);
  const named = typeof choice === "string" ? `"${choice}"` : JSON.stringify(choice);
  const given = [
    `seed: ${seed}`,
    choice !== "basic" && `rows: ${named}`,
    full && "full: true",
    directional && "directional: true",
  ].filter(Boolean);
  const yours = student.name || "YourClass";
  const again = `check("${name}", ${yours}, { ${given.join(", ")} })`;
  const more = `${left} more ${left === 1 ? "row is" : "rows are"} about options and special shapes and values: check("${name}", ${yours}, { rows: "all" }); check.rows("${name}") lists them`;
  const found = { ...report(rows, seed, again), notes: [...notes, ...(left > 0 ? [more] : [])] };
  const { table, brief, hints, quiet } = settled;
  return shownOnce(found, { table, brief, hints, quiet });
}

/** The results of the chosen rows, what was assumed or left out, and how many rows were not chosen. */
interface ClassResults {
  readonly rows: readonly CheckRow[];
  readonly notes: readonly string[];
  readonly left: number;
}

/** A layer, a loss, a network or an optimizer. */
function caseRows(
  name: string,
  student: StudentClass,
  options: ClassOptions,
  choice: RowChoice,
): ClassResults {
  const { seed = 0 } = options;
  const chosen = chooseRows(name, choice);
  const rows = chosen.flatMap((row) => finished(attempt(row, { ...options, student })));
  const isRight = rows.every(({ verdict }) => verdict === "agree");
  const notes = [
    ...assumptions(student, chosen, seed),
    ...(isRight ? optimizerNotes(chosen, seed, student) : []),
  ];
  return { rows, notes, left: casesNamed([name]).length - chosen.length };
}

function scheduleRows(name: string, student: StudentClass, choice: RowChoice): ClassResults {
  const all = schedulesNamed(name);
  const chosen = chooseAmong(name, all, choice);
  const found = chosen.map((row) => checkScheduleRow(row, student));
  const rows = found.flatMap((one) => one.rows);
  return { rows, notes: habitNotes(found), left: all.length - chosen.length };
}

/** What was assumed about the class. */
function assumptions(student: StudentClass, chosen: readonly Case[], seed: number): string[] {
  const assumed = chosen.flatMap((row) => {
    try {
      return row.optimizer ? [] : studentSides(row, seed, student).notes;
    } catch {
      return []; // the row's own report says what went wrong
    }
  });
  const names = [...new Set(assumed)].join("; ");
  return names ? [`Assumed: ${names}`] : [];
}

/**
 * Checks your own code, prints a report and returns it.
 *
 * `check("Linear", MyLinear)` compares a class with ours, row by row: by default the basic rows, which take
 * the constructor arguments that the lecture uses. It may extend `Layer` or nothing, and name and initialise its parameters as it likes.
 *
 * `check(layer)` or `check(layer, [x])` checks any layer, loss, network, module or function by finite differences;
 * `check(() => new Scale(3))` also makes new objects of it. `check(Lion, { args: [{ lr: 0.1 }] })` checks an
 * optimizer or a schedule outside the catalogue for what any right one does.
 * @throws RangeError for a name that is not in the catalogue, TypeError for what cannot be checked
 */
function checkAny(own: StepClass, options?: StepClassOptions): CheckReport;
function checkAny(own: Own, inputs?: readonly NDArray[], options?: OwnOptions): CheckReport;
function checkAny(name: string, student: StudentClass, options?: ClassOptions): CheckReport;
function checkAny(
  what: string | Own | StepClass,
  given?: StudentClass | StepClassOptions | readonly NDArray[],
  options: ClassOptions & OwnOptions = {},
): CheckReport {
  if (isStepClass(what)) {
    const contract = { name: "check", positional: {}, options: stepClassOptions };
    const { args, seed, ...shown } = settleOptions("check", contract, (given ?? {}) as StepClassOptions);
    return shownOnce(checkStepClass(what, { ...(args && { args }), seed }), shown);
  }
  return typeof what === "string"
    ? checkClass(what, given as StudentClass, options)
    : checkOwn(what, given as readonly NDArray[] | undefined, options);
}

/** `check`, and the list of rows of a class: `check.rows("Conv2d")`. */
export const check: typeof checkAny & { readonly rows: (name: string) => readonly RowInfo[] } = Object.assign(
  checkAny,
  { rows: rowsOf },
);
