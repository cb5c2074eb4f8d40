import { type Contract, finite, type None } from "../../np/internal.ts";

export const ELU: Contract<{ alpha?: number }, None> = {
  name: "ELU",
  positional: { alpha: finite(1) },
  options: {},
};
