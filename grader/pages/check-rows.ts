import type { Assignment } from "../../homework/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import type { GradedCheck } from "../grading/result.ts";
import { checkAdvice } from "./check-advice.ts";
import { plainText, pointsText } from "./plain-text.ts";

const words = { passed: "passed", failed: "not passed", skipped: "skipped" } as const;

/** The rows of a student's table. What a hidden check tried, and what the submission answered, is not in them. */
export function checkRows(
  checks: readonly GradedCheck[],
  assignment: Assignment,
  asked: readonly string[],
): Markup[] {
  return checks.map((check) => {
    const { id, task, title, points, share, state, isHidden } = check;
    const hint = asked.includes(id) ? ["You asked for a hint here."] : [];
    const lines = [...checkAdvice(check, assignment), ...hint];
    const told = lines.map((line, i) => html`${i > 0 ? html`<br>` : null}${line}`);
    return html`<tr><td class="number">${task}</td><td>${plainText(title)}${isHidden ? " (hidden)" : ""}</td><td>${words[state]}</td><td class="number">${pointsText(points * share)} of ${pointsText(points)}</td><td>${told}</td></tr>\n`;
  });
}
