import { againstExact } from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import * as np from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import { Failure } from "../../checks/failure.ts";
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
  // As backward goes: the first that differs is where the mistake is, those behind it inherit it.
  const asked = Object.fromEntries(
    Object.entries(right)
      .filter(([name]) => isAsked(name))
      .sort(([a], [b]) => b.slice(1).localeCompare(a.slice(1))),
  );
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
      const drawn = drawNetwork(random);
      const { x } = drawPoints(random, N);
      // Logits around 0, so that a ReLU at the end shows.
      const b4 = (drawn.b4 as NDArray).sub(new RightNetwork(drawn).forward(x).mean());
      const parameters = { ...drawn, b4 };
      const { z } = await ask("forward", { ...parameters, x });
      const right = new RightNetwork(parameters).forward(x);
      if (z && againstExact(z, np.maximum(right, 0), 1e-9).agrees)
        throw new Failure("extra relu", {
          where: "z is never negative",
          what: "z is the right one after a ReLU",
          cure: "return the result of layer 4 as it is: the logit has no ReLU",
        });
      agreeForward("z", z, right, { inputs: [x], parameters: new Map([["b4", b4]]) });
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
