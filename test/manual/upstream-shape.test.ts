import { expect } from "chai";
import { cases } from "chalk-and-tape/compare";
import { MSELoss, Tanh } from "chalk-and-tape/manual";
import { type NDArray, random, ShapeError, sizeOf, zeros } from "chalk-and-tape/np";

/** Of other sizes than y, but NumPy's rules would broadcast them: a wrong dy would give a dx of the right shape. */
const broadcastable = (y: readonly number[]): (readonly number[])[] =>
  [[], y.slice(1), [1, ...y.slice(1)], [...y.slice(0, -1), 1]].filter((shape) => sizeOf(shape) !== sizeOf(y));

/** They hand dy on as it is, so that dx has its wrong shape. */
const passesOn = new Set(["Identity: 4 × 5", "Dropout: in evaluation"]);

describe("manual, a dy of another shape is refused, where broadcasting would hide it", () => {
  for (const row of cases.filter(({ optimizer }) => !optimizer)) {
    const title = `${row.name}: ${row.what}`;
    if (passesOn.has(title)) continue;
    it(title, () => {
      const layer = row.manual(random(0));
      const { x, x2, target } = row.inputs;
      const inputs = [x, x2, target].flatMap((draw, i) => (draw ? [draw(random(i))] : []));
      const { shape } = layer.forward(...(inputs as [NDArray, ...NDArray[]]));
      for (const wrong of broadcastable(shape)) {
        const dy = random(2).normal(0, 1, wrong);
        const remedy = "compare dy's shape first, with expectShape or remembered(…, dy)";
        expect(() => layer.backward(dy), `dy (${wrong}) for y (${shape}): ${remedy}`)
          .to.throw()
          .which.satisfies((error: unknown) => error instanceof ShapeError || error instanceof RangeError);
      }
    });
  }

  it("and named, with the shape that it should have", () => {
    const layers = [new Tanh(), new MSELoss({ reduction: "none" })];
    for (const layer of layers) {
      layer.forward(zeros([3, 4]), zeros([3, 4]));
      expect(() => layer.backward(zeros([4]))).to.throw(
        ShapeError,
        `${layer.constructor.name}.backward: dy has shape (4,), expected (3, 4)`,
      );
    }
    const notAnArray = () => layers[0]?.backward(1 as never);
    expect(notAnArray).to.throw(TypeError, /^Tanh\.backward: dy /);
  });
});
