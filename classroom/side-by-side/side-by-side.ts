import type { AnyLayer, AnyModule } from "../../compare/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { html, type Markup } from "../../plots/internal.ts";
import { type Agreement, type Difference, difference } from "../agreement.ts";
import { brief } from "../brief.ts";
import { Exhibit } from "../exhibit.ts";
import { htmlTable, textTable } from "../table.ts";
import { sourceLine } from "./source-line.ts";
import { gradientsOf, shapesOf, type TwinCall, titleOf, twoRuns } from "./two-runs.ts";

/** One part of the network: what each side wrote, and whether the numbers agree. */
export interface SideBySideRow {
  readonly part: string;
  /** The line of forward; the same on both sides. */
  readonly forward: string;
  /** Chalk's line of backward. */
  readonly backward: string;
  /** The ops that the tape recorded in its place. */
  readonly tape: string;
  /** Shapes of x and y. */
  readonly shapes: string;
  readonly agreement: Agreement;
  /** The largest difference of y, dx and the parameters' gradients; NaN where one side lacks one. */
  readonly largest: number;
  /** The values of both sides, as text, by name. */
  readonly values: Readonly<Record<string, string>>;
}

const head = [
  "part",
  "forward, on both sides",
  "shapes",
  "backward, by hand",
  "on the tape",
  "both sides",
  "difference",
];

/** Chalk and tape in one table. Forward runs from top to bottom, backward from bottom to top. */
export class SideBySide extends Exhibit {
  readonly rows: readonly SideBySideRow[];

  constructor(rows: readonly SideBySideRow[]) {
    super();
    this.rows = rows;
  }

  /** Whether no part is different. */
  get agree(): boolean {
    return this.rows.every(({ agreement }) => agreement !== "different");
  }

  override toString(): string {
    return textTable(head, this.rows.map(cells));
  }

  override toHtml(): Markup {
    const rows = this.rows.map((row) => {
      const values = Object.entries(row.values).map(([name, text]) => html`<p>${name}</p><pre>${text}</pre>`);
      return [...cells(row), html`<details><summary>values</summary>${values}</details>`];
    });
    return htmlTable([...head, ""], rows);
  }
}

function cells(row: SideBySideRow): string[] {
  const { part, forward, shapes, backward, tape, agreement, largest } = row;
  return [part, forward, shapes, backward, tape, agreement, brief(largest)];
}

/**
 * Runs both twins forward and backward, and puts them side by side, part by part: the line of
 * forward, chalk's line of backward, the ops on the tape, the shapes, and whether y, dx and the
 * parameters' gradients agree. The gradients stay in both networks, as after any backward.
 * Shapes: x as the networks take it; dy as y.
 * @throws TypeError for twins whose parts have other names; ShapeError as the networks throw it
 * @example
 * const [byHand, onTape] = [new manual.MlpClassifier({ rng: np.random(1) }), new autograd.MlpClassifier({ rng: np.random(1) })];
 * sideBySide(byHand, onTape, np.ones([4, 2]), np.ones([4, 1])).agree // true
 */
export function sideBySide(byHand: AnyLayer, onTape: AnyModule, x: NDArray, dy: NDArray): SideBySide {
  return new SideBySide(
    twoRuns("sideBySide", byHand, onTape, x, dy).map((pair, i) => rowOf(byHand, pair, i === 0)),
  );
}

function rowOf(network: AnyLayer, pair: TwinCall, isFirst: boolean): SideBySideRow {
  const { name, chalk, tape } = pair;
  const [ours, theirs] = [gradientsOf(chalk), gradientsOf(tape)];
  if (chalk.y) ours.set("y", chalk.y);
  if (tape.y) theirs.set("y", tape.y);
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differences = names.map((quantity): Difference => {
    const [mine, twin] = [ours.get(quantity), theirs.get(quantity)];
    return mine && twin ? difference(mine, twin) : { agreement: "different", largest: Number.NaN };
  });
  const values = Object.fromEntries(
    names.map((quantity) => [
      quantity,
      `by hand\n${ours.get(quantity) ?? "none"}\non the tape\n${theirs.get(quantity) ?? "none"}`,
    ]),
  );
  return {
    part: titleOf(pair),
    forward: sourceLine(network, "forward", name, isFirst),
    backward: sourceLine(network, "backward", name, isFirst),
    tape: tape.ops.length === 0 ? "nothing" : tape.ops.join(", "),
    shapes: shapesOf(chalk.x, chalk.y),
    ...worst(differences),
    values,
  };
}

const order: readonly Agreement[] = ["different", "approximate", "exact"];

function worst(all: readonly Difference[]): Difference {
  const agreement = order.find((one) => all.some((each) => each.agreement === one)) ?? "exact";
  return { agreement, largest: all.reduce((most, { largest }) => Math.max(most, largest), 0) };
}
