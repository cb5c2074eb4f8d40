import type { NDArray } from "../../np/index.ts";

/** What the losses of class indices expose; another loss has no `ignoreIndex`. */
interface MaybeOfClasses {
  readonly reduction?: string;
  readonly ignoreIndex?: number;
  readonly weight?: NDArray | null;
}

const remedy = 'leave such batches out, draw larger ones, or pass reduction: "sum"';

/**
 * Describes a batch without a target that counts, so that the mean of the losses is 0 / 0: it is
 * empty, every target is ignored, or every class in it has weight 0. Null for any other batch.
 */
export function meanOfNothing(loss: MaybeOfClasses, y: NDArray): string | null {
  const { reduction, ignoreIndex, weight } = loss;
  if (reduction !== "mean") return null;
  if (y.size === 0) return `The batch is empty, and the mean of no losses is 0 / 0: ${remedy}`;
  if (ignoreIndex === undefined) return null;
  const counted = y.flat().filter((c) => c !== ignoreIndex);
  if (counted.length === 0)
    return `Every target of this batch is ignored (ignoreIndex is ${ignoreIndex}), and the mean of no losses is 0 / 0: ${remedy}`;
  const factors = weight?.flat();
  if (!factors || counted.some((c) => factors[c] !== 0)) return null;
  return `Every target of this batch that is not ignored has class weight 0, and the weighted mean of the losses is 0 / 0: ${remedy}`;
}
