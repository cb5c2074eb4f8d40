import type { Picture } from "../plots/index.ts";
import { studyNamed } from "./registry.ts";
import { type StudyResultOptions, studyResult } from "./results.ts";

/**
 * The pictures of a study's result that comes with the package, as `npx chalk-and-tape study NAME`
 * draws them.
 * @throws RangeError as `studyResult`
 * @example studyPictures("double-descent")[0].spec.width // 480
 */
export function studyPictures(name: string, options: StudyResultOptions = {}): readonly Picture[] {
  return studyNamed(name).pictures(studyResult(name, options).summary);
}
