import type * as np from "chalk-and-tape/np";
import type { Check, Examiner } from "#internal/homework";

const inputs = (examiner: Examiner): np.NDArray => examiner.random.normal(0, 1, [4]);

/** An assignment of two functions: 2x and x + 3. One point for each. */
export const checks: readonly Check[] = [check("double", (x) => x.mul(2)), check("shift", (x) => x.add(3))];

/** A right answer. */
export const honest = `
export const double = (x: any) => x.mul(2);
export const shift = (x: any) => x.add(3);
`;

function check(call: string, expected: (x: np.NDArray) => np.NDArray): Check {
  return {
    id: call,
    task: 1,
    points: 1,
    title: call,
    needs: [],
    async run(examiner) {
      const x = inputs(examiner);
      const { y } = await examiner.ask(call, { x });
      examiner.agree("y", y, expected(x));
    },
  };
}
