import { type Contract, count, flag } from "../../np/internal.ts";
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
