import { formatShape } from "../np/index.ts";
import { columnNames, grouped, isGradient, plain, scientific, witnessOrder } from "./format-report.ts";
import type { CheckReport, CheckRow } from "./report.ts";
import { witnessNames } from "./who-is-wrong.ts";

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] as string);
}

function cell(text: string, mono: boolean = true): string {
  const font = mono ? ";font-family:ui-monospace,monospace" : "";
  return `<td style="text-align:left;padding:2px 10px 2px 0${font}">${escaped(text)}</td>`;
}

function mark(right: boolean): string {
  return right
    ? '<span style="color:#1a7f37">✓</span>'
    : '<span style="color:#cf222e;font-weight:bold">✗</span>';
}

/** One line of the table, and under it what is wrong. */
function lines(row: CheckRow): string {
  const right = row.verdict === "agree";
  const said = witnessOrder.flatMap((w) => {
    const value = row.worst[w];
    const why = row.silent?.[w];
    if (value !== undefined && value !== null) return [`${columnNames[w]} ${value.toPrecision(10)}`];
    return why ? [`${columnNames[w]} – (${why})`] : [];
  });
  const numbers = isGradient(row)
    ? [
        formatShape(row.shape),
        scientific(row.maxAbsolute),
        scientific(row.maxRelative),
        plain(row.cosine),
        plain(row.ratio),
        `[${row.worst.index.join(", ")}]`,
      ]
    : ["", "", "", "", "", ""];
  const errors = witnessOrder.flatMap((w) => {
    const error = row.errors?.[w];
    return error === undefined ? [] : [`${witnessNames[w]} ${scientific(error)}`];
  });
  const bound = errors.length > 0 ? ` · against 64 digits: ${errors.join(", ")}` : "";
  const diagnosis = row.diagnosis
    ? `<tr><td></td><td colspan="8" style="text-align:left;padding:0 0 8px">${escaped(row.diagnosis).replaceAll("\n", "<br>")}</td></tr>`
    : "";
  return `<tr><td>${mark(right)}</td>${[row.quantity, ...numbers, `${said.join(" · ")}${bound}`].map((text) => cell(text)).join("")}</tr>${diagnosis}`;
}

const heads = [
  "",
  "quantity",
  "shape",
  "max abs",
  "max rel",
  "cosine",
  "ratio",
  "worst at",
  "what each witness says there",
];

/**
 * The report as HTML, a table for each case, those that failed opened: in a notebook `display.html(reportHtml(check("Linear", MyLinear)))`.
 * It needs no script and no style sheet, so that it survives in saved notebooks.
 */
export function reportHtml({ rows, passed, failed, kinks, seed, repeat }: CheckReport): string {
  const head = heads
    .map((text) => `<th style="text-align:left;padding:2px 10px 2px 0">${text}</th>`)
    .join("");
  const cases = [...grouped(rows)].map(([title, group]) => {
    const right = group.every((row) => row.verdict === "agree");
    const table = `<table style="border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${group.map(lines).join("")}</tbody></table>`;
    return `<details${right ? "" : " open"}><summary>${mark(right)} ${escaped(title)}</summary>${table}</details>`;
  });
  const verdict = failed === 0 ? `${passed} checks passed` : `${failed} of ${passed + failed} checks failed`;
  const bends = kinks > 0 ? `, ${kinks} elements near or on a kink` : "";
  const again = failed > 0 ? `<div>To see it again: <code>${escaped(repeat)}</code></div>` : "";
  return `<div>${cases.join("")}<div><strong>${verdict}</strong>${bends} (seed ${seed})</div>${again}</div>`;
}
