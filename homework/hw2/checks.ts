import type { Check, Examiner } from "../checks/check.ts";
import { awayFromZero, logitsAndTarget } from "./inputs.ts";
import { examineLinearBackward, examineLinearForward, examineRelu, type LinearValues } from "./layers.ts";
import { examineLoss } from "./loss.ts";
import { examineOptimizer, type Steps } from "./momentum.ts";
import { drawnParameters, examineFresh, examineNetwork } from "./network.ts";
import { examineLogSoftmax, examineSoftmax, expectOwn, ownNames } from "./softmax.ts";
import { examineStepGradients, examineSteps } from "./steps.ts";
import { drawnTraining, examineTraining } from "./training.ts";

type Run = (examiner: Examiner) => Promise<void>;

function check(id: string, points: number, title: string, needs: readonly string[], run: Run): Check {
  return { id, task: Number(id[1]), points, title, needs, credit: earning.has(id) ? slips : [], run };
}

/** What earns a part where a loss or a gradient is right but for it. */
const slips: readonly string[] = ["factor N", "factor 1/N", "sign"];

/** The checks of a loss or of a gradient, in tasks 2 to 5. */
const earning: ReadonlySet<string> = new Set([
  "t2-loss",
  "t3-probs",
  "t3-sums",
  "t3-exps",
  "t3-logits",
  "t4-loss",
  "t4-gradient",
  "t5-linear-backward",
  "t5-relu",
]);

/** The lengths are all different, so that a wrong factor has one name. */
const [N, C] = [4, 6];

export const checks: readonly Check[] = [
  check("t1-softmax", 1, "softmax: each row is exp(z) / Σ exp(z)", [], async (examiner) => {
    await examineSoftmax(examiner, examiner.random.normal(0, 2, [N, C]));
    expectOwn(examiner, ownNames);
  }),
  check("t1-log-softmax", 1, "logSoftmax: log p of each row", [], async (examiner) => {
    await examineLogSoftmax(examiner, examiner.random.normal(0, 2, [N, C]));
    expectOwn(examiner, ownNames);
  }),
  check("t2-probs", 1, "crossEntropySteps: from the logits to probs", [], async (examiner) => {
    const names = ["logits", "rowMax", "shifted", "exps", "sums", "probs"] as const;
    await examineSteps(examiner, logitsAndTarget(examiner.random, N, C), names);
  }),
  check("t2-loss", 1, "crossEntropySteps: from probs to the loss", ["t2-probs"], async (examiner) => {
    await examineSteps(examiner, logitsAndTarget(examiner.random, N, C), ["logProbs", "picked", "loss"]);
  }),
  check("t3-probs", 1, "crossEntropyStepsBackward: from the loss to dProbs", [], async (examiner) => {
    const names = ["picked", "logProbs", "probs"] as const;
    await examineStepGradients(examiner, logitsAndTarget(examiner.random, N, C), names);
  }),
  check("t3-sums", 1, "crossEntropyStepsBackward: dSums", ["t3-probs"], async (examiner) => {
    await examineStepGradients(examiner, logitsAndTarget(examiner.random, N, C), ["sums"]);
  }),
  check("t3-exps", 1, "crossEntropyStepsBackward: dExps, two ways", ["t3-sums"], async (examiner) => {
    await examineStepGradients(examiner, logitsAndTarget(examiner.random, N, C), ["exps"]);
  }),
  check("t3-logits", 1, "crossEntropyStepsBackward: from dExps to dLogits", ["t3-exps"], async (examiner) => {
    const names = ["shifted", "rowMax", "logits"] as const;
    await examineStepGradients(examiner, logitsAndTarget(examiner.random, N, C), names);
  }),
  check("t4-loss", 1, "CrossEntropyLoss.forward: the mean of −log p", [], async (examiner) => {
    await examineLoss(examiner, [logitsAndTarget(examiner.random, N, C)], "loss");
  }),
  check("t4-gradient", 1, "CrossEntropyLoss.backward: (p − t) / N", [], async (examiner) => {
    await examineLoss(examiner, [logitsAndTarget(examiner.random, N, C)], "gradient");
  }),
  check("t5-linear-forward", 1, "Linear.forward: x Wᵀ + b", [], async (examiner) => {
    await examineLinearForward(examiner, linearValues(examiner), examiner.random.normal(0, 1, [4, 5]));
  }),
  check(
    "t5-linear-backward",
    2,
    "Linear.backward: dW and db are sums over the images; dx",
    ["t5-linear-forward"],
    async (examiner) => {
      const { random } = examiner;
      const batch = { x: random.normal(0, 1, [4, 5]), dy: random.normal(0, 1, [4, 3]) };
      await examineLinearBackward(examiner, linearValues(examiner), [batch]);
    },
  ),
  check("t5-relu", 1, "ReLU: max(x, 0), and dy where x > 0", [], async (examiner) => {
    const { random } = examiner;
    await examineRelu(examiner, [{ x: awayFromZero(random, [4, 6]), dy: random.normal(0, 1, [4, 6]) }]);
  }),
  check(
    "t6-forward",
    1,
    "Mlp: six parameters of 784 → 256 → 64 → 10, and its logits",
    ["t5-linear-forward"],
    examineFresh,
  ),
  check(
    "t6-backward",
    1,
    "Mlp.backward: the gradients of all six parameters, and dx",
    ["t6-forward", "t5-linear-backward", "t5-relu"],
    async (examiner) => {
      const { random } = examiner;
      const batch = { x: random.normal(0, 1, [3, 7]), dy: random.normal(0, 1, [3, 4]) };
      await examineNetwork(examiner, drawnParameters(random, [7, 6, 5, 4]), [batch]);
    },
  ),
  check("t7-sgd", 1, "SGD without momentum: p ← p − lr g", [], async (examiner) => {
    await examineOptimizer(examiner, { ...drawnSteps(examiner, 3), rates: [0.1, 0.1, 0.1] });
  }),
  check("t7-momentum", 1, "SGD with momentum: v ← μ v + g, p ← p − lr v", ["t7-sgd"], async (examiner) => {
    await examineOptimizer(examiner, {
      ...drawnSteps(examiner, 3),
      rates: [0.1, 0.1, 0.1],
      momentum: 0.8,
    });
  }),
  check(
    "t8-epoch",
    1,
    "trainEpoch: every image once, the mean loss over the images",
    ["t4-loss", "t4-gradient", "t6-backward", "t7-sgd"],
    async (examiner) => {
      const drawn = drawnTraining(examiner.random, { sizes: [6, 5, 4, 3], N: 7 });
      await examineTraining(examiner, { ...drawn, batchSize: 3, epochs: 1, lr: 0.2, momentum: 0 });
    },
  ),
];

function linearValues({ random }: Examiner): LinearValues {
  return { weight: random.normal(0, 1, [3, 5]), bias: random.normal(0, 1, [3]) };
}

/** Two parameters and a gradient of each for every step. */
function drawnSteps({ random }: Examiner, count: number): Pick<Steps, "values" | "gradients"> {
  return {
    values: [random.normal(0, 1, [3, 2]), random.normal(0, 1, [2])],
    gradients: [random.normal(0, 1, [count, 3, 2]), random.normal(0, 1, [count, 2])],
  };
}
