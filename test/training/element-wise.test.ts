import { expect } from "chai";
import { type NDArray, random, ShapeError } from "chalk-and-tape/np";
import fc from "fast-check";
import { exportedClasses, isAbstract, parse, sources } from "../house/source.ts";
import { shape } from "../np/arbitraries.ts";
import { sides } from "../torch/sides.ts";

/** Arguments of the activations that need some; the others have defaults. */
const needed: Readonly<Record<string, readonly unknown[]>> = { Softmax: [-1], LogSoftmax: [-1] };
/** The layers that work element by element. In Dropout2d a channel is an element, so it takes images only. */
const layers: Readonly<Record<string, readonly unknown[]>> = { Identity: [], Dropout: [0] };
/** The losses that work element by element, and what their inputs and targets are. */
const losses: Readonly<Record<string, readonly [x: number, target: number]>> = {
  L1Loss: [-0.7, 0.2],
  MSELoss: [-0.7, 0.2],
  HuberLoss: [-0.7, 0.2],
  SmoothL1Loss: [-0.7, 0.2],
  BCELoss: [0.7, 0.2],
  BCEWithLogitsLoss: [-0.7, 0.2],
  HingeEmbeddingLoss: [-0.7, -1],
  KLDivLoss: [-0.7, 0.2],
};
const otherLosses = ["CosineEmbeddingLoss", "CrossEntropyLoss", "MultiMarginLoss", "NLLLoss"];

function classesOf(folder: string): string[] {
  const classes = sources(folder).flatMap(({ text }) => exportedClasses(parse(text)));
  return classes.filter((node) => !isAbstract(node)).map((node) => node.name?.text ?? "default");
}
const activations = Object.fromEntries(
  classesOf("manual/activations").map((name) => [name, needed[name] ?? []]),
);
const elementWise = { ...activations, ...layers };

function uniform(shape: readonly number[]): NDArray {
  return random(3).uniform(-2, 2, shape);
}
const full = (shape: readonly number[], value: number): NDArray => uniform(shape).mul(0).add(value);
const dyOf = (y: NDArray): NDArray => uniform(y.shape).add(0.5);

describe("arrays of any shape, single numbers and arrays without elements included", () => {
  it("every loss is in one of the lists", () => {
    expect([...Object.keys(losses), ...otherLosses].sort()).to.deep.equal(classesOf("manual/losses").sort());
  });
  for (const side of sides) {
    for (const [name, args] of Object.entries(elementWise)) {
      it(`${side.name}, ${name}: y and dx have the shape of x, and the numbers of its rows`, () => {
        fc.assert(
          fc.property(shape, (axes) => {
            const x = uniform(axes);
            const { y, inputs, parameters } = side.build(name, args).pass([x], dyOf);
            expect(y.shape, "y").to.deep.equal(axes);
            expect((inputs[0] as NDArray).shape, "dx").to.deep.equal(axes);
            const length = name in needed ? (axes.at(-1) ?? 1) : 1; // a softmax is one of its last axis
            const flat = x.size === 0 ? [0, length] : [x.size / length, length];
            const rows = side.build(name, args).pass([x.reshape(flat)], () => dyOf(y).reshape(flat));
            expect(y.flat(), "y").to.deep.equal(rows.y.flat());
            expect((inputs[0] as NDArray).flat(), "dx").to.deep.equal((rows.inputs[0] as NDArray).flat());
            for (const [key, gradient] of Object.entries(parameters)) {
              const [found, wanted] = [gradient, rows.parameters[key]].map((g) => (g as NDArray).item());
              expect(found, key).to.be.closeTo(wanted as number, 1e-12);
            }
          }),
          { numRuns: 60, examples: [[[]], [[0]], [[2, 0, 3]], [[3, 0]], [[0, 0]]] },
        );
      });
    }
    for (const [name, [value, target]] of Object.entries(losses)) {
      it(`${side.name}, ${name}: any shape, and NaN as the mean of no elements`, () => {
        for (const axes of [[], [0], [1], [2, 0, 3], [3, 0], [2, 3, 1, 2]]) {
          const [x, t] = [full(axes, value), full(axes, target)];
          const build = (reduction: string) => side.build(name, [], { more: { reduction } });
          const none = build("none").pass([x, t], dyOf);
          expect(none.y.shape).to.deep.equal(axes);
          expect((none.inputs[0] as NDArray).shape).to.deep.equal(axes);
          const one = build("none")
            .forward([full([1], value), full([1], target)])
            .item();
          for (const [reduction, wanted] of [
            ["sum", x.size * one],
            ["mean", x.size === 0 ? Number.NaN : one],
          ] as const) {
            const { y, inputs } = build(reduction).pass([x, t], () => 2);
            expect(y.shape).to.deep.equal([]);
            if (Number.isNaN(wanted)) expect(y.item()).to.be.NaN;
            else expect(y.item()).to.be.closeTo(wanted, 1e-12);
            expect((inputs[0] as NDArray).shape).to.deep.equal(axes);
          }
        }
      });
    }
    it(`${side.name}: PReLU with a slope for each channel keeps images without pixels, and refuses a single number`, () => {
      for (const axes of [
        [0, 3],
        [2, 3, 0],
        [0, 3, 2],
      ]) {
        // biome-ignore format: shapes
        const { y, parameters } = side.build("PReLU", [3]).pass([uniform(axes)], dyOf);
        expect(y.shape).to.deep.equal(axes);
        expect(Object.values(parameters)[0]?.toArray()).to.deep.equal([0, 0, 0]);
      }
      expect(() => side.build("PReLU", [3]).forward([uniform([])])).to.throw(
        ShapeError,
        "expected (N, 3, …)",
      );
    });
  }
});
