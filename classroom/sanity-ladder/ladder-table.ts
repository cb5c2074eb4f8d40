import { argument, expectArgument, listWith, objectWith, text, withoutDefault } from "../../np/internal.ts";
import type { Markup } from "../../plots/internal.ts";
import { brief } from "../brief.ts";
import { Exhibit } from "../exhibit.ts";
import { htmlTable, textTable } from "../table.ts";
import { SanityLadder } from "./sanity-ladder.ts";

/** A network on its ladder, and what else was measured of it. */
export interface LadderRow {
  readonly name: string;
  readonly ladder: SanityLadder;
  /** A further column each: `{ "test accuracy": "81 %" }`. */
  readonly also?: Readonly<Record<string, string | number>> | undefined;
}

/** A row for each network, a column for each check. */
export class LadderTable extends Exhibit {
  readonly rows: readonly LadderRow[];

  constructor(rows: readonly LadderRow[]) {
    super();
    this.rows = rows;
  }

  #checks(): string[] {
    return namesIn(this.rows.map(({ ladder }) => ladder.rungs.map(({ name }) => name)));
  }

  #further(): string[] {
    return namesIn(this.rows.map(({ also = {} }) => Object.keys(also)));
  }

  #head(): string[] {
    return ["", ...this.#checks(), ...this.#further()];
  }

  #cells(): string[][] {
    return this.rows.map(({ name, ladder, also = {} }) => [
      name,
      ...this.#checks().map((check) => markOf(ladder, check)),
      ...this.#further().map((column) => brief(also[column] ?? "")),
    ]);
  }

  override toString(): string {
    return textTable(this.#head(), this.#cells());
  }

  override toHtml(): Markup {
    return htmlTable(this.#head(), this.#cells());
  }
}

function namesIn(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function markOf({ rungs }: SanityLadder, check: string): string {
  const rung = rungs.find(({ name }) => name === check);
  if (rung === undefined) return "";
  return rung.passed ? "✓" : "✗";
}

const aRow = objectWith<LadderRow>("a row { name, ladder }, and more columns in also", {
  name: text,
  ladder: argument(
    "object",
    "what await sanityLadder(model, { x, y }) gave",
    (x) => x instanceof SanityLadder,
  ),
  also: withoutDefault(
    argument<Readonly<Record<string, string | number>>>(
      "object",
      'further columns, such as { "test accuracy": 0.8 }',
      (x) =>
        typeof x === "object" &&
        x !== null &&
        Object.values(x).every((value) => typeof value === "string" || typeof value === "number"),
    ),
    "no further column",
  ),
});

const someRows = listWith("a list of rows [{ name, ladder }, …]", aRow);

/**
 * The ladders of several networks as one table: which check sees which mistake. A ✗ is a check that
 * failed; what it saw is in `ladder.rungs`.
 * @throws TypeError for a row without a name or a ladder
 * @example
 * const { x, y } = datasets.blobs({ n: 60, seed: 1 });
 * const ladder = await sanityLadder(new manual.Linear(2, 3, { rng: np.random(1) }), { x, y });
 * ladderTable([{ name: "linear", ladder, also: { accuracy: 0.9 } }]).rows.length // 1
 */
export function ladderTable(rows: readonly LadderRow[]): LadderTable {
  expectArgument("ladderTable", "rows", someRows, rows);
  return new LadderTable([...rows]);
}
