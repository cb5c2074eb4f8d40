import { significant } from "../../np/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import type { ClaimRow, ClaimRun } from "./row.ts";
import { marks } from "./verdict-marks.ts";

/** "10 seeds, 2026-11-29, 257 points of a sawtooth": where the numbers come from. */
export function origin({ seeds, date, dataset, command }: ClaimRun): string {
  if (command === null) return `as of ${date}`;
  const when = date === null ? "computed on every test run" : `${seeds} seeds, ${date}`;
  return dataset === "none" ? when : `${when}, ${dataset}`;
}

/** The slide's own hedge in brackets, or nothing. */
export function hedgeOf({ hedge }: ClaimRow): string {
  return hedge === null ? "" : ` (the slide's hedge: “${hedge}”)`;
}

function claimText(row: ClaimRow): string {
  const { verdict, runs, correctedSlide } = row;
  return [
    `The lecture says: ${row.statement}${hedgeOf(row)}`,
    `${marks[verdict]} ${verdict}`,
    ...runs.map((run) => `  ${run.sentence} (${source(run)})`),
    ...(correctedSlide === null ? [] : [`A corrected slide: ${correctedSlide}`]),
  ].join("\n");
}

function claimHtml(row: ClaimRow): string {
  const { verdict, runs, correctedSlide } = row;
  const corrected =
    correctedSlide === null ? null : html`<p>A corrected slide: <em>${correctedSlide}</em></p>`;
  const found = runs.map(
    (run) =>
      html`<li>${run.sentence}<br><small>${origin(run)}${run.seeds === null ? null : html`; again: <code>${run.command}</code>`}</small>${numbersOf(run)}</li>`,
  );
  return html`<div><p>The lecture says: <strong>${row.statement}</strong>${hedgeOf(row)}</p><p>${marks[verdict]} <strong>${verdict}</strong></p><ul>${found}</ul>${corrected}</div>`
    .text;
}

/** Where the numbers come from, and for a study the command that gives them again. */
function source(run: ClaimRun): string {
  return run.seeds === null ? origin(run) : `${origin(run)}; again: ${run.command}`;
}

/** The measurements of a study as a table that opens; a computation's are all in its sentence. */
function numbersOf({ seeds, numbers }: ClaimRun): Markup | null {
  if (seeds === null) return null;
  const rows = Object.entries(numbers).map(
    ([name, { median, min, max }]) =>
      html`<tr><td>${name}</td>${[median, min, max].map((x) => html`<td>${significant(x, 3)}</td>`)}</tr>`,
  );
  return html`<details><summary>all numbers of the ${seeds} seeds</summary><table><thead><tr><th></th><th>median</th><th>lowest</th><th>highest</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

/** The row, which shows itself as the last expression of a cell. */
export function showing(row: ClaimRow): ClaimRow {
  return shownAs({ ...row }, claimText(row), claimHtml(row));
}

/** The list of rows, which shows all of them. */
export function showingAll(rows: readonly ClaimRow[]): ClaimRow[] {
  return shownAs([...rows], rows.map(claimText).join("\n\n"), rows.map(claimHtml).join("<hr>"));
}

function shownAs<T extends object>(value: T, asText: string, asHtml: string): T {
  const bundle = { "text/html": asHtml, "text/plain": asText };
  Object.defineProperty(value, Symbol.for("Jupyter.display"), { value: () => bundle });
  Object.defineProperty(value, Symbol.for("nodejs.util.inspect.custom"), { value: () => asText });
  Object.defineProperty(value, "toString", { value: () => asText });
  return value;
}
