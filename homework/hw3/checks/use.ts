import { functional, type Tensor, tensor } from "../../../autograd/index.ts";
import { array, type NDArray, type Random } from "../../../np/index.ts";
import type { Check } from "../../checks/check.ts";
import { numbered } from "../program.ts";
import { draw } from "./draw.ts";

/** Task 7: a network and a loss made of the operations. */
export const useChecks: readonly Check[] = [
  {
    id: "n-network",
    task: 7,
    points: 1,
    title: "network: logits and all gradients of 2-4-3-1",
    needs: ["r-mul", "r-matmul", "r-relu"],
    async run(examiner) {
      const { random } = examiner;
      const parameters = drawParameters(random, [2, 4, 3, 1]);
      const [x, upstream] = [draw(random, [5, 2]), draw(random, [5, 1])];
      const answer = await examiner.ask("network", { x, upstream, ...numbered("parameter", parameters) });
      const right = parameters.map((one) => tensor(one, { requiresGrad: true }));
      const logit = forward(tensor(x), right);
      logit.backward(upstream);
      examiner.agree("y", answer.logit, logit.data, { inputs: [x] });
      for (const [i, { grad }] of right.entries()) {
        const name = `${i % 2 === 0 ? "W" : "b"}${1 + Math.floor(i / 2)}`;
        examiner.agree(name, answer[`grad${i}`], grad?.data as NDArray, { inputs: [x], own: -1 });
      }
    },
  },
  {
    id: "n-loss",
    task: 7,
    points: 1,
    title: "marginLoss: the mean, and its gradient",
    needs: ["r-mul", "r-relu", "r-sum"],
    async run(examiner) {
      for (const n of [1, 6]) {
        const logit = draw(examiner.random, [n, 1]).mul(2);
        const sign = array(Float64Array.from(draw(examiner.random, [n]).flat(), Math.sign)).reshape([n, 1]);
        const answer = await examiner.ask("marginLoss", { logit, sign });
        const z = tensor(logit, { requiresGrad: true });
        const loss = functional.relu(z.mul(sign.neg()).add(1)).mean();
        loss.backward();
        examiner.agree("y", answer.loss, loss.data);
        const lengths = [{ name: "N, the batch", length: n }];
        examiner.agree("x", answer.grad, z.grad?.data as NDArray, { inputs: [logit, sign], lengths });
      }
    },
  },
];

function drawParameters(random: Random, widths: readonly number[]): readonly NDArray[] {
  return widths
    .slice(1)
    .flatMap((width, i) => [draw(random, [widths[i] as number, width]), draw(random, [width])]);
}

function forward(x: Tensor, parameters: readonly Tensor[]): Tensor {
  let h = x;
  for (let i = 0; i < parameters.length; i += 2) {
    if (i > 0) h = functional.relu(h);
    h = h.matmul(parameters[i] as Tensor).add(parameters[i + 1] as Tensor);
  }
  return h;
}
