import { didYouMean, expectArgument, listWith, objectWith, text } from "../../np/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import { withUnit } from "../brief.ts";
import { Exhibit } from "../exhibit.ts";
import { expectAnswer } from "./predict.ts";
import { type Answer, type Entry, everything, type Feedback, recall, sentenceFor } from "./record.ts";

/** The guess, the answer, and what to say about them. */
export class Measured extends Exhibit {
  readonly guess: Answer | null;
  readonly value: Answer;
  /** The author's sentence for this guess; null if there is none. */
  readonly feedback: string | null;
  readonly #question: string;
  readonly #said: string;

  constructor(entry: Entry, value: Answer, feedback: readonly Feedback[]) {
    super();
    const { guess, unit, question } = entry;
    this.guess = guess;
    this.value = value;
    this.feedback = sentenceFor(guess, feedback);
    this.#question = question;
    const said = guess === null ? "You made no guess" : `You said: ${withUnit(guess, unit)}`;
    this.#said = `${said}. It is: ${withUnit(value, unit)}.`;
  }

  override toString(): string {
    return [this.#question, this.#said, ...(this.feedback === null ? [] : [this.feedback])].join("\n");
  }

  override toHtml(): Markup {
    return html`<p><b>${this.#question}</b><br>${this.#said}<br>${this.feedback}</p>`;
  }
}

const sentences = listWith<Feedback>(
  "a list such as [{ from: 0, to: 1, say: … }] or [{ choice: …, say: … }]",
  objectWith<Feedback>("{ from, to, say } or { choice, say }", { say: text }),
);

/**
 * The answer to a question that `predict` asked, and the sentence for the guess: `feedback` has one
 * for each range or choice, and the first that fits is said. It stands here and not in the question's
 * cell, where it would give the answer away.
 * @throws RangeError for an id that no cell has asked yet, which names the nearest one
 * @example
 * predict("half", "What is 1/2?", 0.4);
 * measured("half", 1 / 2).value // 0.5
 */
export function measured(id: string, value: Answer, feedback: readonly Feedback[] = []): Measured {
  expectArgument("measured", "id", text, id);
  expectArgument("measured", "feedback", sentences, feedback);
  const entry = recall(id);
  if (entry === undefined) {
    const ids = everything().map((one) => one.id);
    const known = ids.length === 0 ? "; nothing was predicted yet." : didYouMean(id, ids) || ".";
    throw new RangeError(
      `measured: no prediction is called "${id}"${known} Run the cell with predict("${id}", …) first`,
    );
  }
  expectAnswer("measured", "value", value, entry.choices);
  entry.measured = value;
  return new Measured(entry, value, feedback);
}
