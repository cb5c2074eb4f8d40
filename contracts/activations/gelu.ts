import { type Contract, type None, oneOf, optional } from "../../np/internal.ts";

export const GELU: Contract<{ approximate?: "none" | "tanh" }, None> = {
  name: "GELU",
  positional: { approximate: optional(oneOf("none", "tanh"), "none") },
  options: {},
};
