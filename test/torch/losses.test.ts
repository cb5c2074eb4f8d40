import { expect } from "chai";
import { array, type NDArray } from "chalk-and-tape/np";
import { type Side, sides } from "./sides.ts";
import {
  type Answered,
  answersOf,
  type Draw,
  draw,
  expectClose,
  expectUpToDate,
  type Numeral,
  noise,
} from "./tables.ts";

interface LossCase {
  readonly what: string;
  readonly args: readonly unknown[];
  readonly x: Draw;
  readonly x2?: Draw;
  readonly target: Draw;
  /** Whether the target, a tensor, has a gradient: on tape. Chalk's targets are constants. */
  readonly targetGradient?: true;
}
interface LossAnswer {
  readonly shape: number[];
  readonly y: Numeral[];
  readonly inputs: Readonly<Record<string, Numeral[]>>;
}

function replay(
  side: Side,
  name: string,
  { case: one, answer }: Answered<LossCase, Readonly<Record<string, LossAnswer>>>,
): void {
  for (const [reduction, wanted] of Object.entries(answer)) {
    const { targetGradient = false } = one;
    const loss = side.build(name, one.args, { lists: true, more: { reduction }, targetGradient });
    const inputs = [one.x, one.x2].flatMap((how, i) => (how ? [draw(how, i)] : []));
    const found = loss.pass([...inputs, draw(one.target, 3)], (y) =>
      reduction === "none" ? noise(y.shape, 900) : -0.75,
    );
    expect(found.y.shape).to.deep.equal(wanted.shape);
    expectClose(found.y.flat(), wanted.y, `${reduction}, y`);
    const expected = Object.entries(wanted.inputs).filter(
      ([key]) => side.name === "tape" || key !== "target",
    );
    for (const [i, [key, numbers]] of expected.entries())
      expectClose((found.inputs[i] as NDArray).flat(), numbers, `${reduction}, d${key}`);
    expect(found.inputs.length, "gradients").to.equal(expected.length);
  }
}

for (const kind of ["losses", "edge-losses"]) {
  const fixture = answersOf<LossCase, Readonly<Record<string, LossAnswer>>>(kind);
  describe(`${kind} against ${fixture.madeBy}, float64 to 1e-9`, () => {
    it("PyTorch's answers are those to the table's cases", () => expectUpToDate(kind, fixture));
    for (const [name, answered] of Object.entries(fixture.answers)) {
      for (const side of sides) {
        for (const one of answered) {
          it(`${side.name}, ${name}, ${one.case.what}: every reduction, with a factor of -0.75 or noise from above`, () =>
            replay(side, name, one));
        }
      }
    }
  });
}

describe("losses where ours differ from PyTorch's", () => {
  for (const side of sides) {
    it(`${side.name}, BCELoss at exactly 0 and 1: a cut logarithm is 100 and passes 0, where PyTorch passes 1e12`, () => {
      const [x, target, dy] = [array([0, 0, 1, 1]), array([0, 1, 0, 1]), noise([4], 900)];
      const found = side
        .build("BCELoss", [], { lists: true, more: { reduction: "none" } })
        .pass([x, target], () => dy);
      expect([...found.y.flat()].map(Math.abs)).to.deep.equal([0, 100, 100, 0]);
      // Where nothing was cut the true slope remains, d(-log(1 - x))/dx = 1 at 0; PyTorch gives 0/1e-12 = 0.
      const [first, last] = [dy.flat()[0] as number, dy.flat()[3] as number];
      expectClose((found.inputs[0] as NDArray).flat(), [first, 0, 0, -last], "dx");
    });
  }
});
