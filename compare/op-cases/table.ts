import { arithmetic } from "./arithmetic.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { joining } from "./joining.ts";
import { movement } from "./movement.ts";
import type { OpCases } from "./op-case.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";
import { statistics } from "./statistics.ts";
import { windows } from "./windows.ts";

/** The table that drives the checks of the derivative sheet: every way in which a primitive is used. A missing one does not compile. */
export const opCases: OpCases = {
  ...arithmetic,
  ...elementwise,
  ...reductions,
  ...statistics,
  ...products,
  ...movement,
  ...indexing,
  ...joining,
  ...windows,
};
