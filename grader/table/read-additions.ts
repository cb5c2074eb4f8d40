import { describe } from "../../np/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { readRunFile, writeRunFile } from "../grading/run-file.ts";
import { type RosterEntry, readRoster } from "../intake/roster.ts";
import { lateRuleFrom } from "./late.ts";
import type { Additions } from "./marks.ts";
import { readOverrides, readRubric } from "./overrides.ts";

/** Paths and texts, as the command line gives them. */
export interface AdditionFlags {
  readonly roster?: string;
  readonly due?: string;
  readonly late?: string;
  readonly overrides?: string;
  readonly rubric?: string;
}

/** Additions with the text of the late rule, which `run.json` keeps. */
export interface ReadAdditions extends Additions {
  readonly roster: readonly RosterEntry[];
  readonly due: string | null;
  readonly lateText: string | null;
}

/**
 * Reads what people add. All of it is kept in the folder, so that a later call need not repeat it; a
 * table that is given again replaces the one before.
 * @throws RangeError for a table or a text that does not fit
 */
export async function readAdditions(
  folder: string,
  graded: GradedAssignment,
  flags: AdditionFlags,
): Promise<ReadAdditions> {
  const before = readRunFile(folder);
  const due = flags.due === undefined ? (before?.due ?? null) : timeFrom(flags.due);
  const lateText = flags.late ?? before?.late ?? null;
  const late = lateText === null ? null : lateRuleFrom(lateText);
  if (late && due === null)
    throw new RangeError("late needs a deadline: give --due 2026-03-01T23:59:00Z too");
  return {
    roster: flags.roster === undefined ? (before?.roster ?? []) : await readRoster(flags.roster),
    overrides:
      flags.overrides === undefined
        ? (before?.overrides ?? [])
        : await readOverrides(flags.overrides, graded),
    rubric: flags.rubric === undefined ? (before?.rubric ?? []) : await readRubric(flags.rubric, graded),
    due,
    late,
    lateText,
  };
}

/** Keeps roster, deadline, late rule, overrides and rubric scores in a folder's `run.json`. */
export async function writeRunSettings(
  folder: string,
  { roster, due, lateText, overrides = [], rubric = [] }: ReadAdditions,
): Promise<void> {
  const before = readRunFile(folder);
  if (before) await writeRunFile(folder, { ...before, roster, due, late: lateText, overrides, rubric });
}

/** @throws RangeError for a text without a zone: the same text would mean other moments on two machines */
function timeFrom(text: string): string {
  const isWhole = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text.trim());
  const time = Date.parse(text.trim().replace(" ", "T"));
  if (!isWhole || Number.isNaN(time))
    throw new RangeError(
      `due is ${describe(text)}, expected a time with its zone, such as 2026-03-01T23:59:00Z`,
    );
  return new Date(time).toISOString();
}
