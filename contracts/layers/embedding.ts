import { type Applies, formatShape, where } from "../../np/index.ts";
import { type Contract, count, integer, isFloat, optional, orNull, twoCopies } from "../../np/internal.ts";
import { expectArray } from "../checks/shapes.ts";
import { type Valued, valuesOf } from "../checks/values.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";

export interface EmbeddingOptions extends LayerOptions {
  /**
   * A row that starts as 0 and gets no gradient; negative numbers count from the end;
   * default null: none.
   */
  readonly paddingIdx?: number | null;
}

export const Embedding: Contract<{ numEmbeddings: number; embeddingDim: number }, EmbeddingOptions> = {
  name: "Embedding",
  positional: { numEmbeddings: count(), embeddingDim: count() },
  options: { paddingIdx: optional(orNull(integer(), "none"), null), ...weightOptions },
  refuse: ({ paddingIdx, numEmbeddings: rows }) =>
    paddingIdx === null || (paddingIdx >= -rows && paddingIdx < rows)
      ? null
      : `Padding_idx must be within num_embeddings: paddingIdx is ${paddingIdx} of ${rows} rows`,
};

/** The padding row counted from 0; null where there is none. */
export function paddingRow(paddingIdx: number | null, rows: number): number | null {
  return paddingIdx !== null && paddingIdx < 0 ? rows + paddingIdx : paddingIdx;
}

/**
 * x, but constant where the mask is not 0, so that no gradient passes there.
 * Such a mask holds integers, so it does not depend on x.
 */
export function constantWhere<A extends Applies<A> & Valued>(mask: A, x: A): A {
  return where<Applies<A> & A>(valuesOf(mask), valuesOf(x) as Valued as A, x);
}

/** @throws TypeError for indices that are floats, RangeError for one outside 0 … rows − 1 */
export function expectRows(where: string, x: Valued, rows: number): void {
  const copies = twoCopies(x);
  if (copies) throw new TypeError(`${where}: ${copies}`);
  const indices = valuesOf(x);
  expectArray(where, "x", indices?.shape);
  if (isFloat(indices.dtype))
    throw new TypeError(
      `${where}: x is ${indices.dtype}, shape ${formatShape(indices.shape)}; indices are integers: x.astype("int32")`,
    );
  for (const [i, index] of indices.flat().entries()) {
    if (index >= 0 && index < rows) continue;
    throw new RangeError(
      `${where}: index out of range: x holds ${index} (element ${i}); with ${rows} embeddings, indices are 0 … ${rows - 1}`,
    );
  }
}
