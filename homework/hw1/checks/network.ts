import { againstExact } from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import * as np from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import { Failure } from "../../checks/failure.ts";
import type { Arrays } from "../../protocol/frame.ts";
import { agreeForward, agreeGradients, factors, isSame } from "../compare.ts";
import { drawNetwork, drawPoints } from "../draw.ts";
import { knownOfNetwork, RightNetwork } from "../right.ts";
import { forwardWithout, slipAt } from "../slips.ts";

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
  const first = Object.keys(asked).find((name) => !isSame(answer[`d${name}`], asked[name] as NDArray));
  if (first === undefined) return;
  const [k, before] = [Number(first[1]), `d${first[0]}${Number(first[1]) + 1}`];
  const where = k === 4 ? `d${first} is wrong` : `${before} is right, and d${first} is the first wrong one`;
  const isFound = (slip: Arrays): boolean => isSame(answer[`d${first}`], slip[first] as NDArray);
  const slip = k === 4 ? undefined : slipAt(k, isFound, parameters, { x, dz });
  if (slip) throw new Failure("wrong mask", { where, ...slip });
  try {
    await agreeGradients(examiner, answer, asked, (name) => knownOfNetwork(name, { x, dz, parameters }));
  } catch (error) {
    if (!(error instanceof Failure && error.cause === "unknown")) throw error;
    const cure =
      k === 4
        ? "look at what layer 4 was given: dz, this.x4 and this.W4"
        : `look at dz${k}, and at what layer ${k} was given: dz${k}, this.x${k} and this.W${k}`;
    throw new Failure("unknown", { where: error.advice.where, what: where, cure });
  }
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
      const without = [1, 2, 3].find((k) => z && isSame(z, forwardWithout(parameters, x, k)));
      if (without !== undefined)
        throw new Failure("term missing", {
          where: "z is wrong",
          what: `z is that of a network without the ReLU after layer ${without}`,
          cure: `this.x${without + 1} is reluForward(this.z${without})`,
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
    credit: factors,
    run: (examiner) => gradients(examiner, (name) => name.startsWith("W")),
  },
  {
    id: "t5-biases",
    task: 5,
    points: 0.5,
    title: "MlpClassifier.backward: db1, db2, db3 and db4",
    needs: ["t5-forward", "t2-dx", "t3-backward"],
    credit: factors,
    run: (examiner) => gradients(examiner, (name) => name.startsWith("b")),
  },
];
