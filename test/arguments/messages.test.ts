import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, moons } from "chalk-and-tape/datasets";
import { kaimingNormal } from "chalk-and-tape/initialisers";
import * as manual from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import { describe as described } from "#internal/np";

const wrong = (value: unknown): never => value as never;
const x = np.array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
const linear = new manual.Linear(2, 2, { rng: np.random(1) });

const calls: readonly [title: string, call: () => unknown, message: string][] = [
  ["a seed that is text", () => np.random(wrong("1")), 'random: seed is "1"; expected a whole number'],
  ["a seed in a list", () => np.random(wrong([1])), "random: seed is [1]; expected a whole number"],
  ["a seed that is a bigint", () => np.random(wrong(1n)), "random: seed is 1n; expected a whole number"],
  ["a number for dy", () => linear.backward(wrong(1)), "Linear.backward: dy is 1, expected an NDArray"],
  ["no input", () => linear.forward(wrong(undefined)), "Linear.forward: x is missing, expected an NDArray"],
  ["a tensor in chalk", () => new manual.ReLU().forward(wrong(autograd.tensor([1]))), "ReLU.forward: x is a float64 Tensor of shape (1,), expected an NDArray; pass its values: x.data"],
  ["an array on tape", () => new autograd.Identity().forward(wrong([1])), "Identity.forward: x is [1], expected a tensor; tensor(x) makes one"],
  ["a misspelt option of backward", () => linear.backward(x, wrong({ inputs: false })), 'Linear.backward: unknown option "inputs"; expected input. Did you mean "input"?'],
  ["a list in Sequential", () => new manual.Sequential(wrong([linear, linear])), "for a list, write new Sequential(...list)"],
  ["a class in Sequential", () => new manual.Sequential(linear, wrong(manual.ReLU)), "Sequential: layers[1] is the class ReLU, expected a layer, such as new ReLU()"],
  ["targets in a list", () => new DataLoader(wrong({ x, y: [0, 1] })), "DataLoader: dataset.y is [0, 1], expected an NDArray; np.array(list) makes one from a list"],
  ["keepdims in an object", () => x.sum(0, wrong({ keepdims: true })), "sum: keepdims is { keepdims }; expected true or false"],
  ["axes by name", () => x.transpose(wrong("NC")), 'transpose: axes is "NC"; expected the new order of all axes as a list'],
  ["a tensor's axes, as in NumPy", () => autograd.tensor(np.zeros([2, 3, 4])).transpose(2, 0, wrong(1)), "permute takes all axes in the new order"],
  ["two of three axes, as in PyTorch", () => np.zeros([2, 3, 4]).transpose(0, 1), "axes [0,1] are not a permutation of the 3 axes of shape (2, 3, 4); name each axis once, in the new order"],
  ["two shapes", () => x.reshape(wrong([2]), wrong([2])), "reshape: expected a shape as a list of whole numbers, got [[2], [2]]"],
  ["two lengths to infer", () => x.reshape(-1, -1), "reshape: only one length can be inferred, but shape (-1, -1) has -1 twice"],
  ["positions in a list", () => x.slice(wrong([0, 1, 1, 0])), "slice: the range of axis 0 is [0, 1, 1, 0]; expected null, an index, [start, stop, step], or an array of positions or a mask; positions are an array: np.array([0, 2, 1])"],
  ["an array indexed by a tensor", () => x.slice(wrong(autograd.tensor([1]))), "pass the tensor's values, index.data"],
  ["the index before the value", () => x.set(wrong([0, 1])), "set: the value is [0, 1]; expected a number or an array, before the index: x.set(value, 0, 1)"],
  ["a tensor written into an array", () => x.set(wrong(autograd.tensor([1, 2])), 0), "pass the tensor's values, value.data"],
  ["arrays without a list", () => np.stack(wrong(x)), "stack: expected a list of arrays, got a float64 NDArray of shape (2, 2); write stack([a, b])"],
  ["a dtype by position", () => np.zeros([2], wrong("float32")), 'zeros: the options are "float32", expected an object: { dtype: "float32" }'],
  ["an unknown option of an initialiser", () => kaimingNormal([2, 2], wrong({ rng: np.random(1), gain: 2 })), 'kaimingNormal: unknown option "gain"'],
]; // biome-ignore format: a table, one case a line

describe("messages for common mistakes", () => {
  for (const [title, call, message] of calls) it(title, () => expect(call).to.throw(message));

  it("a loop over a loader without await says what to write", () => {
    const loader: unknown = new DataLoader(moons({ n: 4, rng: np.random(1) }));
    const loop = (): unknown => [...(loader as Iterable<unknown>)];
    expect(loop).to.throw(TypeError, "write for await (const { x, y } of loader)");
  });

  for (const [side, { evaluate, Linear, MSELoss }] of Object.entries({ manual, autograd }))
    it(`${side}: evaluate with an option, as train takes it, says what to write`, async () => {
      const model = new Linear(2, 1, { rng: np.random(1) });
      const loader = new DataLoader(moons({ n: 4, rng: np.random(1) }));
      const calls = [wrong({ loss: new MSELoss() }), wrong(undefined)];
      const given = evaluate as (...args: unknown[]) => Promise<unknown>;
      for (const loss of calls) {
        const error = await given(model, loader, loss).catch((thrown: unknown) => thrown);
        expect(String(error)).to.match(
          /^TypeError: evaluate: loss is .*; write evaluate\(model, loader, loss\)$/,
        );
      }
    });
});

describe("describe", () => {
  it("shows what tells values apart", () => {
    const values = [1, "1", [1], ["1"], 1n, true, "true", null, undefined, "null", Number.NaN, "NaN", 0, -0];
    const more = [x, x.astype("int32"), x.slice(0), autograd.tensor(x), manual.ReLU, new manual.ReLU()];
    const others = [() => 1, function named() {}, {}, { a: 1 }, Symbol("a"), Object.create(null)];
    const shown = [...values, ...more, ...others.slice(0, -1)].map(described);
    expect(new Set(shown).size, shown.join("; ")).to.equal(shown.length);
    expect(described(Object.create(null))).to.equal("an empty object");
  });
});
