import { expectArgument, settleOptions } from "../../np/internal.ts";
import { checkReport, formatOptions } from "../contracts.ts";
import { adviceLines, type Hints } from "../diagnosis/advice.ts";
import type { FormatOptions } from "./format-report.ts";
import type { CheckReport, CheckRow } from "./report.ts";
import { grouped, mark, reportTable } from "./report-table.ts";

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] as string);
}

const colours = { "✓": "#1a7f37", "✗": "#cf222e" } as const;
/** Escapes text and colours its marks. */
function marked(text: string): string {
  return escaped(text).replace(
    /[✓✗]/g,
    (sign) => `<span style="color:${colours[sign as keyof typeof colours]};font-weight:bold">${sign}</span>`,
  );
}

const style = "text-align:left;white-space:nowrap;padding:2px 14px 2px 0;font-family:ui-monospace,monospace";
function tableRow(cells: readonly string[], tag: "td" | "th"): string {
  return `<tr>${cells.map((text) => `<${tag} style="${style}">${marked(text)}</${tag}>`).join("")}</tr>`;
}

/** A paragraph on what is wrong with one row. */
function failure(row: CheckRow, hints: Hints): string {
  if (row.verdict === "agree") return "";
  const says = adviceLines(row, hints).map(escaped).join("<br>");
  return `<p style="margin:4px 0 8px">${marked("✗")} <b>${escaped(row.quantity)}</b>: ${says}</p>`;
}

function caseHtml([title, group]: readonly [string, readonly CheckRow[]], hints: Hints): string {
  const { head, lines, notes, properties } = reportTable(group);
  const right = group.every((row) => row.verdict === "agree");
  const body = lines.map(({ cells }) => tableRow(cells, "td")).join("");
  const table =
    lines.length > 0
      ? `<table style="border-collapse:collapse"><thead>${tableRow(head, "th")}</thead><tbody>${body}</tbody></table>`
      : "";
  const small = [...notes, properties.map((row) => `${mark(row)} ${row.quantity}`).join("   ")];
  const below = small.map((note) => `<div style="font-size:smaller">${marked(note)}</div>`).join("");
  const failures = group.map((row) => failure(row, hints)).join("");
  return `<details${right ? "" : " open"}><summary>${marked(right ? "✓" : "✗")} ${escaped(title)}</summary><div style="margin:4px 0 12px 16px;overflow-x:auto">${failures}${table}${below}</div></details>`;
}

/**
 * Formats the report as HTML, with a table for each case and failed cases opened. In a notebook:
 * `display.html(reportHtml(check("Linear", MyLinear)))`. It needs no script and no style sheet, so
 * it survives in saved notebooks. `hints` says how much it gives away, as in `formatReport`.
 */
export function reportHtml(report: CheckReport, options: Pick<FormatOptions, "hints"> = {}): string {
  expectArgument("reportHtml", "report", checkReport, report);
  const contract = { name: "reportHtml", positional: {}, options: { hints: formatOptions.hints } };
  const { hints } = settleOptions("reportHtml", contract, options);
  const { rows, passed, failed, kinks, seed, repeat } = report;
  const cases = [...grouped(rows)].map((group) => caseHtml(group, hints));
  const verdict = failed === 0 ? `${passed} checks passed` : `${failed} of ${passed + failed} checks failed`;
  const bends = kinks > 0 ? `, ${kinks} elements near or on a kink` : "";
  const again = failed > 0 ? `<div>To see it again: <code>${escaped(repeat)}</code></div>` : "";
  return `<div>${cases.join("")}<div><strong>${verdict}</strong>${bends} (seed ${seed})</div>${again}</div>`;
}
