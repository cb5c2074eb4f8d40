import { plainText } from "../pages/plain-text.ts";
import type { Question } from "./question.ts";

/** The questions as text for the examiner. */
export function vivaText(student: string, assignment: string, questions: readonly Question[]): string {
  const parts = questions.map(({ kind, line, code, question, answer }, i) => {
    const place = line === null ? code : `line ${line}: ${code}`;
    return `${i + 1}. ${place}\n   (${kind})\n   ${question}\n   Answer: ${answer}\n`;
  });
  const few = questions.length < 3 ? "The file gives reason for no more questions.\n" : "";
  return `${assignment}, ${plainText(student, 200)}: questions about the student's own code, with answers for the examiner.\n\n${parts.join("\n")}${few}`;
}
