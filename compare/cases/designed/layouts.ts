import type { Case } from "../case.ts";
import { samples, sidesOf } from "./samples.ts";

const noSecondDerivatives = "they do not depend on the layout";

/** Rows whose x, x2 and dy are views that are not contiguous: of a transpose, and of every second place. */
export const layouts: readonly Case[] = samples
  .filter(({ name }) => name !== "Embedding")
  .map(
    (sample): Case => ({
      ...sidesOf(sample),
      what: "x and dy are strided views",
      drawn: "layout",
      layout: "strided",
      inputs: sample.inputs(3),
      witnesses: { noSecondDerivatives },
    }),
  );
