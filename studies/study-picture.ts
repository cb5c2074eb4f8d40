import { describe, integer, optional, settleOptions, text, withoutDefault } from "../np/internal.ts";
import type { Picture } from "../plots/index.ts";
import { studyNamed } from "./registry.ts";
import { studyResult } from "./results.ts";

export interface StudyPictureOptions {
  /** The result on this data set, such as "mnist". Default: the study's own data. */
  readonly dataset?: string | undefined;
  /** Which of the study's pictures, from 0. Default 0. */
  readonly index?: number | undefined;
}

const contract = {
  name: "studyPicture",
  positional: {},
  options: { dataset: withoutDefault(text), index: optional(integer({ least: 0 }), 0) },
};

/**
 * A picture of a study's result that comes with the package.
 * @throws RangeError for a study or a data set that has no result, and for a picture that there is not
 * @example studyPicture("circles").description.slice(0, 13) // "Disc and ring"
 */
export function studyPicture(name: string, options: StudyPictureOptions = {}): Picture {
  const { dataset, index } = settleOptions("studyPicture", contract, options);
  const pictures = studyNamed(name).pictures(studyResult(name, { dataset }).summary);
  const picture = pictures[index];
  if (picture) return picture;
  throw new RangeError(
    `studyPicture: index is ${describe(index)}; expected one below ${pictures.length}, the number of ${name}'s pictures`,
  );
}
