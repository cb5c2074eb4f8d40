import type { Assignment } from "../../homework/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import { fileNameOf } from "../grading/file-name.ts";
import type { SubmissionResult, WallProbe } from "../grading/result.ts";
import { commonMistakes, order } from "./common-mistakes.ts";
import type { FinalScore } from "./final-score.ts";
import { page } from "./page.ts";
import { plainText, pointsText } from "./plain-text.ts";
import { selfTestTable } from "./self-test-table.ts";

const bins = 10;
const examples = 5;

/** The class as a page for the instructor. It names hidden checks and causes: do not give it to students. */
export function classPage(
  results: readonly SubmissionResult[],
  assignment: Assignment,
  finals: ReadonlyMap<string, FinalScore>,
  { wall, selfTest }: { readonly wall: string; readonly selfTest: readonly WallProbe[] },
): string {
  const graded = results.filter(({ state }) => state === "graded");
  const refused = results.filter(({ state }) => state !== "graded");
  const body = html`<p>For instructors: this page names hidden checks and what students did in them.</p>
<p>${results.length} submissions: ${graded.length} graded, ${refused.length} not gradable. Wall: ${plainText(wall, 200)}.</p>
${notGradable(refused)}
<h2>Points</h2>
${distribution(graded, assignment, finals)}
<h2>Checks</h2>
${passShares(graded)}
<h2>Frequent mistakes</h2>
${mistakes(graded)}
<h2>Self-test of the walls</h2>
${selfTestTable(selfTest)}`;
  return page(`${assignment.id}: ${assignment.title}, the class`, wall, body);
}

function notGradable(refused: readonly SubmissionResult[]): Markup | null {
  if (refused.length === 0) return null;
  const rows = [...refused]
    .sort((a, b) => order(a.student, b.student))
    .map(({ student, reason }) => html`<tr><td>${link(student)}</td><td>${plainText(reason)}</td></tr>\n`);
  return html`<h2>Not gradable: no points decided</h2>\n<table><tr><th>Student</th><th>Reason</th></tr>\n${rows}</table>\n`;
}

/** How many submissions lie in each tenth of the points. */
function distribution(
  graded: readonly SubmissionResult[],
  { points }: Assignment,
  finals: ReadonlyMap<string, FinalScore>,
): Markup {
  if (graded.length === 0) return html`<p>No submission was graded.</p>`;
  const scores = graded
    .map(({ student, score }) => finals.get(student)?.points ?? score)
    .sort((a, b) => a - b);
  const counts = Array.from({ length: bins }, () => 0);
  for (const score of scores) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((score / points) * bins)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const rows = counts.map(
    (count, i) =>
      html`<tr><td>${pointsText((i * points) / bins)} to ${pointsText(((i + 1) * points) / bins)}</td><td class="number">${count}</td><td><meter min="0" max="${graded.length}" value="${count}">${count}</meter></td></tr>\n`,
  );
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const middle = ((scores[(scores.length - 1) >> 1] as number) + (scores[scores.length >> 1] as number)) / 2;
  return html`<p>Mean ${pointsText(mean)}, median ${pointsText(middle)}, lowest ${pointsText(scores[0] as number)}, highest ${pointsText(scores.at(-1) as number)} of ${pointsText(points)} points.</p>
<table><tr><th>Points</th><th>Students</th><th></th></tr>\n${rows}</table>`;
}

function passShares(graded: readonly SubmissionResult[]): Markup {
  const checks = new Map<
    string,
    { title: string; hidden: boolean; passed: number; failed: number; skipped: number; share: number }
  >();
  for (const result of graded)
    for (const { id, title, isHidden, state, share } of result.checks) {
      const one = checks.get(id) ?? { title, hidden: isHidden, passed: 0, failed: 0, skipped: 0, share: 0 };
      one[state]++;
      one.share += share;
      checks.set(id, one);
    }
  const rows = [...checks].map(([id, { title, hidden, passed, failed, skipped, share }]) => {
    const all = passed + failed + skipped;
    return html`<tr><td>${plainText(id, 80)}</td><td>${plainText(title)}${hidden ? " (hidden)" : ""}</td><td class="number">${Math.round((100 * passed) / all)} %</td><td class="number">${failed}</td><td class="number">${skipped}</td><td class="number">${Math.round((100 * share) / all)} %</td></tr>\n`;
  });
  return html`<table><tr><th>Id</th><th>Check</th><th>Passed</th><th>Failed</th><th>Skipped</th><th>Mean share of the points</th></tr>\n${rows}</table>`;
}

function mistakes(graded: readonly SubmissionResult[]): Markup {
  const rows = commonMistakes(graded).map(({ check, title, cause, what, students }) => {
    const some = students.slice(0, examples).map((student, i) => html`${i > 0 ? ", " : ""}${link(student)}`);
    const more = students.length > examples ? html`, …` : null;
    const count = `${students.length} student${students.length === 1 ? "" : "s"}`;
    return html`<tr><td>${count}</td><td>${plainText(`${check}: ${title}`)}</td><td>${plainText(cause, 80)}</td><td>${plainText(what, 300)}</td><td>${some}${more}</td></tr>\n`;
  });
  if (rows.length === 0) return html`<p>No check failed.</p>`;
  return html`<table><tr><th>Who</th><th>Check</th><th>Cause</th><th>What most pages say</th><th>For example</th></tr>\n${rows}</table>`;
}

/** A link to a student's page. The file's name may hold "%", which an address writes "%25". */
function link(student: string): Markup {
  return html`<a href="feedback/${encodeURIComponent(fileNameOf(student))}.html">${plainText(student, 200)}</a>`;
}
