import { type Contract, count, type None, optional } from "../../np/internal.ts";
import { seedOptions } from "../seed-options.ts";
import type { DigitsOptions } from "./digits.ts";

export const digits: Contract<None, DigitsOptions> = {
  name: "digits",
  positional: {},
  options: { n: optional(count(), 1000), ...seedOptions },
};
