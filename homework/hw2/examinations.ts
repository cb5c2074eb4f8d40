/** What the public checks of hw2 and the hidden ones are made of. */

export { type ExpectedSteps, expectedSteps, stepNames } from "./expected-steps.ts";
export { type LogitsAndTarget, logitsAndTarget } from "./inputs.ts";
export {
  type Batch,
  examineLinearBackward,
  examineLinearForward,
  examineRelu,
  type LinearValues,
} from "./layers.ts";
export { examineLoss, type LossPart } from "./loss.ts";
export { examineOptimizer } from "./momentum.ts";
export { drawnParameters, examineFresh, examineNetwork, type Sizes } from "./network.ts";
export { npNamesIn } from "./np-names.ts";
export { examineLogSoftmax, examineSoftmax, expectOwn, ownNames } from "./softmax.ts";
export { examineStepGradients, examineSteps } from "./steps.ts";
export { drawnTraining, examineTraining, type Training } from "./training.ts";
