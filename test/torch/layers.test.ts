import { expect } from "chai";
import { type Arrays, type Network, sides } from "./sides.ts";
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

interface LayerCase {
  readonly what: string;
  readonly args: readonly unknown[];
  readonly x: Draw;
  readonly x2?: Draw;
  readonly dy?: Draw;
  readonly mode?: "eval";
}
type Numbers = Readonly<Record<string, Numeral[]>>;
interface LayerAnswer {
  readonly shape: number[];
  readonly y: Numeral[];
  readonly inputs: Numbers;
  readonly parameters: Numbers;
  readonly buffers: Numbers;
}

/** What PyTorch counts and we store under the same key, but leaves out of named_parameters. */
function buffersOf(network: Network): Arrays {
  const parameters = new Set(Object.keys(network.parameters()));
  return Object.fromEntries(Object.entries(network.state()).filter(([key]) => !parameters.has(key)));
}

/** make.py's `weigh`, unscaled. */
function weigh(network: Network): void {
  const drawn = Object.entries(network.parameters()).map(([key, p], k) => [key, noise(p.shape, k + 1)]);
  network.load({ ...network.state(), ...Object.fromEntries(drawn) });
}

function expectNamed(found: Arrays, wanted: Numbers, what: string): void {
  expect(Object.keys(found), what).to.deep.equal(Object.keys(wanted));
  for (const [key, numbers] of Object.entries(wanted))
    expectClose((found[key] as Arrays[string]).flat(), numbers, `${what} ${key}`);
}

function replay(network: Network, { case: one, answer }: Answered<LayerCase, LayerAnswer>): void {
  const inputs = [one.x, one.x2].flatMap((how, i) => (how ? [draw(how, i)] : []));
  weigh(network);
  if (one.mode === "eval") {
    network.forward([one.x, one.x2].flatMap((how, i) => (how ? [draw(how, 50 + i)] : [])));
    network.eval();
  }
  const found = network.pass(inputs, (y) => (one.dy ? draw(one.dy, 900) : noise(y.shape, 900)));
  expect(found.y.shape).to.deep.equal(answer.shape);
  expectClose(found.y.flat(), answer.y, "y");
  for (const [i, [key, wanted]] of Object.entries(answer.inputs).entries())
    expectClose((found.inputs[i] as Arrays[string]).flat(), wanted, `d${key}`);
  expect(found.inputs.length, "gradients of inputs").to.equal(Object.keys(answer.inputs).length);
  expectNamed(found.parameters, answer.parameters, "the gradient of");
  expectNamed(buffersOf(network), answer.buffers, "buffer");
}

for (const kind of ["layers", "activations", "edge-layers"]) {
  const fixture = answersOf<LayerCase, LayerAnswer>(kind);
  describe(`${kind} against ${fixture.madeBy}, float64 to 1e-9`, () => {
    it("PyTorch's answers are those to the table's cases", () => expectUpToDate(kind, fixture));
    for (const [name, answered] of Object.entries(fixture.answers)) {
      for (const side of sides) {
        for (const one of answered) {
          it(`${side.name}, ${name}, ${one.case.what}: y, every gradient and every buffer, under PyTorch's keys`, () =>
            replay(side.build(name, one.case.args), one));
        }
      }
    }
  });
}
