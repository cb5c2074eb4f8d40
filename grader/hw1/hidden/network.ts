import { type Check, type Examiner, hw1 } from "../../../homework/internal.ts";
import { array, arrayEqual, type NDArray } from "../../../np/index.ts";

const widths = [3, 12, 5, 8, 1] as const;
const needs = ["t5-weights", "t5-biases"];

/** A network of other widths, two batches, and the gradients of their logits. */
function drawn({ random }: Examiner) {
  const parameters = hw1.drawNetwork(random, widths);
  const batch = (N: number): { x: NDArray; dz: NDArray } => ({
    x: random.normal(0, 1, [N, 3]),
    dz: random.normal(0, 1, [N, 1]),
  });
  return { parameters, net: new hw1.RightNetwork(parameters), one: batch(9), two: batch(4) };
}

export const hiddenNetworkChecks: readonly Check[] = [
  {
    id: "h5-widths",
    task: 5,
    points: 0.25,
    title: "MlpClassifier: other widths and batches",
    needs,
    run: async (examiner) => {
      const { parameters, net, one, two } = drawn(examiner);
      for (const { x, dz } of [one, two]) {
        const { z } = await examiner.ask("forward", { ...parameters, x });
        hw1.agreeForward("z", z, net.forward(x));
        const answer = await examiner.ask("backward", { ...parameters, x, dz });
        const known = (name: string) => hw1.knownOfNetwork(name, { x, dz, parameters });
        await hw1.agreeGradients(examiner, answer, net.gradients(x, dz), known);
      }
    },
  },
  {
    id: "h5-twice",
    task: 5,
    points: 0.25,
    title: "MlpClassifier.backward: a second call replaces the gradients",
    needs,
    run: async (examiner) => {
      const { parameters, net, one } = drawn(examiner);
      const { x, dz } = one;
      const first = examiner.random.normal(0, 1, dz.shape);
      const answer = await examiner.ask("backward", { ...parameters, x, first, dz });
      const both = net.gradients(x, dz.add(first));
      await hw1.agreeGradients(examiner, answer, net.gradients(x, dz), (name) => ({
        ...hw1.knownOfNetwork(name, { x, dz, parameters }),
        afterTwo: both[name] as NDArray,
      }));
    },
  },
  {
    id: "h5-newest",
    task: 5,
    points: 0.25,
    title: "MlpClassifier.backward: belongs to the newest forward",
    needs,
    run: async (examiner) => {
      const { parameters, net, one } = drawn(examiner);
      const { x, dz } = one;
      const earlier = examiner.random.normal(0, 1, x.shape);
      const answer = await examiner.ask("backward", { ...parameters, earlier, x, dz });
      const stale = net.gradients(earlier, dz);
      await hw1.agreeGradients(examiner, answer, net.gradients(x, dz), (name) => ({
        ...hw1.knownOfNetwork(name, { x, dz, parameters }),
        forEarlier: stale[name] as NDArray,
      }));
    },
  },
  {
    id: "h6-inputs",
    task: 6,
    points: 0.25,
    title: "no function changes the arrays that it is given",
    needs: ["t1-forward", "t2-dx", "t3-forward", "t3-backward", "t4-loss", "t4-dz", "t5-forward"],
    run: async (examiner) => {
      const { random, ask } = examiner;
      const { x, W, b, dy } = hw1.drawLinear(random, [5, 3, 4]);
      const { x: points, t } = hw1.drawPoints(random, 5);
      const [z, dz] = [random.normal(0, 1, [5, 1]), random.normal(0, 1, [5, 1])];
      const parameters = hw1.drawNetwork(random);
      const inputs = { ...parameters, x, W, b, dy, points, t, z, dz, lr: array(0.1) };
      const after = await ask("everything", inputs);
      for (const [name, value] of Object.entries(inputs)) {
        const found = after[name];
        examiner.require(found !== undefined && arrayEqual(found, value), {
          where: `${name} is another array after the calls`,
          what: `a function has changed its argument ${name} in place`,
          cure: "copy() before set, addInPlace or copyFrom",
          cause: "input changed",
        });
      }
    },
  },
];
