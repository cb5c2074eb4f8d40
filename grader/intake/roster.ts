import { describe } from "../../np/internal.ts";
import { numberIn, readCsv } from "./csv.ts";
import { readTimestamp } from "./timestamp.ts";

/** A student of the class, as `roster.csv` has them. */
export interface RosterEntry {
  readonly student: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** The name of the student's folder or file in the archive, with `*` for any letters; "" for the student's id. */
  readonly file: string;
  /** More hours until it is late. */
  readonly extension: number;
  /** ISO; null where the archive says it, or nothing does. */
  readonly handedIn: string | null;
}

const optional = ["name", "first_name", "last_name", "email", "file", "extension", "handed_in"];

/**
 * Reads `roster.csv`: the column student, and perhaps name ("Doe, Jane" or "Jane Doe") or first_name
 * and last_name, email, file, extension (hours) and handed_in.
 * @throws RangeError for a table that does not fit
 */
export async function readRoster(path: string): Promise<readonly RosterEntry[]> {
  const entries = new Map<string, RosterEntry>();
  for (const row of await readCsv(path, { needed: ["student"], optional })) {
    const { student = "", email = "", file = "", extension = "", handed_in = "" } = row.fields;
    if (student === "") throw new RangeError(`${path}, line ${row.line}: student is empty`);
    if (entries.has(student))
      throw new RangeError(`${path}, line ${row.line}: student ${describe(student)} is there twice`);
    const handedIn = handed_in === "" ? null : readTimestamp(handed_in.replace(/Z$/, " UTC"));
    if (handed_in !== "" && handedIn === null)
      throw new RangeError(
        `${path}, line ${row.line}: handed_in is ${describe(handed_in)}, expected 2026-03-01 23:59:00 UTC`,
      );
    const hours = extension === "" ? 0 : numberIn(path, row, "extension");
    if (hours < 0)
      throw new RangeError(`${path}, line ${row.line}: extension is ${hours}, expected at least 0`);
    entries.set(student, { student, ...namesIn(row.fields), email, file, extension: hours, handedIn });
  }
  return [...entries.values()];
}

function namesIn(fields: Readonly<Record<string, string>>): { firstName: string; lastName: string } {
  const { name = "", first_name = "", last_name = "" } = fields;
  if (first_name !== "" || last_name !== "") return { firstName: first_name, lastName: last_name };
  const comma = name.indexOf(",");
  if (comma >= 0) return { firstName: name.slice(comma + 1).trim(), lastName: name.slice(0, comma).trim() };
  const space = name.lastIndexOf(" ");
  return space < 0
    ? { firstName: "", lastName: name }
    : { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}

/** The entry for a folder or file of the archive: by its pattern, else by the student's id. */
export function entryFor(
  roster: readonly RosterEntry[],
  group: string,
  student: string,
): RosterEntry | undefined {
  return (
    roster.find(({ file }) => file !== "" && fits(file, group)) ??
    roster.find((entry) => entry.student === student)
  );
}

/** Whether a name fits a pattern with `*`. Nothing else in the pattern has a meaning. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return name === pattern || name.startsWith(`${pattern}.`);
  if (!name.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() as string;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - at >= last.length && name.endsWith(last);
}
