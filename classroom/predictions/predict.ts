import { describe, expectArgument, listWith, optional, settleOptions, text } from "../../np/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import { withUnit } from "../brief.ts";
import { Exhibit } from "../exhibit.ts";
import { type Answer, type Entry, remember } from "./record.ts";

export interface PredictOptions {
  /** Written after numbers: "nats", "%". Default: none. */
  readonly unit?: string | undefined;
  /** The answers to choose from. Default: the answer is a number. */
  readonly choices?: readonly string[] | undefined;
}

const contract = {
  name: "predict",
  positional: {},
  options: {
    unit: optional(text, ""),
    choices: optional(listWith("a list of answers", text), []),
  },
};

/** A question with the student's guess; `measured` answers it. */
export class Prediction extends Exhibit {
  readonly id: string;
  readonly question: string;
  readonly guess: Answer | null;
  readonly #said: string;

  constructor({ id, question, guess, unit, choices }: Entry) {
    super();
    this.id = id;
    this.question = question;
    this.guess = guess;
    const quoted = choices.map((one) => `"${one}"`).join(" or ");
    const how = quoted === "" ? "a number" : quoted;
    this.#said =
      guess === null
        ? `No guess yet: write ${how} in place of null and run this cell again. The notebook runs on without it, too.`
        : `You say: ${withUnit(guess, unit)}`;
  }

  override toString(): string {
    return `${this.question}\n${this.#said}`;
  }

  override toHtml(): Markup {
    return html`<p><b>${this.question}</b><br>${this.#said}</p>`;
  }
}

/**
 * Asks for a guess before the answer is computed; `measured` gives the answer. `guess` is null for
 * none, and the notebook runs on all the same. A cell that runs again replaces its guess.
 * @throws TypeError for a guess that is not a number where there are no choices; RangeError for a
 * number that is not finite, and for anything but one of the choices
 * @example predict("first-loss", "What is the loss before training?", 1, { unit: "nats" }).guess // 1
 */
export function predict(
  id: string,
  question: string,
  guess: Answer | null,
  options: PredictOptions = {},
): Prediction {
  expectArgument("predict", "id", text, id);
  expectArgument("predict", "question", text, question);
  const { unit, choices } = settleOptions("predict", contract, options);
  if (guess !== null) expectAnswer("predict", "guess", guess, choices);
  const entry: Entry = { id, question, guess, unit, choices, measured: null };
  remember(entry);
  return new Prediction(entry);
}

/** @throws TypeError or RangeError for what cannot answer the question */
export function expectAnswer(
  where: string,
  name: string,
  answer: unknown,
  choices: readonly string[],
): asserts answer is Answer {
  const quoted = choices.map((one) => describe(one)).join(", ");
  const orNone = name === "guess" ? ", or null for no guess" : "";
  if (choices.length > 0) {
    if (typeof answer === "string" && choices.includes(answer)) return;
    throw new RangeError(`${where}: ${name} is ${describe(answer)}; expected one of ${quoted}${orNone}`);
  }
  if (typeof answer !== "number")
    throw new TypeError(`${where}: ${name} is ${describe(answer)}; expected a number${orNone}`);
  if (!Number.isFinite(answer))
    throw new RangeError(`${where}: ${name} is ${describe(answer)}; expected a finite number`);
}
