import { expect } from "chai";
import { Linear, op, Sequential, SGD, Sigmoid, Tensor, tensor } from "chalk-and-tape/autograd";
import { array, concatenate, exp, type NDArray, ones, random, sigmoid } from "chalk-and-tape/np";

const leaf = (nested: number[] | number[][]): Tensor => tensor(nested, { requiresGrad: true });
const change = (x: Tensor | NDArray): unknown =>
  (x instanceof Tensor ? x.data : x).addInPlace(ones(x.shape), 0.5);

describe("autograd, values modified in place (PyTorch's meaning)", () => {
  it("a value that the step's rule reads may not change: the message names op, argument, shape and versions", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const y = a.mul(b);
    change(b);
    change(b);
    expect(() => y.sum().backward()).to.throw(
      TypeError,
      /modified by an inplace operation: the step "mul" needs its argument 1 of shape \(2,\), which is at version 2; expected version 0/,
    );
  });
  it("the output counts too: exp reads its result, and the message says so", () => {
    const y = exp(leaf([1, 2]));
    change(y);
    expect(() => y.backward(array([1, 1]))).to.throw(
      TypeError,
      /the step "exp" needs its output of shape \(2,\).*version 1; expected version 0/,
    );
  });
  it("a value that no rule reads may change: add's arguments, exp's and sigmoid's input, a mask's source", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const sum = a.add(b);
    change(a);
    change(b);
    change(sum);
    sum.backward(array([1, -1]));
    expect([a.grad?.toArray(), b.grad?.toArray()]).to.deep.equal([[1, -1], [1, -1]]); // biome-ignore format: pairs
    for (const f of [exp, sigmoid] as ((x: Tensor) => Tensor)[]) {
      const x = leaf([0, 0]);
      const y = f(x);
      change(x);
      y.backward(array([1, 1]));
      expect(x.grad?.toArray()).to.deep.equal(f === (exp as unknown) ? [1, 1] : [0.25, 0.25]);
    }
  });
  it("only what is wanted is read: with a constant on the left, the right factor may change", () => {
    const [c, w] = [tensor([2, 3]), leaf([5, 7])];
    const y = c.mul(w);
    change(w);
    y.backward(array([1, 1]));
    expect(w.grad?.toArray()).to.deep.equal([2, 3]);
    const z = c.mul(w);
    change(c);
    expect(() => z.backward(array([1, 1]))).to.throw(TypeError, /"mul" needs its argument 0/);
  });
  it("a constant array counts as well", () => {
    const c = array([2, 3]);
    const y = leaf([1, 1]).mul(c);
    change(c);
    expect(() => y.backward(array([1, 1]))).to.throw(TypeError, /"mul" needs its argument 1/);
  });
  it("a change before the forward is none", () => {
    const a = leaf([1, 2]);
    change(a);
    a.mul(a).backward(array([1, 1]));
    expect(a.grad?.toArray()).to.deep.equal([3, 5]);
  });
  it("views share versions: changing a part, or the whole through another view, is seen", () => {
    const a = leaf([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const viaPart = a.mul(a);
    a.data.slice(0).addInPlace(ones([2]));
    expect(() => viaPart.sum().backward()).to.throw(TypeError, /version 1; expected version 0/);
    const viaTranspose = a.T.mul(a.T);
    change(a);
    expect(() => viaTranspose.sum().backward()).to.throw(TypeError, /version 2; expected version 1/);
  });
  it("the shape of a changed value may still be read: sums, slices and joins go on", () => {
    const a = leaf([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const y = concatenate([a.sum(0, true), a.slice([0, 1])]).mean();
    change(a);
    y.backward();
    expect(a.grad?.toArray()).to.deep.equal([[0.5, 0.5], [0.25, 0.25]]); // biome-ignore format: a matrix
  });
  it("an optimizer's step between forward and backward is caught where a weight is needed below", () => {
    const rng = random(1);
    const model = new Sequential(new Linear(2, 3, { rng }), new Sigmoid(), new Linear(3, 1, { rng }));
    const sgd = new SGD(model.parameters(), { lr: 0.1 });
    const x = tensor([[1, 2]]);
    model.forward(x).sum().backward();
    const late = model.forward(x).sum();
    sgd.step();
    expect(() => late.backward()).to.throw(
      TypeError,
      /"matmul" needs its argument 1.*Change it after backward/,
    );
  });
  it("what a user's op reads is guarded, under createGraph too", () => {
    const square = op((x: NDArray) => x.mul(x), (dy, x) => dy.mul(x).mul(2)); // biome-ignore format: rules in a line
    for (const createGraph of [false, true]) {
      const x = leaf([1, 2]);
      const y = square(x);
      change(x);
      expect(() => y.backward(array([1, 1]), { createGraph })).to.throw(
        TypeError,
        /modified by an inplace operation/,
      );
    }
  });
  it("retainGraph: a change between two backwards is caught by the second", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const y = a.mul(b);
    y.backward(array([1, 1]), { retainGraph: true });
    change(b);
    expect(() => y.backward(array([1, 1]))).to.throw(TypeError, /modified by an inplace operation/);
  });
});
