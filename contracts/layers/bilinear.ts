import { type Contract, count, flag } from "../../np/internal.ts";
import { expectFeatures, type Typed } from "../checks/features.ts";
import { expectShape } from "../checks/shapes.ts";
import { weightOptions } from "../checks/weights.ts";
import type { LinearOptions } from "./linear.ts";

export const Bilinear: Contract<
  { in1Features: number; in2Features: number; outFeatures: number },
  LinearOptions
> = {
  name: "Bilinear",
  positional: { in1Features: count(), in2Features: count(), outFeatures: count() },
  options: { bias: flag(true), ...weightOptions },
};

/** @throws ShapeError unless x1 is (…, D) and x2 (…, E) for a weight (M, D, E), TypeError for integers */
export function expectPairs(where: string, x1: Typed, x2: Typed, weight: readonly number[]): void {
  const [, d, e] = weight as [number, number, number];
  expectFeatures(where, "x1", x1, d);
  expectFeatures(where, "x2", x2, e);
  expectShape(where, "x2", x2.shape, [...x1.shape.slice(0, -1), e]);
}
