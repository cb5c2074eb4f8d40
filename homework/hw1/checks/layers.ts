import { arrayEqual, type NDArray } from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import { Failure } from "../../checks/failure.ts";
import { agreeForward, agreeGradients, factors, isSame } from "../compare.ts";
import { drawLinear, drawPoints } from "../draw.ts";
import { knownOfLinear, rightDz, rightLinear, rightLinearGradients, rightLoss } from "../right.ts";

const sizes = [5, 3, 4] as const; // N, D, M: three different numbers, so that a wrong axis shows

/** One gradient of a linear layer, by itself. */
async function linearGradient(examiner: Examiner, name: "x" | "W" | "b"): Promise<void> {
  const { x, W, b, dy } = drawLinear(examiner.random, sizes);
  const answer = await examiner.ask("linearBackward", { dy, x, W });
  const right = rightLinearGradients(dy, x, W, b);
  await agreeGradients(examiner, answer, { [name]: right[name] as NDArray }, (own) =>
    knownOfLinear(own, { dy, x, W, b }),
  );
}

export const layerChecks: readonly Check[] = [
  {
    id: "t1-forward",
    task: 1,
    points: 0.5,
    title: "linearForward: y = x·Wᵀ + b",
    needs: [],
    run: async ({ random, ask }) => {
      const { x, W, b } = drawLinear(random, sizes);
      const { y } = await ask("linearForward", { x, W, b });
      const parameters = new Map([["b", b]]);
      agreeForward("y", y, rightLinear(W, b).forward(x), { inputs: [x], parameters });
    },
  },
  {
    id: "t2-dx",
    task: 2,
    points: 0.5,
    title: "linearBackward: dx = dy·W",
    needs: [],
    credit: factors,
    run: (examiner) => linearGradient(examiner, "x"),
  },
  {
    id: "t2-dW",
    task: 2,
    points: 0.5,
    title: "linearBackward: dW = dyᵀ·x, a sum over the batch",
    needs: [],
    credit: factors,
    run: (examiner) => linearGradient(examiner, "W"),
  },
  {
    id: "t2-db",
    task: 2,
    points: 0.5,
    title: "linearBackward: db is the sum of dy over the batch",
    needs: [],
    credit: factors,
    run: (examiner) => linearGradient(examiner, "b"),
  },
  {
    id: "t3-forward",
    task: 3,
    points: 0.25,
    title: "reluForward: y = max(x, 0)",
    needs: [],
    run: async ({ random, ask }) => {
      const x = random.normal(0, 1, [4, 6]);
      const { y } = await ask("reluForward", { x });
      if (isSame(y, x))
        throw new Failure("term missing", {
          where: "y is x, also where x is negative",
          what: "reluForward returns x as it is",
          cure: "return max(x, 0), element by element",
        });
      agreeForward("y", y, x.mul(x.greater(0)), { inputs: [x] });
    },
  },
  {
    id: "t3-backward",
    task: 3,
    points: 0.25,
    title: "reluBackward: dx is dy where x > 0, and 0 elsewhere",
    needs: [],
    run: async (examiner) => {
      const [x, dy] = [examiner.random.normal(0, 1, [4, 6]), examiner.random.normal(0, 1, [4, 6])];
      const mask = x.greater(0).astype("float64");
      const answer = await examiner.ask("reluBackward", { dy, x });
      await agreeGradients(examiner, answer, { x: dy.mul(mask) }, () => ({ dy, inputs: [x], forOnes: mask }));
    },
  },
  {
    id: "t3-inputs",
    task: 3,
    points: 0.25,
    title: "reluForward and reluBackward: x and dy stay as they are",
    needs: [],
    run: async (examiner) => {
      const { random, ask } = examiner;
      const given = { x: random.normal(0, 1, [4, 6]), dy: random.normal(0, 1, [4, 6]) };
      for (const call of ["reluForward", "reluBackward"] as const) {
        const after = await ask(call, given);
        for (const name of call === "reluForward" ? (["x"] as const) : (["x", "dy"] as const))
          examiner.require(after[name] !== undefined && arrayEqual(after[name], given[name]), {
            where: `${call} changes its argument ${name}`,
            cure: "return a new array: copy() before set, addInPlace or copyFrom",
            cause: "input changed",
          });
      }
    },
  },
  {
    id: "t4-loss",
    task: 4,
    points: 0.5,
    title: "lossForward: the mean of the binary cross entropy of the logits",
    needs: [],
    credit: factors,
    run: async ({ random, ask }) => {
      const { t } = drawPoints(random, 5);
      const z = random.normal(0, 2, [5, 1]);
      const { loss } = await ask("lossForward", { z, t });
      agreeForward("loss", loss, rightLoss(z, t), { lengths: [{ name: "N, the batch", length: 5 }] });
    },
  },
  {
    id: "t4-dz",
    task: 4,
    points: 0.5,
    title: "lossBackward: dz = (σ(z) − t) / N",
    needs: [],
    credit: factors,
    run: async (examiner) => {
      const { t } = drawPoints(examiner.random, 5);
      const z = examiner.random.normal(0, 2, [5, 1]);
      const answer = await examiner.ask("lossBackward", { z, t });
      await agreeGradients(examiner, answer, { z: rightDz(z, t) }, () => ({
        inputs: [z, t],
        own: 0,
        lengths: [{ name: "N, the batch", length: 5 }],
      }));
    },
  },
];
