import { array, type NDArray, onesLike } from "../../../np/index.ts";
import type { Check } from "../../checks/check.ts";
import { inProgram, judgeBackward, judgeForward } from "../judge.ts";
import { type Backward, type Program, questionOf } from "../program.ts";
import { add, draw, drawSums, skewed } from "./draw.ts";
import { expectOnlyNp } from "./imports.ts";

const shape = [2, 3];

/** How long the long chain is: more than the stack of functions that call themselves. */
const long = 15_000;

/** Tasks 3 and 4: forward of the operations, and backward on sums of arrays of one shape. */
export const tapeChecks: readonly Check[] = [
  {
    id: "f-products",
    task: 3,
    points: 1,
    title: "Tensor: the values of mul, matmul and relu",
    needs: [],
    async run(examiner) {
      expectOnlyNp(examiner);
      const of = (...shapes: number[][]): NDArray[] => shapes.map((one) => draw(examiner.random, one));
      await judgeForward(examiner, { leaves: of(shape, [3]), steps: [{ operation: "mul", a: 0, b: 1 }] });
      await judgeForward(examiner, {
        leaves: of(shape, [3, 4]),
        steps: [{ operation: "matmul", a: 0, b: 1 }],
      });
      await judgeForward(examiner, { leaves: of(shape), steps: [{ operation: "relu", a: 0 }] });
    },
  },
  {
    id: "f-shapes",
    task: 3,
    points: 1,
    title: "Tensor: the values of sum, reshape and broadcastTo",
    needs: [],
    async run(examiner) {
      expectOnlyNp(examiner);
      const leaves = [draw(examiner.random, [2, 1, 3])];
      await judgeForward(examiner, { leaves, steps: [{ operation: "sum", a: 0 }] });
      for (const axis of [0, -1, [0, 2]])
        for (const keepDims of [false, true])
          await judgeForward(examiner, { leaves, steps: [{ operation: "sum", a: 0, axis, keepDims }] });
      await judgeForward(examiner, { leaves, steps: [{ operation: "reshape", a: 0, shape: [3, 2] }] });
      const wide = [4, 2, 5, 3];
      await judgeForward(examiner, { leaves, steps: [{ operation: "broadcastTo", a: 0, shape: wide }] });
    },
  },
  {
    id: "b-chain",
    task: 4,
    points: 1,
    title: "backward: upstream reaches every leaf of a sum",
    needs: [],
    async run(examiner) {
      expectOnlyNp(examiner);
      const leaves = Array.from({ length: 3 }, () => draw(examiner.random, shape));
      const steps = [add(0, 1), add(3, 2)];
      await judgeBackward(examiner, { leaves, steps }, [{ root: 4, upstream: draw(examiner.random, shape) }]);
      const one = leaves.map(() => draw(examiner.random, []));
      await judgeBackward(examiner, { leaves: one, steps }, [{ root: 4 }]);
    },
  },
  {
    id: "b-shared",
    task: 4,
    points: 1,
    title: "backward: an array that is read twice adds two gradients (b = a + a, c = b + b)",
    needs: ["b-chain"],
    async run(examiner) {
      const leaves = [draw(examiner.random, shape)];
      const upstream = draw(examiner.random, shape);
      await judgeBackward(examiner, { leaves, steps: [add(0, 0)] }, [{ root: 1, upstream }]);
      await judgeBackward(examiner, { leaves, steps: [add(0, 0), add(1, 1)] }, [{ root: 2, upstream }]);
    },
  },
  {
    id: "b-order",
    task: 4,
    points: 1,
    title: "backward: a result sends only when all its readers have sent",
    needs: ["b-chain"],
    async run(examiner) {
      const drawn = Array.from({ length: 5 }, () => drawSums(examiner.random, 2, 8));
      for (const steps of [...skewed, ...drawn]) {
        const leaves = [draw(examiner.random, shape), draw(examiner.random, shape)];
        const upstream = draw(examiner.random, shape);
        await judgeBackward(examiner, { leaves, steps }, [{ root: steps.length + 1, upstream }]);
      }
    },
  },
  {
    id: "b-long",
    task: 4,
    points: 1,
    title: `backward: a chain of ${long.toLocaleString("en")} operations`,
    needs: ["b-chain"],
    async run(examiner) {
      const leaves = [draw(examiner.random, [1]), draw(examiner.random, [1])];
      const program: Program = { leaves, steps: [add(0, 1, long)] };
      const upstream = draw(examiner.random, [1]);
      await inProgram(program, async () => {
        const answer = await examiner.ask("tensors", questionOf(program, [{ root: 2, upstream }]));
        examiner.agree("leaf a", answer.grad0, upstream);
        examiner.agree("leaf b", answer.grad1, upstream.mul(long), { tolerance: 1e-9 });
      });
    },
  },
  {
    id: "b-many-ways",
    task: 4,
    points: 1,
    title: "backward: 40 times b = a + a in a row, each result pulled once",
    needs: ["b-shared"],
    async run(examiner) {
      const program: Program = { leaves: [draw(examiner.random, [1])], steps: [add(0, 0, 40)] };
      const upstream = draw(examiner.random, [1]);
      await inProgram(program, async () => {
        const answer = await examiner.ask("tensors", questionOf(program, [{ root: 1, upstream }]));
        examiner.agree("leaf a", answer.grad0, upstream.mul(2 ** 40));
      });
    },
  },
  {
    id: "b-again",
    task: 4,
    points: 1,
    title: "backward twice adds each call's gradient once; zeroGrad begins anew",
    needs: ["b-shared"],
    async run(examiner) {
      const leaves = Array.from({ length: 3 }, () => draw(examiner.random, shape));
      // d = a + b; e = d + c; f = d + a: two roots, e and f, that share d
      const steps = [add(0, 1), add(3, 2), add(3, 0)];
      const from = (root: number): Backward => ({ root, upstream: draw(examiner.random, shape) });
      await judgeBackward(examiner, { leaves, steps }, [from(4), from(4)]);
      await judgeBackward(examiner, { leaves, steps }, [from(4), from(5), from(4)]);
      // after zeroGrad only f: c, which only e reads, has no gradient any more
      await judgeBackward(examiner, { leaves, steps }, [from(4), from(5), from(5)], 2);
    },
  },
  {
    id: "b-leaves",
    task: 4,
    points: 1,
    title: "backward: no gradient for constants and unused leaves; data and upstream stay as they are",
    needs: ["b-again"],
    async run(examiner) {
      const leaves = Array.from({ length: 4 }, () => draw(examiner.random, shape));
      const learns = [true, false, true, true];
      // e = a + b; f = e + c, the root; g = e + d is not on its way, and b is a constant
      const steps = [add(0, 1), add(4, 2), add(4, 3)];
      const upstream = draw(examiner.random, shape);
      await judgeBackward(examiner, { leaves, learns, steps }, [{ root: 5, upstream }]);
      const twice = [
        { root: 5, upstream },
        { root: 5, upstream: onesLike(upstream) },
      ];
      await judgeBackward(examiner, { leaves, learns, steps }, twice);
      const answer = await examiner.ask("refusal", { x: array([1, 2]) });
      const where = "backward() of two numbers without upstream must throw";
      examiner.require(answer.thrown?.item() === 1, { where, cause: "thrown" });
    },
  },
];
