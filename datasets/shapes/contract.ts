import { type Contract, count, type None, optional } from "../../np/internal.ts";
import { seedOptions } from "../seed-options.ts";
import type { ShapesOptions } from "./shapes.ts";

export const shapes: Contract<None, ShapesOptions> = {
  name: "shapes",
  positional: {},
  options: { n: optional(count(), 1000), ...seedOptions },
};
