import { gradcheck as loud } from "chalk-and-tape/gradcheck";

/** `gradcheck` without its printed report, as tests want it. */
export const gradcheck: typeof loud = (pair, inputs, options) =>
  loud(pair, inputs, { quiet: true, ...options });
