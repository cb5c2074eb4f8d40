import { html, type Markup, palette, standalone } from "../../plots/internal.ts";
import type { Verdict } from "../study.ts";
import type { ClaimRow } from "./row.ts";
import { verdicts } from "./verdict-marks.ts";

/** Sizes in units of the picture, which README shows at its full width. */
const [width, rowHeight, margin, top] = [830, 27, 16, 62];
const columns = { mark: 28, verdict: 46, claim: 206, seeds: 660, lesson: 800 };
const { ink, muted } = palette;
const line = "#d9dedc";
/** Grounds of the verdicts, from dark to white: told apart by lightness; sign and words say it too. */
const fills: Readonly<Record<Verdict, string>> = {
  holds: "#1b4f72",
  "holds within limits": "#ffffff",
  "not seen here": "#ffffff",
  "not measurable here": "#ffffff",
};

/** The measured claims with their verdicts as SVG; the others are counted below. */
export function claimsPicture(rows: readonly ClaimRow[]): string {
  const measured = rows.filter(({ kind }) => kind === "measured");
  const inOrder = verdicts.flatMap((verdict) => measured.filter((row) => row.verdict === verdict));
  const others = rows.filter(({ kind }) => kind !== "measured");
  const bottom = top + 14 + inOrder.length * rowHeight;
  const height = bottom + 44;
  const label = `${measured.length} claims of a lecture, each run over several seeds: ${counts(measured)}`;
  const picture = html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Helvetica Neue', Arial, sans-serif" font-size="14" fill="${ink}">
<title>${label}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6" fill="#ffffff" stroke="${line}"/>
<text x="${margin}" y="29" font-size="18" font-weight="600">What the lecture says, and what was seen when it was run</text>
${heading(columns.verdict, "verdict")}${heading(columns.claim, "the slide says")}${heading(columns.seeds, "seeds")}${heading(columns.lesson, "lesson", "end")}
<path d="M${margin} ${top + 1}H${width - margin}" stroke="${ink}"/>
${inOrder.map((row, i) => drawn(row, top + 14 + i * rowHeight, i + 1 === inOrder.length))}
<path d="M${margin} ${bottom - 1}H${width - margin}" stroke="${ink}"/>
<text x="${margin}" y="${bottom + 26}" font-size="14" fill="${muted}">${others.length} more claims are computed or dated facts: ${counts(others)}.</text>
</svg>
`;
  return standalone(picture.text);
}

function heading(x: number, text: string, anchor: string = "start"): Markup {
  return html`<text x="${x}" y="${top - 7}" font-size="13" fill="${muted}" text-anchor="${anchor}">${text}</text>`;
}

function drawn({ verdict, short, runs, lesson }: ClaimRow, y: number, isLast: boolean): Markup {
  const middle = y + 5;
  const rule = isLast ? null : html`<path d="M${margin} ${y + 19}H${width - margin}" stroke="${line}"/>`;
  const seeds = runs.map((run) => run.seeds).join(" + ");
  return html`<g>${mark(verdict, columns.mark, middle)}<text x="${columns.verdict}" y="${middle + 5}" font-weight="600">${verdict}</text><text x="${columns.claim}" y="${middle + 5}">${short}</text><text x="${columns.seeds}" y="${middle + 5}" fill="${muted}">${seeds}</text><text x="${columns.lesson}" y="${middle + 5}" text-anchor="end" fill="${muted}">${lesson}</text>${rule}</g>
`;
}

/** A full disc with a tick, a half disc, an empty disc with a cross, a dash: different in black and white too. */
function mark(verdict: Verdict, x: number, y: number): Markup {
  const r = 8;
  const disc = html`<circle cx="${x}" cy="${y}" r="${r}" fill="${fills[verdict]}" stroke="${fills.holds}" stroke-width="1.8"/>`;
  const strokes: Readonly<Record<Verdict, Markup>> = {
    holds: html`${disc}<path d="M${x - 4} ${y}l3 3.4l5 -6.6" fill="none" stroke="#ffffff" stroke-width="2"/>`,
    "holds within limits": html`${disc}<path d="M${x} ${y - r}a${r} ${r} 0 0 0 0 ${2 * r}z" fill="${fills.holds}"/>`,
    "not seen here": html`${disc}<path d="M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7" stroke="${fills.holds}" stroke-width="2"/>`,
    "not measurable here": html`<path d="M${x - 6} ${y}h12" stroke="${fills.holds}" stroke-width="2"/>`,
  };
  return strokes[verdict];
}

/** "9 holds, 3 not seen here", without what no claim has. */
function counts(rows: readonly ClaimRow[]): string {
  return verdicts
    .map((verdict) => [rows.filter((row) => row.verdict === verdict).length, verdict] as const)
    .filter(([n]) => n > 0)
    .map(([n, verdict]) => `${n} ${verdict}`)
    .join(", ");
}
