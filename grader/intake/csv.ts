import { readFileSync } from "node:fs";
import { describe } from "../../np/internal.ts";

/** One line of a table, by the names of its columns. */
export interface CsvRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Reads a CSV file whose first line names the columns.
 * @throws RangeError with the line, for a file that is no table, misses a column or has an unknown one
 */
export async function readCsv(
  path: string,
  columns: { readonly needed: readonly string[]; readonly optional: readonly string[] },
): Promise<readonly CsvRow[]> {
  const { parse } = await import("csv-parse/sync");
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(readFileSync(path, "utf8"), {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as typeof rows;
  } catch (error) {
    throw new RangeError(`${path}: ${(error as Error).message}`);
  }
  const known = [...columns.needed, ...columns.optional];
  const found = Object.keys(rows[0]?.record ?? {});
  const [unknown] = found.filter((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`${path}: unknown column ${describe(unknown)}; expected ${known.join(", ")}`);
  const missing = columns.needed.filter((name) => rows.length > 0 && !found.includes(name));
  if (missing.length > 0) throw new RangeError(`${path}: the column ${missing.join(", ")} is missing`);
  return rows.map(({ record, info }) => ({ line: info.lines, fields: record }));
}

/** @throws RangeError with the line, for a field that is no number */
export function numberIn(path: string, { line, fields }: CsvRow, column: string): number {
  const value = Number(fields[column]);
  if (fields[column] === "" || !Number.isFinite(value))
    throw new RangeError(
      `${path}, line ${line}: ${column} is ${describe(fields[column])}, expected a number`,
    );
  return value;
}
