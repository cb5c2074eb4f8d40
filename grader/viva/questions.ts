import { createHash } from "node:crypto";
import { random } from "../../np/index.ts";
import type { SubmissionResult } from "../grading/result.ts";
import { statementsOf } from "../honesty/function-prints.ts";
import { plainText } from "../pages/plain-text.ts";
import { questionsOfCode } from "./code-questions.ts";
import type { Question } from "./question.ts";
import { questionsOfChecks } from "./result-questions.ts";
import { shuffled } from "./small-numbers.ts";

/**
 * Three questions of three kinds about a student's own code and results. The same text and the same
 * results give the same questions.
 * @param edition - the text that all students were given: nothing is asked about it
 */
export function vivaQuestions(source: string, result: SubmissionResult | null, edition: string): Question[] {
  const seed = createHash("sha256").update(source).digest().readUInt32LE(0);
  const rng = random(seed);
  // A text that is not gradable may be one that ends its reader's process.
  const text = result?.state === "not gradable" ? "" : source;
  const byKind = groups(questionsOfCode(text, statementsOf(edition), rng));
  const code = shuffled([...byKind.values()], rng).map((some) => shuffled(some, rng)[0] as Question);
  const checks = shuffled(result ? questionsOfChecks(result) : [], rng);
  const [about] = checks.filter(({ kind }) => kind === "failed check");
  const chosen = about ? [...code.slice(0, 2), about] : code.slice(0, 3);
  const rest = checks.filter((one) => one !== about);
  return [...chosen, ...rest].slice(0, 3).map(clean);
}

function groups(questions: readonly Question[]): Map<string, Question[]> {
  const found = new Map<string, Question[]>();
  for (const one of questions) found.set(one.kind, [...(found.get(one.kind) ?? []), one]);
  return found;
}

/** Code of a student may hold what a terminal obeys. */
function clean({ kind, line, code, question, answer }: Question): Question {
  return {
    kind,
    line,
    code: plainText(code, 200),
    question: plainText(question, 900),
    answer: plainText(answer, 900),
  };
}
