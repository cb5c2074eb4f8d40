import { expect } from "chai";
import { noGrad, printTape, SGD, Tensor, tensor } from "chalk-and-tape/autograd";
import { array, exp, type NDArray, ShapeError, sqrt, zeros } from "chalk-and-tape/np";

const leaf = (nested: number | number[] | number[][]): Tensor => tensor(nested, { requiresGrad: true });

describe("autograd, the tape", () => {
  it("a diamond of diamonds, b = a + a, c = b + b: each step is visited once, after all that use it", () => {
    const a = leaf(3);
    const b = a.add(a);
    const c = b.add(b);
    c.backward();
    expect(a.grad?.item()).to.equal(4);
    expect([b.grad, c.grad]).to.deep.equal([null, null]);
  });
  it("paths of unequal length meet before they go on: y = x·exp(x)·exp(x)", () => {
    const x = leaf(0.5);
    const e = exp(x);
    x.mul(e).mul(e).backward();
    expect(x.grad?.item()).to.be.closeTo(2 * Math.E, 1e-14);
  });
  it("forty diamonds in a row take forty steps, not 2^40", () => {
    let y = leaf(1);
    const x = y;
    for (let i = 0; i < 40; i++) y = y.add(y);
    y.backward();
    expect(x.grad?.item()).to.equal(2 ** 40);
  });
  it("a chain of 200,000 steps runs forward and backward without overflowing the stack", () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 200_000; i++) y = y.add(1e-5);
    y.backward();
    expect(x.grad?.item()).to.equal(1);
    expect(y.item()).to.be.closeTo(3, 1e-9);
  });
  it("a fan-out of 20,000 uses of one tensor is summed up", () => {
    const x = leaf([1, 2]);
    let total = x.mul(0);
    for (let i = 1; i <= 20_000; i++) total = total.add(x.mul(i));
    total.backward(array([1, -1]));
    expect(x.grad?.toArray()).to.deep.equal([200_010_000, -200_010_000]);
  });

  it("two backwards add up; grad = null starts afresh; an optimizer's zeroGrad sets null", () => {
    const x = leaf([1, 2]);
    const run = (): void => x.mul(x).sum().backward();
    run();
    run();
    expect(x.grad?.toArray()).to.deep.equal([4, 8]);
    new SGD([x]).zeroGrad();
    expect(x.grad).to.equal(null);
    run();
    expect(x.grad?.toArray()).to.deep.equal([2, 4]);
  });
  it("accumulating makes a new gradient: one that was read before keeps its values", () => {
    const x = leaf(2);
    x.mul(3).backward();
    const before = x.grad;
    x.mul(3).backward();
    expect(before?.item()).to.equal(3);
    expect(x.grad?.item()).to.equal(6);
  });
  it("dy of several elements is used element by element, dy of a scalar as a factor", () => {
    const x = leaf([1, 2]);
    x.mul(x).backward(array([10, -1]));
    expect(x.grad?.toArray()).to.deep.equal([20, -4]);
    const y = leaf(3);
    y.mul(y).backward(-0.5);
    expect(y.grad?.item()).to.equal(-3);
    const z = leaf([1]);
    z.mul(2).backward();
    expect(z.grad?.toArray(), "one element needs no dy").to.deep.equal([2]);
  });
  it("backward on a leaf gives it dy", () => {
    const x = leaf([1, 2]);
    x.backward(array([3, 4]));
    expect(x.grad?.toArray()).to.deep.equal([3, 4]);
  });
  it("only leaves that require a gradient get one; what needs none is not recorded", () => {
    const [x, c] = [leaf(2), tensor(5)];
    const constant = c.mul(c);
    x.mul(constant).backward();
    expect([x.grad?.item(), c.grad, constant.grad]).to.deep.equal([25, null, null]);
    expect([constant.requiresGrad, constant.node]).to.deep.equal([false, null]);
  });

  it("a second backward is refused, and names the step; retainGraph on the first allows it", () => {
    const x = leaf(3);
    const y = x.mul(x);
    y.backward();
    expect(() => y.backward()).to.throw(
      TypeError,
      /Trying to backward through the graph a second time: the step "mul".*retainGraph: true/,
    );
    expect(x.grad?.item(), "nothing was added").to.equal(6);
    const z = x.mul(x);
    z.backward(1, { retainGraph: true });
    z.backward();
    expect(x.grad?.item()).to.equal(18);
    expect(() => z.backward(), "the last one used it up").to.throw(/second time/);
  });
  it("a step that two results share is used up by the first of them", () => {
    const x = leaf(3);
    const shared = exp(x);
    shared.mul(2).backward();
    expect(() => shared.mul(3).backward()).to.throw(TypeError, /second time: the step "exp"/);
  });
  it("createGraph keeps the tape unless retainGraph is false", () => {
    const x = leaf(2);
    const y = x.pow(3);
    y.backward(1, { createGraph: true });
    const first = x.grad as Tensor;
    expect([first.item(), first.requiresGrad]).to.deep.equal([12, true]);
    x.grad = null;
    first.backward(1, { createGraph: true });
    const second = x.grad as Tensor | null;
    expect(second?.item()).to.equal(12);
    x.grad = null;
    second?.backward();
    expect((x.grad as Tensor | null)?.item(), "third derivative").to.equal(6);
    const z = x.mul(x);
    z.backward(1, { createGraph: true, retainGraph: false });
    expect(() => z.backward()).to.throw(/second time/);
  });
  it("without createGraph a gradient is a constant", () => {
    const x = leaf(2);
    x.pow(3).backward();
    expect([x.grad?.requiresGrad, x.grad?.node]).to.deep.equal([false, null]);
    x.pow(3).backward(1, { createGraph: true });
    expect(x.grad?.requiresGrad).to.equal(true);
    x.pow(3).backward();
    expect([x.grad?.item(), x.grad?.requiresGrad], "a sum without a tape").to.deep.equal([36, false]);
  });

  it("several elements and no dy are refused, with the shape", () => {
    expect(() => leaf([1, 2, 3]).mul(2).backward()).to.throw(
      ShapeError,
      /grad can be implicitly created only for scalar outputs.*\(3,\).*\.sum\(\)/,
    );
  });
  it("dy of another shape or dtype is refused, never broadcast or converted", () => {
    const y = (): Tensor => leaf([[1, 2]]).mul(2);
    const message =
      /backward: the gradient of argument dy is (float64|float32|int32) \(.*\), but the argument is float64 \(1, 2\)/;
    expect(() => y().backward(array([1, 2]))).to.throw(TypeError, message);
    expect(() => y().backward(array([[1]]))).to.throw(TypeError, message);
    expect(() => y().backward(array([[1, 2]], { dtype: "float32" }))).to.throw(TypeError, message);
    expect(() => y().backward(array([[1, 2]], { dtype: "int32" }))).to.throw(TypeError, message);
  });
  it("an integer leaf cannot require a gradient", () => {
    for (const dtype of ["int32", "uint8"] as const) {
      expect(() => tensor([1, 2], { dtype, requiresGrad: true })).to.throw(
        TypeError,
        new RegExp(`only float64 and float32 have gradients, got ${dtype}`),
      );
    }
  });
  it("backward on a result of constants says what is missing", () => {
    expect(() => tensor(2).mul(3).backward()).to.throw(
      TypeError,
      /does not require grad.*requiresGrad: true/,
    );
  });

  it("noGrad records nothing, nests, and records again after an error", () => {
    const x = leaf(2);
    const [inner, outer] = noGrad(() => [noGrad(() => x.mul(2)), x.mul(3)] as const);
    expect([inner.requiresGrad, outer.requiresGrad]).to.deep.equal([false, false]);
    expect(() =>
      noGrad(() => {
        throw new RangeError("mine");
      }),
    ).to.throw(RangeError, "mine");
    expect(x.mul(2).requiresGrad).to.equal(true);
  });
  it("noGrad refuses an async function, and records again", () => {
    expect(() => noGrad(async () => 1)).to.throw(TypeError, /noGrad: the function is async/);
    expect(leaf(1).mul(2).requiresGrad).to.equal(true);
  });
  it("an error inside backward leaves recording on", () => {
    const y = leaf([1, 2]).mul(2);
    expect(() => y.backward(array([1]))).to.throw(TypeError);
    const z = leaf(1).mul(2);
    z.backward();
    expect(() => z.backward()).to.throw(TypeError);
    expect(leaf(1).mul(2).requiresGrad).to.equal(true);
  });
  it("detach cuts the history and shares the values", () => {
    const x = leaf(3);
    const y = x.mul(x);
    const cut = y.detach();
    expect([cut.requiresGrad, cut.node, cut.data === y.data]).to.deep.equal([false, null, true]);
    cut.mul(x).backward();
    expect(x.grad?.item()).to.equal(9);
  });

  it("tensor() copies what it is given", () => {
    const x = array([1, 2]);
    const t = tensor(x, { requiresGrad: true });
    x.addInPlace(x);
    expect(t.toArray()).to.deep.equal([1, 2]);
  });
  it("a tensor takes tensors, arrays and numbers on its right", () => {
    const x = leaf([1, 2]);
    const y = x
      .mul(tensor([3, 4]))
      .add(array([10, 20]))
      .sub(1);
    expect(y).to.be.instanceOf(Tensor);
    expect(y.toArray()).to.deep.equal([12, 27]);
    y.sum().backward();
    expect(x.grad?.toArray()).to.deep.equal([3, 4]);
  });
  it("an array with a tensor on its right says to put the tensor on the left", () => {
    const [c, x] = [array([[1, 2]]), leaf([[1], [2]])];
    const wrong = x as unknown as NDArray;
    for (const call of [
      () => c.add(wrong),
      () => c.mul(wrong),
      () => c.matmul(wrong),
      () => c.greater(wrong),
    ])
      expect(call).to.throw(
        TypeError,
        /expected an array.*got a float64 Tensor of shape \(2, 1\); put it on the left/,
      );
  });

  it("printTape lists the steps in order, from leaves to the result", () => {
    const [x, W] = [tensor([[1, 2]]), leaf([[1, 2], [3, 4], [5, 6]])]; // biome-ignore format: a matrix
    const y = exp(x.matmul(W.T).add(array([1, 2, 3]))).sum();
    expect(printTape(y)).to.equal(
      [
        "#1 transpose(leaf (3, 2), [1, 0]) → (2, 3)",
        "#2 matmul(constant (1, 2), #1 (2, 3)) → (1, 3)",
        "#3 add(#2 (1, 3), constant (3,)) → (1, 3)",
        "#4 exp(#3 (1, 3)) → (1, 3)",
        "#5 sum(#4 (1, 3), null, false) → ()",
      ].join("\n"),
    );
    expect(printTape(W)).to.equal("empty tape: this tensor is a leaf");
    y.backward();
    expect(printTape(y)).to.equal("#1 sum(used up) → ()");
  });
  it("NaN and Infinity travel through backward as they are", () => {
    const x = leaf([0, -1, 4]);
    sqrt(x).backward(array([1, 1, 1]));
    expect(x.grad?.toArray()).to.deep.equal([Infinity, Number.NaN, 0.25]);
    expect(x.grad?.shape).to.deep.equal(zeros([3]).shape);
  });
});
