import { random } from "../../np/index.ts";
import { argument, describe, type Required, unknownName } from "../../np/internal.ts";
import { argumentText } from "../cases/argument-text.ts";
import type { Case } from "../cases/case.ts";
import { scheduleCases, schedulesNamed, scheduleText } from "../cases/schedule-cases.ts";
import { cases } from "../cases/table.ts";
import { opCases } from "../op-cases/table.ts";
import { unlistedName } from "./unlisted-name.ts";

/** Which rows of a class to check: the basic ones, all, or those with these titles. */
export type RowChoice = "basic" | "all" | readonly string[];

/** "basic", "all" or titles; whether the titles exist depends on the class. */
export const rowChoice: Required<RowChoice> = argument<RowChoice>(
  "list",
  '"basic", "all" or a list of titles',
  (x) => x === "basic" || x === "all" || (Array.isArray(x) && x.every((title) => typeof title === "string")),
);

/** One row of a class in the table, as `check.rows` lists it. */
export interface RowInfo {
  /** Its title, for `{ rows: [title] }`. */
  readonly row: string;
  /** Whether `check` runs it by default. */
  readonly basic: boolean;
  /** How it builds the class: the constructor's arguments that it must take. */
  readonly builds: string;
  readonly points: number;
}

/** The rows of the table with these names; without names, all rows. @throws RangeError for a name without a row */
export function casesNamed(names: readonly string[]): readonly Case[] {
  const known = [...new Set(cases.map((row) => row.name))];
  for (const name of names) {
    if (known.includes(name)) continue;
    if (isSchedule(name))
      throw new RangeError(`${name} is a schedule: check("${name}", YourClass) compares a class with it`);
    if (Object.hasOwn(opCases, name))
      throw new RangeError(`${name} is an op of the tape: check it with --ops`);
    throw unlistedName("name", name, [...known, ...new Set(scheduleCases.map((row) => row.name))]);
  }
  return names.length === 0 ? cases : cases.filter((row) => names.includes(row.name));
}

/** Whether a name is of a schedule in the catalogue. */
export function isSchedule(name: string): boolean {
  return scheduleCases.some((row) => row.name === name);
}

/** What the rows of layers, optimizers and schedules have in common. */
type AnyRow = Pick<Case, "what" | "basic" | "points">;

/** Whether `check` runs a row by default: it is marked, or none of its class is and it is the first. */
function isBasic(row: AnyRow, all: readonly AnyRow[]): boolean {
  return row.basic ?? (row === all[0] && all.every(({ basic }) => basic === undefined));
}

/** The chosen rows of one class. @throws RangeError for a title that no row has */
export function chooseRows(name: string, choice: RowChoice): readonly Case[] {
  return chooseAmong(name, casesNamed([name]), choice);
}

/** The same of rows that need not be in the case table. */
export function chooseAmong<Row extends AnyRow>(
  name: string,
  all: readonly Row[],
  choice: RowChoice,
): readonly Row[] {
  if (choice === "all") return all;
  if (choice === "basic") return all.filter((row) => isBasic(row, all));
  if (choice.length === 0)
    throw new RangeError(`check: rows is an empty list; check.rows("${name}") lists the titles`);
  const titles = all.map(({ what }) => what);
  for (const title of choice) if (!titles.includes(title)) throw unknownName("row", title, titles);
  return all.filter(({ what }) => choice.includes(what));
}

/** The rows of a class: their titles, and what each needs from the class. */
export function rowsOf(name: string): readonly RowInfo[] {
  if (isSchedule(name)) return infos(schedulesNamed(name), scheduleText);
  return infos(casesNamed([name]), (row) =>
    row.optimizer ? `new ${name}(parameters, ${argumentText(row.optimizer.options ?? {})})` : built(row),
  );
}

function infos<Row extends AnyRow>(all: readonly Row[], builds: (row: Row) => string): RowInfo[] {
  return all.map((row) => ({
    row: row.what,
    basic: isBasic(row, all),
    builds: builds(row),
    points: row.points ?? 1,
  }));
}

/** `new Linear(5, 3, { rng })` */
function built({ name, args }: Case): string {
  if (!args) return `new ${name}(…), with parts of its own`;
  return `new ${name}(${args(random(0)).map(shown).join(", ")})`;
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return describe(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return describe(value);
  const fields = Object.entries(value).map(([key, one]) => (key === "rng" ? key : `${key}: ${shown(one)}`));
  return `{ ${fields.join(", ")} }`;
}
