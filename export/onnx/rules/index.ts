import { activations } from "./activations.ts";
import { convolution } from "./convolution.ts";
import { linear } from "./linear.ts";
import { normalisation } from "./normalisation.ts";
import { pooling } from "./pooling.ts";
import type { RuleName, Rules } from "./rule.ts";
import { shape } from "./shape.ts";

/** How each class of the catalogue is written in ONNX; a class without a rule does not compile. */
export const rules: Rules<RuleName> = {
  ...activations,
  ...convolution,
  ...linear,
  ...normalisation,
  ...pooling,
  ...shape,
};
