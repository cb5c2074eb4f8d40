import { type Contract, finite, number, optional } from "../../np/internal.ts";

export interface SoftplusOptions {
  /** Where βx is larger, y is x; default 20. */
  readonly threshold?: number;
}

export const Softplus: Contract<{ beta?: number }, SoftplusOptions> = {
  name: "Softplus",
  positional: { beta: optional(number({ above: 0 }), 1) },
  options: { threshold: finite(20) },
};
