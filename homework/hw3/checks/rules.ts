import { array, type NDArray } from "../../../np/index.ts";
import type { Check, Examiner } from "../../checks/check.ts";
import { judgeBackward } from "../judge.ts";
import type { Step } from "../program.ts";
import { add, draw, judgeDrawn } from "./draw.ts";
import { expectOnlyNp } from "./imports.ts";

const full: readonly number[] = [2, 3];
/** All ways in which an axis can be there, have length 1, or be missing, for two axes. */
const shapes: readonly (readonly number[])[] = [full, [1, 3], [2, 1], [1, 1], [3], [1], []];

/** n, k and m of products (n, k)·(k, m). */
const matrices = [
  [2, 3, 4],
  [3, 3, 3],
  [1, 4, 1],
  [4, 1, 3],
] as const;

/** Tasks 5 and 6: sums over broadcast axes, and the rules of the operations. */
export const ruleChecks: readonly Check[] = [
  {
    id: "u-front",
    task: 5,
    points: 1,
    title: "unbroadcast: sums over the axes in front that the shape lacks",
    needs: [],
    async run(examiner) {
      expectOnlyNp(examiner);
      for (const shape of [[3], [2, 3], []]) await judgeSums(examiner, [4, 2, 3], shape);
    },
  },
  {
    id: "u-stretched",
    task: 5,
    points: 1,
    title: "unbroadcast: sums over the axes of length 1, and keeps them",
    needs: ["u-front"],
    async run(examiner) {
      const wanted = [[4, 1, 3], [4, 2, 1], [1, 2, 3], [1, 1, 1], [1, 3], [2, 1], [1, 1], [1]];
      for (const shape of wanted) await judgeSums(examiner, [4, 2, 3], shape);
      await judgeSums(examiner, [4, 1, 3], [1, 1, 3]);
      await judgeSums(examiner, [4, 1, 3], [1, 3]);
    },
  },
  {
    id: "r-mul",
    task: 6,
    points: 1,
    title: "add and mul: gradients in all combinations of broadcasting, also of a · a",
    needs: ["f-products", "b-shared", "u-stretched"],
    async run(examiner) {
      for (const a of shapes)
        for (const b of shapes)
          for (const operation of a === full || b === full ? (["add", "mul"] as const) : (["mul"] as const))
            await judgeDrawn(examiner, [a, b], [{ operation, a: 0, b: 1 }]);
      const twice: Step[] = [{ operation: "mul", a: 0, b: 0 }, { operation: "mul", a: 2, b: 1 }, add(3, 0)];
      await judgeDrawn(examiner, [[2, 3], [3]], twice);
    },
  },
  {
    id: "r-matmul",
    task: 6,
    points: 1,
    title: "matmul: both gradients, also of square matrices and of one column",
    needs: ["f-products", "b-chain"],
    credit: ["transposed"],
    run: (examiner) =>
      examiner.together(
        matrices.map(([n, k, m]) => {
          const both = [
            [n, k],
            [k, m],
          ];
          return () => judgeDrawn(examiner, both, [{ operation: "matmul", a: 0, b: 1 }]);
        }),
      ),
  },
  {
    id: "r-relu",
    task: 6,
    points: 1,
    title: "relu: the gradient above 0, below 0 and at 0",
    needs: ["f-products", "b-chain"],
    credit: ["mask"],
    async run(examiner) {
      const x = draw(examiner.random, [3, 4]);
      x.set(0, 0, 1).set(0, 2, 3);
      const upstream = draw(examiner.random, [3, 4]);
      const steps: Step[] = [{ operation: "relu", a: 0 }];
      const more: Step[] = [...steps, add(1, 0), { operation: "relu", a: 2 }];
      await examiner.together([
        () => judgeBackward(examiner, { leaves: [x], steps }, [{ root: 1, upstream }]),
        () => judgeDrawn(examiner, [[3, 4]], more),
      ]);
    },
  },
  {
    id: "r-sum",
    task: 6,
    points: 1,
    title: "sum: the gradient for one axis, several and all, with and without keepDims",
    needs: ["f-shapes", "b-chain"],
    async run(examiner) {
      // A square, where a gradient along the wrong axis has the right shape.
      for (const shape of [
        [3, 3],
        [2, 3, 4],
      ])
        for (const axis of [null, 0, 1, -1, [0, 1], [-1, 0]])
          for (const keepDims of [false, true])
            await judgeDrawn(examiner, [shape], [{ operation: "sum", a: 0, axis, keepDims }]);
    },
  },
  {
    id: "r-shapes",
    task: 6,
    points: 1,
    title: "reshape and broadcastTo: the gradient has the shape of the input",
    needs: ["f-shapes", "b-chain", "u-stretched"],
    async run(examiner) {
      for (const shape of [[6], [3, 2], [1, 2, 3]])
        await judgeDrawn(examiner, [[2, 3]], [{ operation: "reshape", a: 0, shape }]);
      for (const from of shapes)
        await judgeDrawn(examiner, [from], [{ operation: "broadcastTo", a: 0, shape: [4, 2, 3] }]);
    },
  },
];

/** The right sums, axis by axis, against the student's `unbroadcast`. */
async function judgeSums(examiner: Examiner, from: readonly number[], to: readonly number[]): Promise<void> {
  const dy = draw(examiner.random, from);
  const { dx } = await examiner.ask("unbroadcast", { dy, shape: array([...to]) });
  examiner.agree(`shape [${to}] broadcast to [${from}]`, dx, summed(dy, to), { dy });
}

function summed(dy: NDArray, shape: readonly number[]): NDArray {
  const longer = [...Array<number>(dy.ndim - shape.length).fill(1), ...shape];
  const axes = longer.flatMap((length, axis) => (length === 1 ? [axis] : []));
  return dy.sum(axes, true).reshape([...shape]);
}
