import { expect } from "chai";
import { sides } from "./sides.ts";
import { answersOf, expectClose, expectUpToDate, noise } from "./tables.ts";

interface OptimizerCase {
  readonly what: string;
  readonly options?: object;
  /** Options of each parameter's own group. */
  readonly groups?: readonly object[];
}

const fixture = answersOf<OptimizerCase, number[][]>("optimizers");

describe(`optimizers against ${fixture.madeBy}, float64 to 1e-9`, () => {
  it("PyTorch's answers are those to the table's cases", () => expectUpToDate("optimizers", fixture));
  for (const [name, answered] of Object.entries(fixture.answers)) {
    for (const side of sides) {
      for (const { case: one, answer } of answered) {
        it(`${side.name}, ${name}, ${one.what}: two parameters, 20 steps`, () => {
          const start = [noise([2, 3], 1), noise([4], 2)];
          const path = side.optimize(name, one.options ?? {}, one.groups, start, (step, k, value) =>
            value.mul(0.5 + k).add(noise(value.shape, 10 * step + k)),
          );
          expect(path.length).to.equal(answer.length);
          for (const [i, wanted] of answer.entries())
            expectClose(path[i] as number[], wanted, `step ${i + 1}`);
        });
      }
    }
  }
});
