import { formatShape } from "../../np/index.ts";
import { expectArgument, settleOptions } from "../../np/internal.ts";
import { checkReport, formatOptions } from "../contracts.ts";
import { adviceLines, type Hints } from "../diagnosis/advice.ts";
import type { CheckReport, CheckRow } from "./report.ts";
import {
  columnNames,
  grouped,
  isGradient,
  mark,
  plain,
  reportTable,
  scientific,
  witnessOrder,
} from "./report-table.ts";

/**
 * Formats rows as lines with aligned columns: the first two left-aligned, the others right-aligned.
 */
function aligned(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    return `${indent}${cells.join("  ")}`.trimEnd();
  });
}

function table(group: readonly CheckRow[]): string[] {
  const { head, lines, notes, properties } = reportTable(group);
  const all = [head, ...lines.map(({ cells }) => cells)];
  const rest = properties.map((row) => `${mark(row)} ${row.quantity}`);
  return [
    ...(lines.length > 0 ? aligned(all, "    ") : []),
    ...notes.map((note) => `    ${note}`),
    ...(rest.length > 0 ? [`    ${rest.join("   ")}`] : []),
  ];
}

/** Rows that are printed first: causes before consequences, since a changed input makes everything else wrong. */
const first = ["no error", "parameters", "equal start", "inputs unchanged", "forward"];
function rank(row: CheckRow): number {
  const at = first.indexOf(row.quantity);
  return at < 0 ? first.length : at;
}

/** The lines on a wrong row: where, each witness's value, and what to look at, as far as `hints` allows. */
function failure(row: CheckRow, hints: Hints): string[] {
  const numbers = witnessOrder.flatMap((w) => {
    const value = row.worst[w];
    return value === null || value === undefined ? [] : [`${columnNames[w]} ${value.toPrecision(10)}`];
  });
  const where =
    numbers.length > 0 ? [`      at [${row.worst.index.join(", ")}]: ${numbers.join("   ")}`] : [];
  const alignment = hints === "where" ? "" : `, cosine ${plain(row.cosine)}, ratio ${plain(row.ratio)}`;
  const fit =
    row.ratio === null
      ? []
      : [`      max abs ${scientific(row.maxAbsolute)}, max rel ${scientific(row.maxRelative)}${alignment}`];
  const says = adviceLines(row, hints).map((line) => `      ${line}`);
  const about =
    row.ratio === null && row.shape.length === 0 ? "" : ` ${formatShape(row.shape)}: ${row.verdict}`;
  return [`    ✗ ${row.quantity}${about}`, ...says, ...where, ...fit];
}

/** Whether no earlier case has failed in the same way: the same mistake in the same gradient, or the same message. */
function isNew({ quantity, cause, diagnosis }: CheckRow, seen: Set<string>): boolean {
  const key = `${quantity}: ${cause && cause !== "unknown" ? cause : diagnosis}`;
  const isFirst = !seen.has(key);
  seen.add(key);
  return isFirst;
}

/** The line on a row whose failure has been explained. */
function again({ quantity, shape }: CheckRow): string[] {
  return [`    ✗ ${quantity} ${formatShape(shape)}: as above`];
}

/** The names of gradients, or their number if there are more than 12. */
function quantities(rows: readonly CheckRow[]): string {
  return rows.length > 12 ? `${rows.length} gradients` : rows.map((row) => row.quantity).join(", ");
}

/** Options for a report in the terminal. */
export interface FormatOptions {
  /**
   * Whether to show a table of every gradient of every case; by default, a passing case is one
   * line.
   */
  readonly table?: boolean;
  /** Names, such as `add`, whose cases are shown as one line if all pass; default none. */
  readonly brief?: readonly string[];
  /**
   * How much the report gives away: "where" (which gradient, which elements), "what" (also what
   * they look like) or "cure" (also what to write); default "cure".
   */
  readonly hints?: Hints;
}

/**
 * Formats the report for a terminal: a line or a table for each case, every failure with its
 * numbers, and how to repeat it.
 */
export function formatReport(report: CheckReport, options: FormatOptions = {}): string {
  expectArgument("formatReport", "report", checkReport, report);
  const contract = { name: "formatReport", positional: {}, options: formatOptions };
  const { table: all, brief, hints } = settleOptions("formatReport", contract, options);
  const { rows, passed, failed, kinks, seed, repeat, notes = [] } = report;
  const seen = new Set<string>();
  const lines = [...grouped(shortened(rows, brief))].flatMap(([title, group]) => {
    const wrong = group.filter((row) => row.verdict !== "agree").sort((a, b) => rank(a) - rank(b));
    const gradients = group.filter(isGradient);
    const largest = Math.max(0, ...gradients.map((row) => row.maxRelative));
    const right =
      gradients.length > 0
        ? `${quantities(gradients)}; largest relative error ${scientific(largest)}`
        : `${group.length} checks`;
    const head = wrong.length > 0 ? `✗ ${title}` : `✓ ${title}${all ? "" : `  (${right})`}`;
    const said = wrong.flatMap((row) => (isNew(row, seen) ? failure(row, hints) : again(row)));
    return [head, ...(all ? table(group) : []), ...said];
  });
  const verdict = failed === 0 ? `${passed} checks passed` : `${failed} of ${passed + failed} checks failed`;
  const bends = kinks > 0 ? `, ${kinks} element${kinks === 1 ? "" : "s"} near or on a kink` : "";
  const repeated = failed > 0 ? `\nTo see it again: ${repeat}` : "";
  return [...lines, `${verdict}${bends} (seed ${seed})${repeated}`, ...notes].join("\n");
}

/** Merges all cases of a brief name into one, if none of them is wrong. */
function shortened(rows: readonly CheckRow[], brief: readonly string[]): readonly CheckRow[] {
  const nameOf = ({ case: title }: CheckRow): string => title.split(":")[0] as string;
  const titles = new Map(brief.map((name) => [name, new Set<string>()]));
  for (const row of rows) titles.get(nameOf(row))?.add(row.case);
  for (const row of rows) if (row.verdict !== "agree") titles.delete(nameOf(row));
  return rows.map((row) => {
    const all = titles.get(nameOf(row));
    return all ? { ...row, case: `${nameOf(row)}: ${all.size} cases` } : row;
  });
}
