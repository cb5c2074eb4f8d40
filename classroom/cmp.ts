import { formatShape } from "../np/index.ts";
import { describe, expectArgument, objectWith } from "../np/internal.ts";
import type { Markup } from "../plots/internal.ts";
import { type Agreement, difference } from "./agreement.ts";
import { arrayIn, type Comparable } from "./array-in.ts";
import { brief } from "./brief.ts";
import { Exhibit } from "./exhibit.ts";
import { htmlTable, textTable } from "./table.ts";

/** One compared quantity. */
export interface ComparedRow {
  readonly name: string;
  readonly shape: string;
  readonly agreement: Agreement;
  /** The largest difference between two elements. */
  readonly largest: number;
}

/** Named quantities, each computed twice. */
export class Compared extends Exhibit {
  readonly rows: readonly ComparedRow[];

  constructor(rows: readonly ComparedRow[]) {
    super();
    this.rows = rows;
  }

  /** Whether none is different. */
  get agree(): boolean {
    return this.rows.every(({ agreement }) => agreement !== "different");
  }

  #cells(): string[][] {
    return this.rows.map(({ name, shape, agreement, largest }) => [name, shape, agreement, brief(largest)]);
  }

  override toString(): string {
    return textTable(head, this.#cells());
  }

  override toHtml(): Markup {
    return htmlTable(head, this.#cells());
  }
}

const head = ["name", "shape", "agreement", "largest difference"];

const pairs = objectWith<Readonly<Record<string, readonly [Comparable, Comparable]>>>(
  "named pairs, { dz: [mine, theirs] }",
  {},
);

/**
 * Compares named intermediates, each computed twice: "exact" (the same numbers), "approximate" (equal
 * up to rounding: sums in another order) or "different".
 * Shapes: both of a pair alike; a pair of two shapes is different.
 * @throws TypeError for what is neither an array nor a tensor nor a number
 * @see Karpathy, "makemore part 4: becoming a backprop ninja", `cmp`
 * @example cmp({ half: [0.5, 1 / 2], third: [0.3333333333, 1 / 3] }).agree // false
 */
export function cmp(quantities: Readonly<Record<string, readonly [Comparable, Comparable]>>): Compared {
  expectArgument("cmp", "quantities", pairs, quantities);
  const rows = Object.entries(quantities).map(([name, pair]): ComparedRow => {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TypeError(`cmp: ${name} is ${describe(pair)}, expected a pair: { ${name}: [mine, theirs] }`);
    const [a, b] = [arrayIn("cmp", `${name}[0]`, pair[0]), arrayIn("cmp", `${name}[1]`, pair[1])];
    const shapes = a.shape.join() === b.shape.join() ? [a] : [a, b];
    const shape = shapes.map((x) => formatShape(x.shape)).join(" ≠ ");
    return { name, shape, ...difference(a, b) };
  });
  return new Compared(rows);
}
