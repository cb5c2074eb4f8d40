import { arithmetic } from "./arithmetic.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { joining } from "./joining.ts";
import { movement } from "./movement.ts";
import type { OpCases } from "./op-case.ts";
import { products } from "./products.ts";
import { recurrences } from "./recurrences.ts";
import { reductions } from "./reductions.ts";
import { statistics } from "./statistics.ts";
import { transcendental } from "./transcendental.ts";
import { windows } from "./windows.ts";

/** The cases of every primitive, which the checks of the tape's derivatives run. A missing primitive does not compile. */
export const opCases: OpCases = {
  ...arithmetic,
  ...elementwise,
  ...transcendental,
  ...reductions,
  ...recurrences,
  ...statistics,
  ...products,
  ...movement,
  ...indexing,
  ...joining,
  ...windows,
};
