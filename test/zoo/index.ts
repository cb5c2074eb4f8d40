/** The bug zoo: classic wrong backwards and wrong steps as data, for tests, lessons and homework. */
import { adamFamilyZoo } from "./adam-family.ts";
import { adaptiveStepsZoo } from "./adaptive-steps.ts";
import { batchNormZoo } from "./batch-norm.ts";
import { bilinearZoo } from "./bilinear.ts";
import { classOptionsZoo } from "./class-options.ts";
import { convolutionZoo } from "./convolution.ts";
import { crossEntropyZoo } from "./cross-entropy.ts";
import { elementwiseLossesZoo } from "./elementwise-losses.ts";
import type { ZooEntry } from "./entry.ts";
import { gatesZoo } from "./gates.ts";
import { imageNetworksZoo } from "./image-networks.ts";
import { layerNormZoo } from "./layer-norm.ts";
import { lectureZoo } from "./lecture.ts";
import { linearZoo } from "./linear.ts";
import { linearLoopsZoo } from "./linear-loops.ts";
import { metricLossesZoo } from "./metric-losses.ts";
import { networksZoo } from "./networks.ts";
import { optimizerHabitsZoo } from "./optimizer-habits.ts";
import { adamZoo, optimizersZoo } from "./optimizers.ts";
import { poolingZoo } from "./pooling.ts";
import { rectifiersZoo } from "./rectifiers.ts";
import { regressionLossesZoo } from "./regression-losses.ts";
import { reluZoo } from "./relu.ts";
import { schedulesZoo } from "./schedules.ts";
import { smallLayersZoo } from "./small-layers.ts";
import { smoothZoo } from "./smooth.ts";
import { softmaxZoo } from "./softmax.ts";

export { type Cause, causeInWords, type ZooEntry } from "./entry.ts";
export { wrongForwards } from "./wrong-forwards.ts";

export const zoo: readonly ZooEntry[] = [
  ...linearZoo,
  ...linearLoopsZoo,
  ...bilinearZoo,
  ...convolutionZoo,
  ...poolingZoo,
  ...batchNormZoo,
  ...layerNormZoo,
  ...smallLayersZoo,
  ...reluZoo,
  ...smoothZoo,
  ...rectifiersZoo,
  ...gatesZoo,
  ...softmaxZoo,
  ...elementwiseLossesZoo,
  ...crossEntropyZoo,
  ...classOptionsZoo,
  ...regressionLossesZoo,
  ...metricLossesZoo,
  ...networksZoo,
  ...imageNetworksZoo,
  ...lectureZoo,
  ...optimizersZoo,
  ...optimizerHabitsZoo,
  ...adamZoo,
  ...adaptiveStepsZoo,
  ...adamFamilyZoo,
  ...schedulesZoo,
];
