import { type Check, type Examiner, Failure, hw3 } from "../../homework/internal.ts";
import { array, onesLike, zeros } from "../../np/index.ts";
import { drawProgram } from "./random-program.ts";

/** The checks that no student's edition holds. */
export const hidden: readonly Check[] = [
  {
    id: "h-values",
    task: 2,
    points: 1,
    title: "Value: graphs of all operations, drawn anew",
    needs: ["v-shared"],
    async run(examiner) {
      await drawnAnew(async () => {
        for (let i = 0; i < 10; i++) await hw3.judgeValues(examiner, drawnNumbers(examiner));
      });
    },
  },
  {
    id: "h-graphs",
    task: 6,
    points: 2,
    title: "Tensor: graphs of all operations, drawn anew",
    needs: ["b-chain"],
    async run(examiner) {
      await drawnAnew(async () => {
        for (let i = 0; i < 12; i++) {
          const program = drawProgram(examiner.random, 10);
          await hw3.judgeBackward(examiner, program, [fromLast(examiner, program)]);
        }
      });
    },
  },
  {
    id: "h-sharing",
    task: 4,
    points: 1,
    title: "backward: gradients of two leaves, and of two calls, share no memory",
    needs: ["b-again"],
    async run(examiner) {
      const leaves = Array.from({ length: 3 }, () => hw3.draw(examiner.random, [2, 2]));
      const add = (a: number, b: number): hw3.Step => ({ operation: "add", a, b });
      // d = a + b and e = d + c: one dy may reach all leaves; f = a + c reaches two of them again
      const program = { leaves, steps: [add(0, 1), add(3, 2), add(0, 2)] };
      const roots = [4, 5, 4, 5].map((root) => ({ root, upstream: hw3.draw(examiner.random, [2, 2]) }));
      await hw3.judgeBackward(examiner, program, roots);
    },
  },
  {
    id: "h-long",
    task: 4,
    points: 1,
    title: "backward: a long graph of several operations, with a second way",
    needs: ["b-long"],
    async run(examiner) {
      const times = 6_000;
      const leaves = [hw3.draw(examiner.random, [1]), hw3.draw(examiner.random, [1, 1])];
      // c = a · b; d = a + c + c + …; e = d + a
      const program: hw3.Program = {
        leaves,
        steps: [
          { operation: "mul", a: 0, b: 1 },
          { operation: "add", a: 0, b: 2, times },
          { operation: "add", a: 3, b: 0 },
        ],
      };
      const upstream = hw3.draw(examiner.random, [1, 1]);
      await hw3.inProgram(program, async () => {
        const answer = await examiner.ask("tensors", hw3.questionOf(program, [{ root: 4, upstream }]));
        const [a, b] = leaves.map((x) => x.flat()[0] as number) as [number, number];
        const dy = upstream.item();
        examiner.agree("leaf a", answer.grad0, array([dy * (2 + times * b)]));
        examiner.agree("leaf b", answer.grad1, array([[dy * times * a]]));
      });
    },
  },
  {
    id: "h-empty",
    task: 6,
    points: 1,
    title: "Tensor: arrays without an axis, and axes of length 0",
    needs: ["r-mul", "r-sum"],
    async run(examiner) {
      const zeroRows: hw3.Program = {
        leaves: [zeros([0, 3]), hw3.draw(examiner.random, [3]), hw3.draw(examiner.random, [])],
        steps: [
          { operation: "mul", a: 0, b: 1 },
          { operation: "add", a: 3, b: 2 },
          { operation: "sum", a: 4, axis: 0 },
        ],
      };
      await hw3.judgeBackward(examiner, zeroRows, [fromLast(examiner, zeroRows)]);
      const numbers: hw3.Program = {
        leaves: [hw3.draw(examiner.random, []), hw3.draw(examiner.random, [1, 1])],
        steps: [
          { operation: "mul", a: 0, b: 0 },
          { operation: "add", a: 2, b: 1 },
          { operation: "sum", a: 3, axis: [0, 1] },
          { operation: "relu", a: 4 },
          { operation: "add", a: 5, b: 4 },
        ],
      };
      await hw3.judgeBackward(examiner, numbers, [{ root: 6 }]);
      await hw3.judgeBackward(examiner, numbers, [{ root: 6, upstream: onesLike(array(0)).mul(-2) }]);
    },
  },
];

/**
 * In a drawn graph one mistake can look like another, and differently for each student. So its cause has
 * one name, and earns the same for all.
 */
async function drawnAnew(judge: () => Promise<void>): Promise<void> {
  try {
    await judge();
  } catch (error) {
    throw error instanceof Failure ? new Failure("drawn graph", error.advice) : error;
  }
}

function fromLast(examiner: Examiner, program: hw3.Program): hw3.Backward {
  const root = program.leaves.length + program.steps.length - 1;
  return { root, upstream: hw3.draw(examiner.random, hw3.nodesOf(program)[root]?.shape ?? []) };
}

/** Twelve operations on three numbers; each reads the newest result, and often an older one. */
function drawnNumbers({ random }: Examiner): hw3.Program {
  const leaves = hw3.drawNumbers(random, 3);
  const kinds = ["add", "mul", "neg", "relu", "add", "exp"] as const;
  let exps = 0;
  const steps = Array.from({ length: 12 }, (_, i): hw3.Step => {
    const drawn = kinds[random.integers(0, kinds.length)] ?? "add";
    // e to the power of e to the power of … would leave the range of numbers.
    const operation = drawn === "exp" && exps++ > 0 ? "neg" : drawn;
    const [newest, other] = [i === 0 ? 0 : leaves.length + i - 1, random.integers(0, leaves.length + i)];
    if (operation !== "add" && operation !== "mul") return { operation, a: newest };
    return random.integers(0, 2) === 0
      ? { operation, a: newest, b: other }
      : { operation, a: other, b: newest };
  });
  return { leaves, steps };
}
