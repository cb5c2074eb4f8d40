import { html, type Markup } from "../plots/internal.ts";

/** A table of text: columns of equal width, two spaces apart. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

/** The same table as HTML; cells are text or markup. Text of several lines keeps them. */
export function htmlTable(head: readonly string[], rows: readonly (readonly (string | Markup)[])[]): Markup {
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${linesKept(cell)}</td>`)}</tr>`);
  return html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${body}</tbody></table>`;
}

function linesKept(cell: string | Markup): string | Markup {
  return typeof cell === "string" && cell.includes("\n") ? html`<pre>${cell}</pre>` : cell;
}
