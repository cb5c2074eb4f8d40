/** Lines of a CSV file. Fields that begin with =, +, -, @, a tab or a return get an apostrophe in front. */
export async function toCsv(rows: readonly (readonly (string | number)[])[]): Promise<string> {
  const { stringify } = await import("csv-stringify/sync");
  const texts = rows.map((row) => row.map((field) => (typeof field === "string" ? field : String(field))));
  return stringify(texts, { escape_formulas: true });
}
