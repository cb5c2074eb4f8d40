import { type Contract, finite } from "../../np/internal.ts";

export const ELU: Contract<{ alpha?: number }, object> = {
  name: "ELU",
  positional: { alpha: finite(1) },
  options: {},
};
