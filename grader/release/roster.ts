import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

const columns = ["student", "student_id", "id", "username", "email"];

/**
 * The students' ids in a class list: a CSV file whose first line names its columns. The id is in the first of the columns
 * student, student_id, id, username and email that is there.
 * @throws RangeError for a file without such a column, without students, with a blank id or with one that is there twice
 */
export function readStudents(path: string): readonly string[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(readFileSync(path, "utf8"), {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("CSV"))
      throw new RangeError(`${path} is not a CSV file: ${(error as Error).message}`);
    throw error;
  }
  const [first] = rows;
  if (!first) throw new RangeError(`${path} lists no students`);
  const column = columns.find((name) => Object.hasOwn(first, name));
  if (column === undefined)
    throw new RangeError(
      `${path} has no column ${columns.join(", ")}; name the column of the ids in its first line`,
    );
  const ids = rows.map((row) => (row[column] as string).normalize("NFC"));
  const blank = ids.indexOf("");
  if (blank >= 0) throw new RangeError(`${path}: student ${blank + 1} has no ${column}`);
  // Some disks take "Ann" and "ann" for one folder.
  const folded = ids.map((id) => id.toLowerCase());
  const twice = folded.findIndex((id, i) => folded.indexOf(id) !== i);
  if (twice >= 0) throw new RangeError(`${path}: ${ids[twice]} is there twice`);
  return ids;
}
