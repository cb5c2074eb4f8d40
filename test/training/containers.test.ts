import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random, zeros } from "chalk-and-tape/np";
import { partsOf, restoringModel } from "#internal/training";

/** One container of parts, the same on both sides: what holds them, and PyTorch's names of theirs. */
interface Row {
  readonly what: string;
  readonly hold: (make: () => unknown) => unknown;
  readonly names: readonly string[];
  /** As messages name them. */
  readonly titles: readonly string[];
}
const rows: readonly Row[] = [
  { what: "a list", hold: (make) => [make(), make()], names: ["parts.0", "parts.1"], titles: ["parts[0]", "parts[1]"] },
  { what: "a list with null and undefined", hold: (make) => [null, make(), undefined, make()], names: ["parts.1", "parts.3"], titles: ["parts[1]", "parts[3]"] },
  { what: "a list with numbers", hold: (make) => [3, make()], names: ["parts.1"], titles: ["parts[1]"] },
  { what: "nested lists", hold: (make) => [[make()], [[make()]]], names: ["parts.0.0", "parts.1.0.0"], titles: ["parts[0][0]", "parts[1][0][0]"] },
  { what: "an object", hold: (make) => ({ left: make(), maxPool: make() }), names: ["parts.left", "parts.maxPool"], titles: ["parts.left", "parts.maxPool"] },
  { what: "an object without a prototype", hold: (make) => Object.assign(Object.create(null), { a: make() }), names: ["parts.a"], titles: ["parts.a"] },
  { what: "a Map", hold: (make) => new Map<unknown, unknown>([["a", make()], [7, make()], ["none", null]]), names: ["parts.a", "parts.7"], titles: ["parts.a", "parts[7]"] },
  { what: "a Map with objects as keys", hold: (make) => new Map([[{}, make()], [{}, make()]]), names: ["parts.0", "parts.1"], titles: ["parts[0]", "parts[1]"] },
  { what: "a Set", hold: (make) => new Set([make(), make()]), names: ["parts.0", "parts.1"], titles: ["parts[0]", "parts[1]"] },
  { what: "lists in an object in a Map", hold: (make) => new Map([["a", { b: [make(), { c: make() }] }]]), names: ["parts.a.b.0", "parts.a.b.1.c"], titles: ["parts.a.b[0]", "parts.a.b[1].c"] },
]; // biome-ignore format: a table

class ChalkNet extends manual.Layer {
  parts: unknown = null;
  forward(x: NDArray): NDArray {
    return x;
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}
class TapeNet extends autograd.Module {
  parts: unknown = null;
  forward(x: autograd.Tensor): autograd.Tensor {
    return x;
  }
}
interface Net {
  zeroGrad(): void;
  parts: unknown;
  readonly training: boolean;
  train(mode?: boolean): unknown;
  stateDict(): Readonly<Record<string, NDArray>>;
  loadStateDict(state: Record<string, NDArray>): void;
}
const sides = {
  chalk: {
    net: (): Net => new ChalkNet(),
    linear: () => new manual.Linear(2, 1, { rng: random(0) }),
    dropout: () => new manual.Dropout(0.5, { rng: random(0) }),
    names: (net: Net) => (net as ChalkNet).parameters().map(({ name }) => name),
    parts: (net: Net) => partsOf(net as object, (x): x is object => x instanceof manual.Layer),
    sequential: (...parts: unknown[]) => new manual.Sequential(...(parts as manual.Layer[])),
    residual: (part: unknown) => new manual.Residual(part as manual.Layer),
    base: "Layer",
    other: new autograd.Linear(2, 2, { rng: random(0) }),
    otherIs: "is a Linear of the tape; import Linear from chalk-and-tape/manual",
    ReLU: manual.ReLU,
  },
  tape: {
    net: (): Net => new TapeNet(),
    linear: () => new autograd.Linear(2, 1, { rng: random(0) }),
    dropout: () => new autograd.Dropout(0.5, { rng: random(0) }),
    names: (net: Net) => (net as TapeNet).namedParameters().map(([name]) => name),
    parts: (net: Net) => partsOf(net as object, (x): x is object => x instanceof autograd.Module),
    sequential: (...parts: unknown[]) => new autograd.Sequential(...(parts as autograd.Module[])),
    residual: (part: unknown) => new autograd.Residual(part as autograd.Module),
    base: "Module",
    other: new manual.Linear(2, 2, { rng: random(0) }),
    otherIs: "is a Linear of chalk; import Linear from chalk-and-tape/autograd",
    ReLU: autograd.ReLU,
  },
} as const;

for (const [name, side] of Object.entries(sides)) {
  const { net, linear, names, base } = side;
  const holding = (parts: unknown): Net => Object.assign(net(), { parts });
  describe(`parts in containers, on ${name}`, () => {
    for (const { what, hold, names: wanted, titles } of rows) {
      it(`${what}: parameters, state dict, modes and titles`, () => {
        const made: { training: boolean }[] = [];
        const model = holding(
          hold(() => {
            const part = linear();
            made.push(part);
            return part;
          }),
        );
        const keys = wanted.flatMap((key) => [`${key}.weight`, `${key}.bias`]);
        expect(names(model)).to.deep.equal(keys);
        expect(Object.keys(model.stateDict())).to.deep.equal(keys);
        expect(side.parts(model).map((part) => part.name)).to.deep.equal(["", ...titles]);
        model.train(false);
        expect(made.map((part) => part.training)).to.deep.equal(made.map(() => false));
        model.loadStateDict(
          Object.fromEntries(keys.map((key) => [key, zeros(key.endsWith("weight") ? [1, 2] : [1])])),
        );
        expect(model.stateDict()[`${wanted[0]}.weight`]?.toArray()).to.deep.equal([[0, 0]]);
      });
    }
    it("other contents stay what they are: numbers, options with a field `training`, arrays, cycles", () => {
      const options: Record<string, unknown> = { training: true, sizes: [1, 2], cache: [array([1])] };
      options.self = options;
      const model = holding(options);
      model.train(false);
      expect(options.training).to.equal(true);
      expect(names(model)).to.deep.equal([]);
      expect(model.stateDict()).to.deep.equal({});
    });
    it("random streams in a Map are restored after an experiment", async () => {
      const drop = side.dropout();
      const model = holding(new Map([["drop", [drop]]]));
      const before = drop.rng.state.join();
      await restoringModel(model, [], async () => void drop.rng.uniform(0, 1, [3]));
      expect(drop.rng.state.join()).to.equal(before);
    });
    it("a part that knows its parent", () => {
      const child = Object.assign(net(), { inner: linear() });
      const model = holding([child]);
      child.parts = model;
      expect(names(model)).to.deep.equal(["parts.0.inner.weight", "parts.0.inner.bias"]);
      expect(side.sequential(model, linear())).to.be.an("object");
    });
    const refused: [what: string, parts: unknown, message: string][] = [
      ["a layer of the other side", [null, side.other], `parts[1] ${side.otherIs}`],
      ["a class around a layer", new (class Block { inner = [linear()]; })(), `parts is a Block, which holds a part in inner[0] but is not a ${base}, so its parameters would be lost; let its class extend ${base}, or keep the part in a field`],
      ["a class around a layer, in a list", [new (class Block { inner = linear(); })()], "parts[0] is a Block, which holds a part in inner"],
      ["a key with a dot", { "a.b": linear() }, 'parts.a.b has the key "a.b"; names of parameters are made of keys and dots'],
      ["an empty key", new Map([["", linear()]]), 'has the key ""'],
      ["keys that give one name", new Map<unknown, unknown>([[1, linear()], ["1", linear()]]), "two arrays have the name parts.1.weight; rename a field or key"],
    ]; // biome-ignore format: a table
    for (const [what, parts, message] of refused)
      it(`refuses ${what}`, () => expect(() => holding(parts).stateDict()).to.throw(TypeError, message));
    it("a holder may point back at its network, and may be hidden", () => {
      class Trainer {
        model: unknown;
      }
      const trainer = new Trainer();
      const model = holding({ trainer, part: linear() });
      trainer.model = model;
      expect(names(model)).to.deep.equal(["parts.part.weight", "parts.part.bias"]);
    });

    const square = (x: number): number => x * x;
    const given: [what: string, part: unknown, message: string][] = [
      ["a function", square, "is the function square, expected a layer, such as new ReLU(); put the function into the forward of a class that extends Layer in chalk, Module on tape"],
      ["an arrow without a name", (() => (x: number) => x)(), "expected a layer, such as new ReLU(); put the function into the forward of a class"],
      ["a class", side.ReLU, "expected a layer, such as new ReLU(); write new ReLU(…)"],
      ["a list", [linear()], "for a list, write new Sequential(...list)"],
      ["null", null, "is null, expected a layer, such as new ReLU()"],
      ["an object with a forward", { forward: square }, `is { forward }, which is not a ${base}; let its class extend ${base}`],
      ["a layer of the other side", side.other, side.otherIs],
    ]; // biome-ignore format: a table
    for (const [what, part, message] of given) {
      it(`Sequential refuses ${what}`, () =>
        expect(() => side.sequential(linear(), part)).to.throw(TypeError, message));
    }
    it("Residual refuses a layer of the other side", () =>
      expect(() => side.residual(side.other)).to.throw(TypeError, `Residual: main ${side.otherIs}`));
  });
}

describe("parts in containers", () => {
  it("PyTorch's names for a list and an object, on both sides alike", () => {
    const [chalk, tape] = [new ChalkNet(), new TapeNet()];
    for (const { hold } of rows) {
      chalk.parts = hold(sides.chalk.linear);
      tape.parts = hold(sides.tape.linear);
      expect(sides.chalk.names(chalk)).to.deep.equal(sides.tape.names(tape));
    }
  });
  it("chalk: one layer object in two containers is used twice", () => {
    const linear = sides.chalk.linear();
    const net = Object.assign(new ChalkNet(), { parts: { a: linear, b: [linear] } });
    expect(() => net.parameters()).to.throw(TypeError, "parts.b[0] and parts.a are the same Linear");
  });
  it("tape: leaves in containers are parameters; results and constants there are not", () => {
    const leaf = (): autograd.Tensor => autograd.tensor([1, 2], { requiresGrad: true });
    const [first, second] = [leaf(), leaf()];
    const net = Object.assign(new TapeNet(), {
      parts: { list: [first, first.mul(2), autograd.tensor([1])], map: new Map([["b", second]]) },
    });
    expect(net.namedParameters()).to.deep.equal([["parts.list.0", first], ["parts.map.b", second]]); // biome-ignore format: a list
    expect(Object.keys(net.stateDict())).to.deep.equal(["parts.list.0", "parts.map.b"]);
  });
  it("chalk: arrays in a container have their gradients in the container of the same shape", () => {
    class Polynomial extends manual.Layer {
      powers: NDArray[] = [array([1]), array([2]), array([3])];
      dPowers: (NDArray | null)[] = [];
      forward(x: NDArray): NDArray {
        return x;
      }
      backward(dy: NDArray): NDArray {
        this.dPowers = this.powers.map((_, i) => array([i]));
        return dy;
      }
    }
    const layer = new Polynomial();
    expect(layer.parameters().map(({ gradient }) => gradient)).to.deep.equal([null, null, null]);
    layer.backward(array([1]));
    expect(layer.parameters().map(({ name, gradient }) => [name, gradient?.item()])).to.deep.equal([["powers.0", 0], ["powers.1", 1], ["powers.2", 2]]); // biome-ignore format: a list
    expect(Object.keys(layer.stateDict())).to.deep.equal(["powers.0", "powers.1", "powers.2"]);
    new manual.SGD(layer.parameters(), { lr: 1 }).step();
    expect(layer.powers.map((x) => x.item())).to.deep.equal([1, 1, 1]);
    layer.zeroGrad();
    expect(layer.dPowers).to.deep.equal([null, null, null]);
  });
});
