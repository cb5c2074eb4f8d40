import type { Check, Examiner } from "../../checks/check.ts";
import { agreeForward, agreeGradients } from "../compare.ts";
import { drawNetwork, drawPoints } from "../draw.ts";
import { knownOfNetwork, RightNetwork } from "../right.ts";

const N = 7;

async function gradients(examiner: Examiner, isAsked: (name: string) => boolean): Promise<void> {
  const parameters = drawNetwork(examiner.random);
  const { x } = drawPoints(examiner.random, N);
  const dz = examiner.random.normal(0, 1, [N, 1]);
  const answer = await examiner.ask("backward", { ...parameters, x, dz });
  const right = new RightNetwork(parameters).gradients(x, dz);
  const asked = Object.fromEntries(Object.entries(right).filter(([name]) => isAsked(name)));
  agreeGradients(examiner, answer, asked, (name) => knownOfNetwork(name, { x, dz, parameters }));
}

export const networkChecks: readonly Check[] = [
  {
    id: "t5-forward",
    task: 5,
    points: 0.5,
    title: "MlpClassifier.forward: the logits of a batch",
    needs: ["t1-forward", "t3-forward"],
    run: async ({ random, ask }) => {
      const parameters = drawNetwork(random);
      const { x } = drawPoints(random, N);
      const { z } = await ask("forward", { ...parameters, x });
      const right = new RightNetwork(parameters).forward(x);
      const known = new Map(Object.entries(parameters).filter(([name]) => name === "b4"));
      agreeForward("z", z, right, { inputs: [x], parameters: known });
    },
  },
  {
    id: "t5-weights",
    task: 5,
    points: 0.75,
    title: "MlpClassifier.backward: dW1, dW2, dW3 and dW4",
    needs: ["t5-forward", "t2-dx", "t3-backward"],
    run: (examiner) => gradients(examiner, (name) => name.startsWith("W")),
  },
  {
    id: "t5-biases",
    task: 5,
    points: 0.5,
    title: "MlpClassifier.backward: db1, db2, db3 and db4",
    needs: ["t5-forward", "t2-dx", "t3-backward"],
    run: (examiner) => gradients(examiner, (name) => name.startsWith("b")),
  },
];
