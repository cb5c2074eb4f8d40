import type { Markup } from "../../plots/internal.ts";
import { withUnit } from "../brief.ts";
import { Exhibit } from "../exhibit.ts";
import { htmlTable, textTable } from "../table.ts";
import { type Answer, type Entry, everything } from "./record.ts";

/** One question of the notebook: the guess and the answer, null where there is none yet. */
export interface PredictionRow {
  readonly id: string;
  readonly question: string;
  readonly guess: Answer | null;
  readonly measured: Answer | null;
}

/** "You said, it was", for every question of the notebook. */
export class Predictions extends Exhibit {
  readonly rows: readonly PredictionRow[];
  readonly #cells: readonly (readonly string[])[];

  constructor(entries: readonly Entry[]) {
    super();
    this.rows = entries.map(({ id, question, guess, measured }) => ({ id, question, guess, measured }));
    this.#cells = entries.map(({ question, guess, measured, unit }) => [
      question,
      guess === null ? "–" : withUnit(guess, unit),
      measured === null ? "not run yet" : withUnit(measured, unit),
    ]);
  }

  override toString(): string {
    return textTable(head, this.#cells);
  }

  override toHtml(): Markup {
    return htmlTable(head, this.#cells);
  }
}

const head = ["question", "you said", "it was"];

/**
 * All predictions of this notebook in one table. The comparison is what one remembers.
 * @see Brod, "Predicting as a learning strategy", Psychonomic Bulletin & Review, 2021
 * @example
 * predict("sum", "What is 2 + 3?", 6);
 * measured("sum", 2 + 3);
 * predictions().rows.find(({ id }) => id === "sum").measured // 5
 */
export function predictions(): Predictions {
  return new Predictions(everything());
}
