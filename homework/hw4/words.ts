import { array } from "../../np/index.ts";
import { describePlainly } from "../protocol/describe-plainly.ts";
import type { Arrays } from "../protocol/frame.ts";

/** The ids of the three texts, in their order. */
export const textIds = ["size", "stop", "blind"] as const;

/** Words that a text may have: two minutes are enough to grade it. */
export const wordLimits = { least: 25, most: 150 } as const;

/**
 * How many words each text has; the texts themselves stay where they are.
 * @throws TypeError for a text that is missing or no string
 */
export function wordCounts(answers: unknown): Arrays {
  const given = Object(answers) as Readonly<Record<string, unknown>>;
  const counts = textIds.map((id) => {
    const text = given[id];
    if (typeof text !== "string")
      throw new TypeError(`answers.${id} is ${describePlainly(text)}, expected a text`);
    return [id, array(wordsOf(text).length)] as const;
  });
  return Object.fromEntries(counts);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
