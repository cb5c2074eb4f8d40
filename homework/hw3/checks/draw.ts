import { array, type NDArray, type Random } from "../../../np/index.ts";
import type { Examiner } from "../../checks/check.ts";
import { nodesOf } from "../expected.ts";
import { judgeBackward } from "../judge.ts";
import type { Step } from "../program.ts";

/** Numbers that stay away from 0, where relu has its corner. */
export function draw(random: Random, shape: readonly number[]): NDArray {
  const x = random.normal(0, 1, [...shape]);
  return array(Float64Array.from(x.flat(), (v) => v + 0.1 * Math.sign(v))).reshape([...shape]);
}

/** Leaves of one number each. */
export function drawNumbers(random: Random, count: number): readonly NDArray[] {
  return Array.from({ length: count }, () => draw(random, []));
}

/** c = a + b, as a step of a program. */
export function add(a: number, b: number, times: number = 1): Step {
  return { operation: "add", a, b, times };
}

/**
 * A program of sums in which results are read again and again, in any order of the operands. Each reads
 * the result before it, so the last one depends on all.
 */
export function drawSums(random: Random, leaves: number, count: number): readonly Step[] {
  return Array.from({ length: count }, (_, i) => {
    const before = leaves + i - 1;
    const other = random.integers(0, leaves + i);
    const last = i === 0 ? 0 : before;
    return random.integers(0, 2) === 0 ? add(last, other) : add(other, last);
  });
}

/** Sums in which one way is longer than another: whoever sends too early sends too little. */
export const skewed: readonly (readonly Step[])[] = [
  // leaves a, b; c = a + b is read at once, and again after a detour
  [add(0, 1), add(2, 1), add(2, 3)],
  [add(0, 1), add(2, 1), add(3, 2)],
  [add(0, 1), add(2, 1), add(1, 3), add(2, 4), add(4, 5)],
  [add(0, 1), add(2, 1), add(1, 3), add(4, 2), add(5, 2)],
];

/** Draws leaves of these shapes and an upstream gradient, and judges the gradients from the last node on. */
export async function judgeDrawn(
  examiner: Examiner,
  shapes: readonly (readonly number[])[],
  steps: readonly Step[],
): Promise<void> {
  const program = { leaves: shapes.map((shape) => draw(examiner.random, shape)), steps };
  const root = shapes.length + steps.length - 1;
  const upstream = draw(examiner.random, nodesOf(program)[root]?.shape ?? []);
  await judgeBackward(examiner, program, [{ root, upstream }]);
}
