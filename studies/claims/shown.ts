import { html } from "../../plots/internal.ts";
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
  const { statement, verdict, sentence, runs, correctedSlide } = row;
  return [
    statement + hedgeOf(row),
    `${marks[verdict]} ${verdict}: ${sentence}`,
    ...runs.map((run) => `  ${origin(run)}${run.command === null ? "" : `; ${run.command}`}`),
    ...(correctedSlide === null ? [] : [`A corrected slide: ${correctedSlide}`]),
  ].join("\n");
}

function claimHtml(row: ClaimRow): string {
  const { statement, verdict, sentence, runs, correctedSlide } = row;
  const origins = runs.map(
    (run) =>
      html`<li>${origin(run)}${run.command === null ? null : html`: <code>${run.command}</code>`}</li>`,
  );
  const corrected =
    correctedSlide === null ? null : html`<p>A corrected slide: <em>${correctedSlide}</em></p>`;
  return html`<div><p><strong>${statement}</strong>${hedgeOf(row)}</p><p>${marks[verdict]} <strong>${verdict}</strong>: ${sentence}</p><ul>${origins}</ul>${corrected}</div>`
    .text;
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
