import { elementwise } from "./elementwise.ts";
import { linearAlgebra } from "./linear-algebra.ts";
import { movement } from "./movement.ts";
import { normalisation } from "./normalisation.ts";
import { recurrences } from "./recurrences.ts";
import { reductions } from "./reductions.ts";
import { transcendental } from "./transcendental.ts";
import type { Ops } from "./vjp.ts";
import { windows } from "./windows.ts";

export type { ListVjp, Ops, Vjp } from "./vjp.ts";

/** The derivative sheet: the rules of every primitive. */
export const ops: Ops = {
  ...elementwise,
  ...transcendental,
  ...reductions,
  ...recurrences,
  ...normalisation,
  ...linearAlgebra,
  ...windows,
  ...movement,
};
