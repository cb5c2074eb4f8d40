import type { Assignment, Essay } from "../../homework/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import type { SubmissionResult } from "../grading/result.ts";
import { checkRows } from "./check-rows.ts";
import type { FinalScore } from "./final-score.ts";
import { page } from "./page.ts";
import { plainText, pointsText } from "./plain-text.ts";

const mostEssay = 20_000;

/**
 * A student's feedback as a page. It shows no seed, no expected value, nothing that a hidden check
 * tried, and not what the submission printed: it could have printed a hidden check's inputs.
 */
export function studentPage(result: SubmissionResult, assignment: Assignment, final: FinalScore): string {
  const { student, attempt, handedIn, state, reason, checks, hints, wall, source, grader } = result;
  const title = `${assignment.id}: ${plainText(assignment.title, 200)}`;
  const refused = state === "not gradable";
  const body = html`${refused ? refusal(reason) : null}
<p>Student: <strong>${plainText(student, 200)}</strong>. Attempt ${attempt}${handedIn ? `, handed in ${plainText(handedIn, 60)}` : ""}.</p>
${refused && final.changes.length === 0 ? null : html`<p>${sumText(result, assignment, final)}</p>\n${changes(final)}`}
${
  refused
    ? null
    : html`<h2>Checks</h2>
<table><tr><th>Task</th><th>Check</th><th>Result</th><th>Points</th><th>What to know</th></tr>
${checkRows(checks, assignment, hints)}</table>`
}
${assignment.essays.map((essay) => essayPart(essay, result.essays, final))}
<h2>How this was graded</h2>
<p>Hints of this assignment: ${hintText[assignment.hints]} Wall: ${plainText(wall, 200)}. Grader: ${plainText(grader, 200)}. Your file: SHA-256 ${plainText(source, 80)}.</p>`;
  return page(title, wall, body);
}

const hintText = {
  where: "a failed public check says where the numbers differ.",
  what: "a failed public check says where the numbers differ and what they are instead.",
  cure: "a failed public check says where the numbers differ, what they are instead and what to change.",
} as const;

function refusal(reason: string): Markup {
  return html`<p class="warning">Not gradable: ${plainText(reason)}. This decides no points. Correct it and hand it in again.</p>`;
}

function sumText({ score, of }: SubmissionResult, { points }: Assignment, final: FinalScore): Markup {
  return html`Points: <strong>${pointsText(final.points)} of ${pointsText(points)}</strong>. The checks gave ${pointsText(score)} of ${pointsText(of)}.`;
}

function changes({ changes }: FinalScore): Markup | null {
  if (changes.length === 0) return null;
  const rows = changes.map(
    ({ text, points }) =>
      html`<tr><td>${plainText(text)}</td><td class="number">${points > 0 ? "+" : ""}${pointsText(points)}</td></tr>\n`,
  );
  return html`<h2>Changes to the points</h2>\n<table><tr><th>Why</th><th>Points</th></tr>\n${rows}</table>\n`;
}

function essayPart(essay: Essay, texts: SubmissionResult["essays"], { essays }: FinalScore): Markup {
  const { id, title, points, rubric } = essay;
  const text = Object.hasOwn(texts, id) ? (texts[id] as string) : "";
  const graded = Object.hasOwn(essays, id) ? essays[id] : undefined;
  const lines = rubric.map(
    (line) => html`<tr><td class="number">${pointsText(line.points)}</td><td>${line.text}</td></tr>\n`,
  );
  const verdict = graded
    ? html`<p><strong>${pointsText(graded.points)} of ${pointsText(points)} points.</strong> ${plainText(graded.comment, 4000)}</p>`
    : html`<p>A person grades this text: up to ${pointsText(points)} points, not counted yet.</p>`;
  return html`<h2>${title}</h2>
${verdict}
<table><tr><th>Points</th><th>Rubric</th></tr>
${lines}</table>
${text === "" ? html`<p>Your file holds no text here.</p>` : html`<pre>${plainText(text, mostEssay)}</pre>`}
`;
}
