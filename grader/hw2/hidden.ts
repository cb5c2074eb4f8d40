import { type Check, type Examiner, hw2 } from "../../homework/internal.ts";
import { array, take } from "../../np/index.ts";
import { farLogits } from "./far-logits.ts";

type Run = (examiner: Examiner) => Promise<void>;

function check(id: string, points: number, title: string, needs: readonly string[], run: Run): Check {
  return { id, task: Number(id[1]), points, title, needs, run };
}

/** The checks that no student's edition holds. Each has one point: its parts have one idea in common. */
export const hidden: readonly Check[] = [
  check(
    "h1-far",
    1,
    "softmax and logSoftmax: very large logits, other shapes",
    ["t1-softmax", "t1-log-softmax"],
    async (examiner) => {
      const { random } = examiner;
      const near = random.normal(0, 2, [1, 50]);
      const all = [
        farLogits(random, 1, 2),
        farLogits(random, 5, 50),
        near,
        near.add(random.uniform(600, 800)),
      ];
      for (const z of all) {
        await hw2.examineSoftmax(examiner, z);
        await hw2.examineLogSoftmax(examiner, z);
      }
      hw2.expectOwn(examiner, hw2.ownNames);
    },
  ),
  check(
    "h3-shapes",
    1,
    "crossEntropySteps and its backward: other shapes",
    ["t2-loss", "t3-logits"],
    async (examiner) => {
      for (const [N, C] of [
        [1, 2],
        [3, 50],
        [7, 2],
      ] as const) {
        const drawn = hw2.logitsAndTarget(examiner.random, N, C);
        await hw2.examineSteps(examiner, drawn, ["probs", "logProbs", "picked", "loss"]);
        await hw2.examineStepGradients(examiner, drawn, ["probs", "exps", "shifted", "rowMax", "logits"]);
      }
    },
  ),
  check(
    "h4-far",
    1,
    "CrossEntropyLoss: very large logits, other shapes, one object for many batches",
    ["t4-loss", "t4-gradient"],
    async (examiner) => {
      const { random } = examiner;
      const first = hw2.logitsAndTarget(random, 5, 3);
      const order = random.permutation(5);
      const swapped = { logits: take(first.logits, order, 0), target: take(first.target, order, 0) };
      const { target } = hw2.logitsAndTarget(random, 5, 50);
      const batches = [
        first,
        swapped,
        { logits: farLogits(random, 5, 50), target },
        { logits: farLogits(random, 1, 2), target: array([1], { dtype: "int32" }) },
      ];
      await hw2.examineLoss(examiner, batches, "loss");
      await hw2.examineLoss(examiner, batches, "gradient");
    },
  ),
  check(
    "h5-many",
    1,
    "Linear and ReLU: one object for many batches, nothing of the caller changed",
    ["t5-linear-backward", "t5-relu"],
    async (examiner) => {
      const { random } = examiner;
      const values = { weight: random.normal(0, 1, [4, 6]), bias: random.normal(0, 1, [4]) };
      const batch = (N: number, D: number, M: number): hw2.Batch => ({
        x: random.normal(0, 1, [N, D]),
        dy: random.normal(0, 1, [N, M]),
      });
      await hw2.examineLinearBackward(examiner, values, [batch(5, 6, 4), batch(5, 6, 4)]);
      await hw2.examineLinearBackward(examiner, values, [batch(5, 6, 4), batch(1, 6, 4)]);
      await hw2.examineRelu(examiner, [batch(5, 3, 3), { ...batch(1, 3, 3), x: array([[0, -1, 2]]) }]);
    },
  ),
  check(
    "h7-momentum",
    1,
    "SGD with momentum: ten steps while lr changes",
    ["t7-momentum"],
    async (examiner) => {
      const { random } = examiner;
      const rates = Array.from({ length: 10 }, (_, t) => 0.3 / (1 + t));
      const drawn = {
        values: [random.normal(0, 1, [4]), random.normal(0, 1, [2, 3])],
        gradients: [random.normal(0, 1, [10, 4]), random.normal(0, 1, [10, 2, 3])],
      };
      await hw2.examineOptimizer(examiner, { ...drawn, rates, momentum: random.uniform(0.5, 0.95) });
      await hw2.examineOptimizer(examiner, { ...drawn, rates });
    },
  ),
  check(
    "h8-training",
    1,
    "trainEpoch with momentum: many steps, last batches of other sizes",
    ["t8-epoch", "t7-momentum"],
    async (examiner) => {
      const many = { epochs: 5, lr: 0.1, momentum: 0.9 };
      for (const [N, batchSize] of [
        [13, 4],
        [12, 4],
        [3, 5],
      ] as const) {
        const drawn = hw2.drawnTraining(examiner.random, { sizes: [8, 7, 5, 4], N });
        await hw2.examineTraining(examiner, { ...drawn, ...many, batchSize });
      }
    },
  ),
];
