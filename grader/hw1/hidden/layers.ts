import { type Check, hw1 } from "../../../homework/internal.ts";
import { array, type NDArray, ones, zeros } from "../../../np/index.ts";

/** One sample, one input and output, many samples, a wide layer. */
const shapes = [
  [1, 3, 4],
  [6, 1, 1],
  [300, 2, 3],
  [4, 40, 30],
] as const;

export const hiddenLayerChecks: readonly Check[] = [
  {
    id: "h1-shapes",
    task: 1,
    points: 0.25,
    title: "linearForward: other shapes",
    needs: ["t1-forward"],
    run: async ({ random, ask }) => {
      for (const shape of shapes) {
        const { x, W, b } = hw1.drawLinear(random, shape);
        const { y } = await ask("linearForward", { x, W, b });
        hw1.agreeForward("y", y, hw1.rightLinear(W, b).forward(x), { inputs: [x] });
      }
    },
  },
  {
    id: "h2-shapes",
    task: 2,
    points: 0.5,
    title: "linearBackward: other shapes",
    needs: ["t2-dx"],
    credit: hw1.factors,
    run: (examiner) =>
      examiner.together(
        shapes.map((shape) => async () => {
          const { x, W, b, dy } = hw1.drawLinear(examiner.random, shape);
          const answer = await examiner.ask("linearBackward", { dy, x, W });
          const right = hw1.rightLinearGradients(dy, x, W, b);
          const known = (name: string) => hw1.knownOfLinear(name, { dy, x, W, b });
          await hw1.agreeGradients(examiner, answer, right, known);
        }),
      ),
  },
  {
    id: "h2-linear",
    task: 2,
    points: 0.25,
    title: "linearBackward: linear in dy, and indifferent to the order of the samples",
    needs: ["t2-dx", "t2-dW", "t2-db"],
    run: async (examiner) => {
      const { random, ask, agree } = examiner;
      const { x, W, dy } = hw1.drawLinear(random, [6, 3, 2]);
      const order = random.permutation(6);
      const once = await ask("linearBackward", { dy, x, W });
      const thrice = await ask("linearBackward", { dy: dy.mul(-3), x, W });
      const permuted = await ask("linearBackward", { dy: dy.slice(order), x: x.slice(order), W });
      for (const name of ["dx", "dW", "db"]) {
        const value = once[name] as NDArray;
        examiner.require(
          value.flat().some((v) => v !== 0),
          { where: `${name} is 0 everywhere`, cause: "zero" },
        );
        agree(`${name} for −3 dy`, thrice[name], value.mul(-3));
        agree(`${name} of permuted samples`, permuted[name], name === "dx" ? value.slice(order) : value);
      }
    },
  },
  {
    id: "h3-zero",
    task: 3,
    points: 0.25,
    title: "reluBackward: 0 where x is exactly 0",
    needs: ["t3-backward"],
    run: async (examiner) => {
      const x = array([[0, -1, 2, 0, -0, 3]]);
      const dy = examiner.random.normal(2, 0.1, [1, 6]);
      const answer = await examiner.ask("reluBackward", { dy, x });
      await hw1.agreeGradients(examiner, answer, { x: dy.mul(x.greater(0)) }, () => ({ dy, inputs: [x] }));
    },
  },
  {
    id: "h4-loss",
    task: 4,
    points: 0.5,
    title: "lossForward: exact for logits of ±800, and for any number of samples",
    needs: ["t4-loss"],
    run: async ({ ask, random }) => {
      for (const [z, t] of largeLogits(random.uniform(720, 800))) {
        const { loss } = await ask("lossForward", { z, t });
        hw1.agreeForward("loss", loss, hw1.rightLoss(z, t), { lengths: [{ name: "N", length: z.size }] });
      }
    },
  },
  {
    id: "h4-dz",
    task: 4,
    points: 0.25,
    title: "lossBackward: exact for logits of ±800, and for any number of samples",
    needs: ["t4-dz"],
    run: async (examiner) => {
      for (const [z, t] of largeLogits(examiner.random.uniform(720, 800))) {
        const answer = await examiner.ask("lossBackward", { z, t });
        await hw1.agreeGradients(examiner, answer, { z: hw1.rightDz(z, t) }, () => ({
          inputs: [z, t],
          own: 0,
          lengths: [{ name: "N, the batch", length: z.size }],
        }));
      }
    },
  },
];

/** Each large logit alone, with either label, so that no larger term hides a smaller one; then all. */
function largeLogits(size: number): (readonly [NDArray, NDArray])[] {
  const logits = [size, -size, 40, -40, 0];
  const alone = logits.flatMap((z) => [
    [array([[z]]), zeros([1, 1])] as const,
    [array([[z]]), ones([1, 1])] as const,
  ]);
  const many = array([...logits, ...logits]).reshape(10, 1);
  const labels = array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]).reshape(10, 1);
  return [...alone, [many, labels]];
}
