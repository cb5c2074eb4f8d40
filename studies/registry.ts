import { expectArgument, text, unknownName } from "../np/internal.ts";
import { biasVariance } from "./bias-variance/index.ts";
import { bottleneck } from "./bottleneck/index.ts";
import { circles } from "./circles/index.ts";
import { depthVsWidth } from "./depth-vs-width/index.ts";
import { designFlow } from "./design-flow/index.ts";
import { doubleDescent } from "./double-descent/index.ts";
import { informationLoss } from "./information-loss/index.ts";
import { optimizers } from "./optimizers/index.ts";
import { permutation } from "./permutation/index.ts";
import { reluOnLogits } from "./relu-on-logits/index.ts";
import { sawtooth } from "./sawtooth/index.ts";
import { separability } from "./separability/index.ts";
import { shuffle } from "./shuffle/index.ts";
import type { Study } from "./study.ts";

/** Every study by its name, in the order of the lecture. */
export const studies: Readonly<Record<string, Study>> = {
  shuffle,
  permutation,
  "bias-variance": biasVariance,
  "double-descent": doubleDescent,
  "depth-vs-width": depthVsWidth,
  sawtooth,
  bottleneck,
  separability,
  "information-loss": informationLoss,
  circles,
  optimizers,
  "design-flow": designFlow,
  "relu-on-logits": reluOnLogits,
};

/**
 * The study of this name.
 * @throws RangeError with the nearest name for a name that no study has
 * @example studyNamed("circles").seeds // 10
 */
export function studyNamed(name: string): Study {
  expectArgument("studyNamed", "name", text, name);
  const found = Object.hasOwn(studies, name) ? studies[name] : undefined;
  if (found) return found;
  throw unknownName("study", name, Object.keys(studies));
}
