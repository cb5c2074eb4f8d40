import { againstExact } from "../../../gradcheck/internal.ts";
import { array, type NDArray, sameShape } from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import type { Arrays } from "../../protocol/frame.ts";
import { agreeForward, isSame } from "../compare.ts";
import { drawNetwork, drawPoints } from "../draw.ts";
import { RightNetwork } from "../right.ts";

/**
 * Compares a training run with the right one, loss by loss. Each step doubles a difference at most, so
 * the tolerance has room for the roundings of any right order of operations.
 */
export async function training(
  examiner: Examiner,
  [N, steps, lr]: readonly [number, number, number],
): Promise<void> {
  const parameters = drawNetwork(examiner.random);
  const { x, t } = drawPoints(examiner.random, N);
  const inputs = { ...parameters, x, t, lr: array(lr), steps: array(steps) };
  const { losses, ...after } = await examiner.ask("train", inputs);
  const right = new RightNetwork(parameters).train(x, t, lr, steps);
  const later = new RightNetwork(parameters).train(x, t, lr, steps + 1).losses.slice([1, null]);
  examiner.require(!isSame(losses, later), {
    where: "the losses are wrong",
    what: "these are the losses after each update",
    cure: "return the one before: compute the loss before update, and return it at the end",
    cause: "wrong order",
  });
  examiner.require(
    Object.entries(parameters).some(([name, before]) => !isSame(after[name], before)),
    {
      where: "the losses are all the same",
      what: `after ${steps} steps no parameter has changed`,
      cure: "trainStep calls net.update(lr), after net.backward",
      cause: "term missing",
    },
  );
  agreeForward("losses", losses, right.losses, { tolerance: 1e-8 });
  for (const [name, value] of Object.entries(right.after))
    agreeForward(`${name} after ${steps} steps`, after[name], value, { tolerance: 1e-8 });
}

/** The first parameter that has not moved by this many times its gradient, if there is one. */
function notMoved(before: Arrays, answer: Arrays, by: number): string | undefined {
  return Object.entries(before).find(([name, value]) => {
    const [found, gradient] = [answer[name], answer[`d${name}`]];
    // Before anything is computed: two shapes that broadcast could give an array of any size.
    if (!isLike(found, value) || !isLike(gradient, value)) return true;
    return !againstExact(found, value.add(gradient.mul(by)), 1e-9).agrees;
  })?.[0];
}

function isLike(found: NDArray | undefined, value: NDArray): found is NDArray {
  return found !== undefined && sameShape(found.shape, value.shape);
}

export const trainingChecks: readonly Check[] = [
  {
    id: "t6-update",
    task: 6,
    points: 0.5,
    title: "MlpClassifier.update: every parameter minus lr times its gradient",
    needs: [],
    run: async (examiner) => {
      const { random, ask } = examiner;
      const parameters = drawNetwork(random);
      const { x } = drawPoints(random, 6);
      const [dz, lr] = [random.normal(0, 1, [6, 1]), random.uniform(0.1, 0.4)];
      const answer = await ask("update", { ...parameters, x, dz, lr: array(lr) });
      const gradients = Object.entries(answer).filter(([name]) => name.startsWith("d"));
      examiner.require(
        gradients.every(([, g]) => g.flat().some((value) => value !== 0)),
        {
          where: "backward has set a gradient of zeros only, so no update can be judged",
          cure: "write backward first",
          cause: "zero",
        },
      );
      const wrong = notMoved(parameters, answer, -lr);
      if (wrong === undefined) return;
      examiner.require(notMoved(parameters, answer, lr) !== undefined, {
        where: "update goes up the hill",
        what: "update has added lr times the gradient, as the slide's update does with its argument",
        cure: "subtract it: this update is given lr, and the minus is its own",
        cause: "sign",
      });
      examiner.require(
        [1, -1].every((by) => notMoved(parameters, answer, by) !== undefined),
        {
          where: "update does not use lr",
          what: "each parameter has moved by its whole gradient",
          cure: "multiply the gradient by lr: W1 − lr · dW1",
          cause: "factor missing",
        },
      );
      examiner.require(notMoved(parameters, answer, 0) !== undefined, {
        where: "update has changed no parameter",
        what: "all parameters are as they were: are the new values assigned to this.W1, this.b1, …?",
        cure: "a.sub(b) returns a new array and leaves a as it is; assign it",
        cause: "zero",
      });
      examiner.require(false, {
        where: `${wrong} after update is wrong`,
        what: `${wrong} is not ${wrong} − lr · d${wrong}`,
        cure: "each of the eight parameters has its own gradient; lr is a factor",
        cause: "update rule",
      });
    },
  },
  {
    id: "t6-train",
    task: 6,
    points: 0.5,
    title: "trainStep: 20 steps, with the losses of the right network",
    needs: ["t4-loss", "t4-dz", "t5-weights", "t5-biases", "t6-update"],
    run: (examiner) => training(examiner, [12, 20, 0.1]),
  },
];
