import { type Contract, oneOf, optional } from "../../np/internal.ts";

export const GELU: Contract<{ approximate?: "none" | "tanh" }, object> = {
  name: "GELU",
  positional: { approximate: optional(oneOf("none", "tanh"), "none") },
  options: {},
};
