import type { SubmissionResult } from "../grading/result.ts";
import type { Question } from "./question.ts";

/** Questions about what the checks found: failed ones with their own numbers, then passed ones. A skipped one is no reason. */
export function questionsOfChecks({ state, reason, checks }: SubmissionResult): Question[] {
  const about = { line: null };
  if (state === "not gradable")
    return [
      {
        ...about,
        ...{
          kind: "not gradable",
          code: reason,
          question: "What does this message mean? Which change makes the file gradable?",
        },
        answer: "The student should find the line that the message names and correct it.",
      },
    ];
  const failed = checks
    .filter((check) => check.state === "failed")
    .map(({ id, title, advice, cause }): Question => {
      const told = [...new Set([advice?.where, advice?.what])].filter(Boolean).join("; ");
      return {
        ...about,
        ...{ kind: "failed check", code: `${id}: ${title}` },
        question: `This check did not pass: "${title}". It found: ${told || "a wrong answer"}. Which line of yours causes that? How would you test your idea?`,
        answer:
          `Cause, as diagnosed: ${cause ?? "unknown"}. ${advice?.cure ? `Cure: ${advice.cure}.` : ""}`.trim(),
      };
    });
  const passed = checks
    .filter((check) => check.state === "passed")
    .map(
      ({ id, title }): Question => ({
        ...about,
        ...{ kind: "passed check", code: `${id}: ${title}` },
        question: `This check passed: "${title}". Which lines of yours make that true? Change one of them in words so that it fails.`,
        answer: "The student should name the lines, and a change that alters the result.",
      }),
    );
  return [...failed, ...passed];
}
