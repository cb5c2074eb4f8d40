import { adviceText } from "../../gradcheck/internal.ts";
import type { Assignment } from "../../homework/internal.ts";
import type { GradedCheck } from "../grading/result.ts";
import { plainText, pointsText } from "./plain-text.ts";

/**
 * What a student reads about a check, one line each: as much as the assignment gives away, and why a
 * check that failed still earned points. Of a hidden check only that it shows no more.
 */
export function checkAdvice(check: GradedCheck, { hints, credit }: Assignment): string[] {
  const { advice, state, isHidden } = check;
  if (state === "passed") return [];
  if (isHidden) return ["A hidden check shows only how it ended."];
  if (!advice) return [];
  const lines = adviceText(advice, state === "skipped" ? "where" : hints).split("\n");
  return [...lines.filter(Boolean).map((line) => plainText(line)), ...partial(check, credit)];
}

function partial({ share, points, cause, state }: GradedCheck, credit: Assignment["credit"]): string[] {
  if (state !== "failed" || share === 0 || cause === null || !Object.hasOwn(credit, cause)) return [];
  const percent = Math.round(share * 100);
  const reason = `Partial credit: the cause is "${plainText(cause)}", for which this assignment gives`;
  return [`${reason} ${percent} % of ${pointsText(points)} points.`];
}
