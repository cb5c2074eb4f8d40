import { array, type NDArray } from "../../np/index.ts";
import { describePlainly } from "../protocol/describe-plainly.ts";
import type { Arrays } from "../protocol/frame.ts";

/** The ids of the three texts, in their order. */
export const textIds = ["size", "stop", "blind"] as const;

/** Words that a text may have: two minutes are enough to grade it. */
export const wordLimits = { least: 25, most: 150 } as const;

/** Letters of a text that are read; 150 words have a tenth of them. */
const longest = 20_000;

/**
 * The texts as numbers, one for each letter, for the way to the grader.
 * @throws TypeError for a text that is missing or no string
 */
export function textsToArrays(answers: unknown): Arrays {
  const given = Object(answers) as Readonly<Record<string, unknown>>;
  const letters = textIds.map((id) => {
    const text = given[id];
    if (typeof text !== "string")
      throw new TypeError(`answers.${id} is ${describePlainly(text)}, expected a text`);
    const codes = Array.from(text.slice(0, longest).split(""), (letter) => letter.charCodeAt(0));
    return [id, array(codes)] as const;
  });
  return Object.fromEntries(letters);
}

/** The text that these numbers stand for; "" for none. */
export function textIn(letters: NDArray | undefined): string {
  if (!letters || letters.size > longest) return "";
  return Array.from(letters.flat(), (code) => String.fromCharCode(code)).join("");
}

/** How many words a text has. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * Whether a file has this text in it as it stands, in one string or in several that are joined with +.
 * A person is shown what stands in the file, not what a program would make of it.
 */
export function standsIn(source: string, text: string): boolean {
  const letters = (s: string): string => s.normalize("NFC").replace(/[^\p{L}\p{N}]/gu, "");
  return letters(source.replace(/\\[nrt]/g, " ")).includes(letters(text));
}
