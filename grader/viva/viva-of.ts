import { unknownName } from "../../np/internal.ts";
import { ResultFiles, readResults } from "../grading/result-files.ts";
import { editionText } from "../honesty/own-texts.ts";
import { vivaQuestions } from "./questions.ts";
import { vivaText } from "./viva-text.ts";

/**
 * Three questions for a student, as text, from the folder of a grading run.
 * @throws RangeError for a folder without results, and for a student who is not in it
 */
export function vivaOf(student: string, out: string): string {
  const results = readResults(out);
  const result = results.find((one) => one.student === student);
  const known = results.map((one) => one.student);
  if (!result) throw unknownName("student", student, known);
  const source = new ResultFiles(out).readSource(student);
  return vivaText(student, result.assignment, vivaQuestions(source, result, editionText(result.assignment)));
}
