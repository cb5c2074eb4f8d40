import { type Contract, type None, number, optional } from "../../np/internal.ts";
import type { Typed } from "../checks/features.ts";
import { expectShape } from "../checks/shapes.ts";
import type { Valued } from "../checks/values.ts";
import { type LossOptions, lossOptions } from "./loss-options.ts";
import { expectSigns, expectTarget } from "./targets.ts";

export interface CosineEmbeddingLossOptions extends LossOptions {
  /** Different pairs cost nothing while their cosine is at most this, −1 … 1; default 0. */
  readonly margin?: number;
}

export const CosineEmbeddingLoss: Contract<None, CosineEmbeddingLossOptions> = {
  name: "CosineEmbeddingLoss",
  positional: {},
  options: { ...lossOptions, margin: optional(number({ least: -1, most: 1 }, ": a cosine"), 0) },
};

/**
 * @throws ShapeError unless x1 and x2 are (N, D) and the target (N,), or (D,) and a single number;
 * RangeError for a target that is neither 1 nor −1
 */
export function expectVectors(where: string, x1: Typed, x2: Typed, target: Valued): void {
  const { shape } = x1;
  expectShape(where, "x1", shape, shape?.length === 1 ? ["D"] : ["N", "D"]);
  expectShape(where, "x2", x2.shape, shape);
  expectTarget(where, x1, target);
  expectShape(where, "target", target.shape, shape.slice(0, -1));
  expectSigns(where, target);
}
