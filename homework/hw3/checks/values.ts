import { array } from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import { judgeValues } from "../judge.ts";
import type { Step } from "../program.ts";
import { add, drawNumbers, drawSums, skewed } from "./draw.ts";
import { expectOnlyNp } from "./imports.ts";

/** Tasks 1 and 2: the tape for numbers. */
export const valueChecks: readonly Check[] = [
  {
    id: "v-chain",
    task: 1,
    points: 1,
    title: "Value.backward: every number of a long sum gets the gradient 1",
    needs: [],
    async run(examiner) {
      expectOnlyNp(examiner);
      const leaves = drawNumbers(examiner.random, 4);
      await judgeValues(examiner, { leaves, steps: [add(0, 1), add(4, 2), add(5, 3)] });
    },
  },
  {
    id: "v-shared",
    task: 1,
    points: 1,
    title: "Value.backward: a value that is read twice adds two gradients (b = a + a, c = b + b)",
    needs: ["v-chain"],
    async run(examiner) {
      const leaves = drawNumbers(examiner.random, 1);
      await judgeValues(examiner, { leaves, steps: [add(0, 0), add(1, 1)] });
      await judgeValues(examiner, { leaves, steps: [add(0, 0), add(1, 1), add(2, 2), add(3, 3)] });
    },
  },
  {
    id: "v-order",
    task: 1,
    points: 1,
    title: "Value.backward: a value sends only when all its readers have sent",
    needs: ["v-chain"],
    async run(examiner) {
      for (const steps of skewed)
        await judgeValues(examiner, { leaves: drawNumbers(examiner.random, 2), steps });
      for (let i = 0; i < 5; i++) {
        const leaves = drawNumbers(examiner.random, 2);
        await judgeValues(examiner, { leaves, steps: drawSums(examiner.random, 2, 8) });
      }
    },
  },
  {
    id: "v-mul",
    task: 2,
    points: 1,
    title: "Value.mul: value and both gradients, also of a · a",
    needs: ["v-shared"],
    async run(examiner) {
      await judgeEach(examiner, [
        [{ operation: "mul", a: 0, b: 1 }],
        [{ operation: "mul", a: 0, b: 0 }],
        [{ operation: "mul", a: 0, b: 1 }, { operation: "mul", a: 2, b: 0 }, add(3, 0)],
      ]);
    },
  },
  {
    id: "v-neg-exp",
    task: 2,
    points: 1,
    title: "Value.neg and Value.exp: value and gradient",
    needs: ["v-shared"],
    credit: ["sign"],
    async run(examiner) {
      // No result is read twice: what is wrong in the order of backward is for v-order to say.
      await judgeEach(examiner, [
        [{ operation: "neg", a: 0 }],
        [{ operation: "exp", a: 0 }],
        [{ operation: "neg", a: 0 }, { operation: "neg", a: 0 }, add(2, 3)],
        [{ operation: "neg", a: 0 }, { operation: "neg", a: 2 }, add(1, 3)],
        [{ operation: "exp", a: 0 }, add(0, 2), { operation: "exp", a: 0 }, add(3, 4)],
      ]);
    },
  },
  {
    id: "v-relu",
    task: 2,
    points: 1,
    title: "Value.relu: value and gradient above 0, below 0 and at 0",
    needs: ["v-shared"],
    async run(examiner) {
      const size = Math.abs(drawNumbers(examiner.random, 1)[0]?.item() ?? 1);
      for (const x of [size, -size, 0]) {
        const leaves = [array(x)];
        await judgeValues(examiner, { leaves, steps: [{ operation: "relu", a: 0 }] });
        await judgeValues(examiner, { leaves, steps: [{ operation: "relu", a: 0 }, add(1, 0), add(2, 2)] });
      }
    },
  },
];

async function judgeEach(examiner: Examiner, programs: readonly (readonly Step[])[]): Promise<void> {
  await examiner.together(
    programs.map((steps) => () => judgeValues(examiner, { leaves: drawNumbers(examiner.random, 2), steps })),
  );
}
