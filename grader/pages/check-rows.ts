import type { Assignment } from "../../homework/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import type { GradedCheck } from "../grading/result.ts";
import { plainText, pointsText } from "./plain-text.ts";

const words = { passed: "passed", failed: "not passed", skipped: "skipped" } as const;

/**
 * The rows of a student's table. A hidden check shows its title, its points and how it ended; what it
 * tried, and what the submission answered to that, stays with the instructor.
 */
export function checkRows(
  checks: readonly GradedCheck[],
  { hints, credit }: Assignment,
  asked: readonly string[],
): Markup[] {
  return checks.map((check) => {
    const { id, task, title, points, share, state, isHidden } = check;
    const told = isHidden ? hiddenText(check) : html`${adviceOf(check, hints)}${partial(check, credit)}`;
    const hint = asked.includes(id) ? html`<br>You asked for a hint here.` : null;
    return html`<tr><td class="number">${task}</td><td>${plainText(title)}${isHidden ? " (hidden)" : ""}</td><td>${words[state]}</td><td class="number">${pointsText(points * share)} of ${pointsText(points)}</td><td>${told}${hint}</td></tr>\n`;
  });
}

function hiddenText({ state }: GradedCheck): Markup {
  return html`${state === "passed" ? "" : "A hidden check shows only how it ended."}`;
}

/** The sentences that the assignment gives away, as `homework check` does. */
function adviceOf({ advice, state }: GradedCheck, hints: Assignment["hints"]): Markup {
  if (!advice) return html``;
  const { where, what, cure } = advice;
  if (state === "skipped") return html`${plainText(where)}`;
  const given = hints === "where" ? [where] : hints === "what" ? [where, what] : [where, what, cure];
  const lines = [...new Set(given.filter((line) => line !== ""))];
  return html`${lines.map((line, i) => html`${i > 0 ? html`<br>` : null}${plainText(line)}`)}`;
}

/** Why a check that failed still earned points. */
function partial({ share, points, cause, state }: GradedCheck, credit: Assignment["credit"]): Markup {
  if (state !== "failed" || share === 0 || cause === null || !Object.hasOwn(credit, cause)) return html``;
  const percent = Math.round(share * 100);
  return html`<br>Partial credit: the cause is "${plainText(cause)}", for which this assignment gives ${percent} % of ${pointsText(points)} points.`;
}
