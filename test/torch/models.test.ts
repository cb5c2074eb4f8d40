import { expect } from "chai";
import type { NDArray } from "chalk-and-tape/np";
import { type Network, type Side, sides } from "./sides.ts";
import { type Answered, answersOf, type Draw, draw, expectClose, expectUpToDate, noise } from "./tables.ts";

/** One without x is only counted. */
interface ModelCase {
  readonly what: string;
  readonly args: readonly unknown[];
  readonly x?: Draw;
  readonly loss: string;
  readonly target: Draw;
}
/** Of a large array: its norm, and up to 100 of its entries. */
interface Sample {
  readonly norm: number;
  readonly entries: number[];
}
interface ModelAnswer {
  readonly count: number;
  readonly keys: string[];
  readonly y: Sample;
  readonly loss: number;
  readonly dx: Sample;
  readonly parameters: Readonly<Record<string, Sample>>;
  readonly buffers: Readonly<Record<string, Sample>>;
  readonly evaluated: Sample;
}

/** make.py's `weigh`, scaled. */
function weigh(network: Network): void {
  const drawn = Object.entries(network.parameters()).map(([key, { shape }], k) => {
    const u = noise(shape, k + 1);
    const fanIn = shape.slice(1).reduce((product, n) => product * n, 1);
    if (shape.length > 1) return [key, u.div(Math.sqrt(fanIn / 2))];
    return [key, u.mul(0.2).add(key.endsWith("weight") ? 1 : 0)];
  });
  network.load({ ...network.state(), ...Object.fromEntries(drawn) });
}

/** make.py's `sample`. */
function expectSampled(x: NDArray, wanted: Sample, about: string): void {
  const values = x.flat();
  const count = Math.min(100, values.length);
  const entries = Array.from(
    { length: count },
    (_, i) => values[Math.floor((i * (values.length - 1)) / Math.max(1, count - 1))] as number,
  );
  const norm = Math.sqrt(x.mul(x).sum().item());
  expectClose([norm, ...entries], [wanted.norm, ...wanted.entries], about);
}

function replay(side: Side, name: string, { case: one, answer }: Answered<ModelCase, ModelAnswer>): void {
  const more = one.x ? {} : { dtype: "float32" };
  const network = side.build(name, one.args, { more });
  expect(Object.keys(network.state()), "the keys of the state dict").to.deep.equal(answer.keys);
  const sizes = Object.values(network.parameters()).map(({ size }) => size);
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    "parameters",
  ).to.equal(answer.count);
  if (!one.x) return;
  const [x, loss] = [draw(one.x, 0), side.build(one.loss, [], { lists: true })];
  weigh(network);
  let value = Number.NaN;
  const found = network.pass([x], (y) => {
    const last = loss.pass([y, draw(one.target, 3)], () => 1);
    value = last.y.item();
    return last.inputs[0] as NDArray;
  });
  expectSampled(found.y, answer.y, "y");
  expectClose([value], [answer.loss], "loss");
  expectSampled(found.inputs[0] as NDArray, answer.dx, "dx");
  expect(Object.keys(found.parameters)).to.deep.equal(Object.keys(answer.parameters));
  for (const [key, wanted] of Object.entries(answer.parameters))
    expectSampled(found.parameters[key] as NDArray, wanted, `the gradient of ${key}`);
  for (const [key, wanted] of Object.entries(answer.buffers))
    expectSampled(network.state()[key] as NDArray, wanted, `buffer ${key}`);
  network.eval();
  expectSampled(network.forward([x]), answer.evaluated, "y in eval mode");
}

const fixture = answersOf<ModelCase, ModelAnswer>("models");

describe(`models against ${fixture.madeBy}, float64 to 1e-9`, () => {
  it("PyTorch's answers are those to the table's cases", () => expectUpToDate("models", fixture));
  for (const [name, answered] of Object.entries(fixture.answers)) {
    for (const [k, side] of sides.entries()) {
      for (const [i, one] of answered.entries()) {
        // Some take a second to be built: each on one side only, in turns.
        if (!one.case.x && i % 2 !== k) continue;
        const what = one.case.x
          ? "keys, forward, loss, every gradient's norm and 100 of its entries, eval mode"
          : `keys, ${one.answer.count} parameters`;
        it(`${side.name}, ${name}, ${one.case.what}: ${what}`, () => replay(side, name, one));
      }
    }
  }
});
