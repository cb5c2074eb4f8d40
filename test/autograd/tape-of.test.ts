import { expect } from "chai";
import { Linear, op, Sequential, Tanh, tapeOf, tensor } from "chalk-and-tape/autograd";
import { array, concatenate, type NDArray, random } from "chalk-and-tape/np";

describe("tape: tapeOf", () => {
  it("lists leaves, constants and steps in the order of recording, with what each step read", () => {
    const x = array([[1, 2]]);
    const w = tensor([[3], [4]], { requiresGrad: true });
    const h = tensor(x).matmul(w);
    const loss = h
      .mul(h)
      .add(array([1]))
      .sum();
    const rows = tapeOf(loss, { names: { w } });
    expect(rows.map(({ id }) => id)).to.deep.equal(rows.map((_, i) => i));
    expect(rows.map(({ op: made, call, inputs, shape }) => [made, call, inputs, [...shape]])).to.deep.equal([
      ["constant", "constant", [], [1, 2]],
      ["leaf", "leaf w", [], [2, 1]],
      ["matmul", "matmul(#0, w)", [0, 1], [1, 1]],
      ["mul", "mul(#2, #2)", [2, 2], [1, 1]],
      ["constant", "constant", [], [1]],
      ["add", "add(#3, #4)", [3, 4], [1, 1]],
      ["sum", "sum(#5, null, false)", [5], []],
    ]);
    expect(rows.map(({ requiresGrad }) => requiresGrad)).to.deep.equal([
      false,
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(rows.map(({ name }) => name)).to.deep.equal([undefined, "w", ...Array(5).fill(undefined)]);
    expect(rows[4]?.tensor).to.equal(undefined); // an array, not a tensor
    loss.backward();
    expect(rows[1]?.tensor?.grad?.toArray()).to.deep.equal([[22], [44]]);
  });

  it("names the parameters of a model, and reads lists and ops of one's own", () => {
    const model = new Sequential(
      new Linear(2, 3, { rng: random(1) }),
      new Tanh(),
      new Linear(3, 1, { rng: random(2) }),
    );
    const x = tensor([[1, 2]]);
    const names = tapeOf(model.forward(x), { model, names: { x } }).flatMap(({ name }) => name ?? []);
    expect(names).to.have.members(["x", ...model.namedParameters().map(([name]) => name)]);
    const w = tensor([1, 2], { requiresGrad: true });
    const both = tapeOf(concatenate([w, array([3]), w]));
    expect(both.at(-1)?.inputs).to.deep.equal([0, 1, 0]);
    expect(both.at(-1)?.call).to.equal("concatenate([#0, #1, #0], 0)");
    const cube = op(
      function cube(a: NDArray) {
        return a.mul(a).mul(a);
      },
      (dy, a) => dy.mul(a).mul(a).mul(3),
    );
    expect(tapeOf(cube(w)).map((row) => row.op)).to.deep.equal(["leaf", "cube"]);
  });

  it("has one row for a leaf, and says what to do with a tape that is used up", () => {
    expect(tapeOf(tensor([1]))).to.have.length(1);
    expect(tapeOf(tensor([1], { requiresGrad: true }))[0]?.op).to.equal("leaf");
    const y = tensor([1, 2], { requiresGrad: true }).mul(2).sum();
    y.backward();
    expect(() => tapeOf(y)).to.throw(TypeError, "call tapeOf before backward");
    expect(() => tapeOf([1] as never)).to.throw(TypeError, "tapeOf: root is");
    expect(() => tapeOf(y, { names: { w: 1 } } as never)).to.throw(TypeError, "tapeOf");
    expect(() => tapeOf(y, { model: 3 } as never)).to.throw(TypeError, "tapeOf");
  });
});
