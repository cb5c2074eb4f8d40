import { expect } from "chai";
import { grad, noGrad, printTape, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, type NDArray } from "chalk-and-tape/np";

const numbers = (x: Tensor | NDArray | null): unknown => x?.toArray() ?? null;
const leaf = (...values: number[]): Tensor => tensor(values, { requiresGrad: true });

describe("hooks on gradients", () => {
  it("a leaf's hook sees the complete gradient once, and what it returns is stored", () => {
    const x = leaf(1, 2);
    const seen: unknown[] = [];
    x.registerHook((dx) => {
      seen.push(numbers(dx));
      return dx.mul(10);
    });
    x.mul(3).add(x.mul(x)).sum().backward();
    expect(seen).to.deep.equal([[5, 7]]);
    expect(numbers(x.grad)).to.deep.equal([50, 70]);
  });
  it("a result's hook changes what goes on to its arguments, and only that", () => {
    const [x, w] = [leaf(1, 2), leaf(3, 4)];
    const h = x.mul(w);
    h.registerHook((dh) => dh.neg());
    h.sum().add(w.sum()).backward();
    expect([numbers(x.grad), numbers(w.grad)]).to.deep.equal([[-3, -4], [0, -1]]); // biome-ignore format: two rows
  });
  it("run in the order they were registered, each on what the one before returned; nothing returned keeps it", () => {
    const x = leaf(1);
    x.registerHook((dx) => dx.add(1));
    x.registerHook(() => undefined);
    x.registerHook((dx) => dx.mul(10));
    x.mul(2).sum().backward();
    expect(numbers(x.grad)).to.deep.equal([30]);
  });
  it("remove takes one away, also where one function was registered twice", () => {
    const x = leaf(1);
    const double = (dx: Tensor): Tensor => dx.mul(2);
    const [first] = [x.registerHook(double), x.registerHook(double)];
    first.remove();
    first.remove();
    x.sum().backward();
    expect(numbers(x.grad)).to.deep.equal([2]);
  });
  it("a hook may remove itself", () => {
    const x = leaf(1);
    const handle = x.registerHook((dx) => {
      handle.remove();
      return dx.mul(5);
    });
    const y = x.sum();
    y.backward(1, { retainGraph: true });
    y.backward();
    expect(numbers(x.grad)).to.deep.equal([6]);
  });
  it("run in every backward of a retained tape", () => {
    const x = leaf(1);
    const h = x.mul(2);
    let calls = 0;
    h.registerHook(() => void calls++);
    const y = h.sum();
    y.backward(1, { retainGraph: true });
    y.backward();
    expect(calls).to.equal(2);
    expect(numbers(x.grad)).to.deep.equal([4]);
  });
  it("under createGraph the hook is part of the tape: second derivatives go through it", () => {
    const x = leaf(3);
    const h = x.mul(x);
    h.registerHook((dh) => dh.mul(h)); // the gradient of h is h: dx = 2 x³
    h.sum().backward(1, { createGraph: true });
    expect(numbers(x.grad)).to.deep.equal([54]);
    const dx = x.grad as Tensor;
    x.grad = null;
    dx.sum().backward();
    // ∂(2 x dh)/∂x with dh = h, and the hook runs on the way through h again: 2 h + 2 x · h · 2 x, as in PyTorch
    expect(numbers(x.grad)).to.deep.equal([342]);
  });
  it("without createGraph a hook records nothing", () => {
    const x = leaf(1);
    const w = leaf(2);
    x.registerHook((dx) => {
      expect(dx.mul(w).requiresGrad).to.equal(false);
    });
    x.sum().backward();
  });
  it("run in grad(f) too, on what f makes", () => {
    const f = (x: Tensor): Tensor => {
      const h = x.mul(x);
      if (h.requiresGrad) h.registerHook((dh) => dh.mul(100));
      return h.sum();
    };
    expect(numbers(grad(f)(array([3])))).to.deep.equal([600]);
  });
  it("the gradient that a hook keeps does not change afterwards", () => {
    const x = leaf(1, 2);
    let kept: Tensor | null = null;
    x.registerHook((dx) => {
      kept = dx;
    });
    x.sum().backward();
    x.grad?.data.addInPlace(array([5, 5]));
    expect(numbers(kept)).to.deep.equal([1, 1]);
  });
  it("an array that a hook returns and keeps does not change afterwards", () => {
    const x = leaf(1, 2);
    const kept = array([7, 7]);
    x.registerHook(() => kept);
    x.sum().backward();
    x.grad?.data.addInPlace(array([5, 5]));
    expect([numbers(kept), numbers(x.grad)]).to.deep.equal([[7, 7], [12, 12]]); // biome-ignore format: two rows
  });
  it("refuse what cannot be a gradient, and tensors without one", () => {
    const x = leaf(1, 2);
    const handle = x.registerHook(() => array([1]));
    expect(() => x.sum().backward()).to.throw(TypeError, "registerHook: the gradient of argument 0, as the hook returned it, is float64 (1,)"); // biome-ignore format: one line
    handle.remove();
    x.registerHook(() => 3 as never);
    expect(() => x.sum().backward()).to.throw(TypeError, "returned 3, expected an array");
    expect(() => tensor([1]).registerHook(() => undefined)).to.throw(TypeError, "cannot register a hook on a tensor that doesn't require gradient"); // biome-ignore format: one line
    expect(() => x.registerHook(1 as never)).to.throw(
      TypeError,
      "registerHook: hook is 1, expected a function",
    );
  });
});

describe("retainGrad", () => {
  it("stores the gradient of a result, after its hooks, and adds in the next backward", () => {
    const x = leaf(1, 2);
    const h = x.mul(3);
    h.retainGrad();
    h.registerHook((dh) => dh.mul(2));
    const y = h.mul(h).sum();
    y.backward(1, { retainGraph: true });
    expect([numbers(h.grad), numbers(x.grad)]).to.deep.equal([[12, 24], [36, 72]]); // biome-ignore format: two rows
    y.backward();
    expect([numbers(h.grad), numbers(x.grad)]).to.deep.equal([[24, 48], [72, 144]]); // biome-ignore format: two rows
  });
  it("of the result that backward starts from", () => {
    const y = leaf(1, 2).sum();
    y.retainGrad();
    y.backward(4);
    expect(numbers(y.grad)).to.equal(4);
  });
  it("its gradient shares memory with no other", () => {
    const x = leaf(1, 2);
    const h = x.reshape(2, 1);
    h.retainGrad();
    h.sum().backward();
    h.grad?.data.addInPlace(array([[5], [5]]));
    expect(numbers(x.grad)).to.deep.equal([1, 1]);
  });
  it("changes nothing for a leaf, and is refused where there is no gradient", () => {
    const x = leaf(1);
    x.retainGrad();
    x.sum().backward();
    expect([numbers(x.grad), x.retainsGrad]).to.deep.equal([[1], false]);
    const y = noGrad(() => x.mul(2));
    expect(() => y.retainGrad()).to.throw(TypeError, "retainGrad: can't retain_grad on Tensor that has requires_grad=False"); // biome-ignore format: one line
  });
  it("a result without it has none, as before", () => {
    const h = leaf(1).mul(2);
    const y = h.sum();
    printTape(y);
    y.backward();
    expect(h.grad).to.equal(null);
  });
});
