import { expect } from "chai";
import { grad, Linear, noGrad, op, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, exp, type NDArray, random, ShapeError, tanh } from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";

const cube = (x: Tensor): Tensor => x.mul(x).mul(x);
const leaf = (nested: number | number[]): Tensor => tensor(nested, { requiresGrad: true });

describe("autograd, grad", () => {
  it("of a polynomial, four times over: x³, 3x², 6x, 6, 0", () => {
    const orders = [cube, grad(cube), grad(grad(cube)), grad(grad(grad(cube))), grad(grad(grad(grad(cube))))];
    expect(orders.map((f) => f(tensor(2)).item())).to.deep.equal([8, 12, 12, 6, 0]);
  });
  it("takes tensors, arrays and numbers, and keeps shape and dtype", () => {
    expect(grad(cube)(2).item()).to.equal(12);
    const f = (x: Tensor): Tensor => cube(x).sum();
    const x = array([[1, -2]], { dtype: "float32" });
    for (const given of [x, tensor(x)]) {
      const dx = grad(f)(given);
      expect([dx.toArray(), dx.dtype]).to.deep.equal([[[3, 12]], "float32"]);
    }
  });
  it("of several arguments: the first by default, one by its place, or a list", () => {
    const f = (x: Tensor, w: Tensor, t: NDArray): Tensor => x.mul(w).mul(w).mul(t).sum();
    const [x, w, t] = [array([2, 3]), tensor([5, 7]), array([1, -1])];
    expect(grad(f)(x, w, t).toArray()).to.deep.equal([25, -49]);
    expect(grad(f, 1)(tensor(x), 2, t).item()).to.equal(2 * 2 * 2 - 2 * 2 * 3);
    const [dw, dx] = grad(f, [1, 0])(x, w, t);
    expect([dx.toArray(), dw.toArray()]).to.deep.equal([[25, -49], [20, -42]]); // biome-ignore format: a list
  });
  it("mixed second derivatives are equal: ∂²f/∂x∂y of x²y³ = 6xy²", () => {
    const f = (x: Tensor, y: Tensor): Tensor => x.mul(x).mul(y).mul(y).mul(y);
    const xy = grad((x: Tensor, y: Tensor) => grad(f)(x, y), 1)(tensor(2), 3);
    const yx = grad((x: Tensor, y: Tensor) => grad(f, 1)(x, y))(2, tensor(3));
    expect([xy.item(), yx.item()]).to.deep.equal([108, 108]);
  });
  it("tells the variable of the inner derivative from the outer one, though both are the same tensor", () => {
    expect(grad((x: Tensor) => x.mul(grad((y: Tensor) => x.add(y))(x)))(5).item()).to.equal(1);
    expect(grad((x: Tensor) => x.mul(grad((y: Tensor) => x.mul(y))(x)))(5).item()).to.equal(10);
  });
  it("an outer derivative flows through what the inner function closes over, at a constant argument", () => {
    expect(grad((w: Tensor) => grad((x: Tensor) => w.mul(x).mul(x))(3))(2).item()).to.equal(6);
  });
  it("of a function that does not depend on its argument: zeros, as in jax", () => {
    expect(grad((_x: Tensor) => tensor(7))(2).item()).to.equal(0);
    expect(grad((_x: Tensor, w: Tensor) => w.sum())(array([1, 2]), leaf(3)).toArray()).to.deep.equal([0, 0]);
    expect(grad(grad((x: Tensor) => x.mul(3)))(2).item(), "of a linear one, twice").to.equal(0);
  });

  it("leaves every .grad alone: of a layer that it closes over, and of its own argument", () => {
    const layer = new Linear(3, 2, { rng: random(1) });
    const before = tensor([7, 7]);
    (layer.bias as Tensor).grad = before;
    const x = tensor(random(2).normal(0, 1, [4, 3]), { requiresGrad: true });
    const dx = grad((on: Tensor) => tanh(layer.forward(on)).sum())(x);
    expect([x.grad, layer.weight.grad, layer.bias?.grad]).to.deep.equal([null, null, before]);
    expect(dx.shape).to.deep.equal([4, 3]);
    dx.mul(dx).sum().backward();
    expect(layer.weight.grad, "a gradient penalty reaches the weights when asked").to.not.equal(null);
  });
  it("a gradient penalty's derivative by the weights is the closed form: f = w·x² → ∂(∂f/∂x)²/∂w = 8wx²", () => {
    const w = leaf(3);
    const penalty = grad((x: Tensor) => w.mul(x).mul(x))(2).pow(2);
    penalty.backward();
    expect(w.grad?.item()).to.equal(8 * 3 * 4);
  });
  it("works inside noGrad, where its result is a constant", () => {
    const w = leaf(3);
    const dx = noGrad(() => grad((x: Tensor) => w.mul(x).mul(x))(w));
    expect([dx.item(), dx.requiresGrad]).to.deep.equal([18, false]);
    expect(grad((x: Tensor) => w.mul(x))(1).requiresGrad, "outside it is not").to.equal(true);
    expect(grad(cube)(2).requiresGrad, "of nothing that requires a gradient").to.equal(false);
  });
  it("does not use up what it closes over", () => {
    const w = leaf(2);
    const shared = exp(w);
    grad((x: Tensor) => x.mul(shared))(3);
    noGrad(() => grad((x: Tensor) => x.mul(shared))(3));
    shared.backward();
    expect(w.grad?.item()).to.equal(Math.exp(2));
    expect(grad((x: Tensor) => x.mul(shared))(3).item(), "nor minds what is used up").to.equal(Math.exp(2));
  });
  it("refuses a function that uses up its own steps", () => {
    const wasteful = (x: Tensor): Tensor => {
      const y = exp(x);
      y.backward();
      return y.mul(2);
    };
    expect(() => grad(wasteful)(1)).to.throw(TypeError, /second time: the step "exp"/);
  });
  it("runs no rule that does not lead to its arguments", () => {
    const never = op(
      (x: NDArray) => x.mul(2),
      () => {
        throw new Error("called");
      },
    );
    const w = leaf(2);
    expect(grad((x: Tensor) => x.mul(never(w)))(3).item()).to.equal(4);
    const neverFirst = op(
      (a: NDArray, b: NDArray) => a.mul(b),
      () => {
        throw new Error("called");
      },
      (dy, a) => dy.mul(a),
    );
    expect(grad((x: Tensor) => neverFirst(w, x))(3).item()).to.equal(2);
  });
  it("says what is wrong: no scalar, no tensor, an integer, an argument that is not there or named twice", () => {
    expect(() => grad((x: Tensor) => x.mul(2))(array([1, 2]))).to.throw(
      ShapeError,
      /grad: the function returned shape \(2,\), expected a scalar; take \.sum\(\)/,
    );
    expect(() => grad((x: Tensor) => x.data as unknown as Tensor)(1)).to.throw(
      TypeError,
      /grad: the function returned a float64 NDArray of shape \(\S*\), expected a tensor/,
    );
    expect(() => grad((async (x: Tensor) => x) as unknown as typeof cube)(1)).to.throw(
      TypeError,
      /^grad: the function is async/,
    );
    expect(() => grad(cube)(array([1], { dtype: "int32" }))).to.throw(
      TypeError,
      /grad: argument 0 is int32.*astype\("float64"\)/,
    );
    expect(() => grad(cube)([1] as unknown as Tensor)).to.throw(TypeError, /argument 0 is \[1\]; expected/);
    expect(() => grad(cube, 1 as 0)(1)).to.throw(RangeError, /no argument 1; got 1/);
    expect(() => grad(cube, [0, 0])).to.throw(RangeError, /named twice/);
  });
});

describe("autograd, gradients", () => {
  it("returns what backward would add, and adds nothing", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 5])];
    const found = gradients(a.mul(b).add(a), [b, a], array([1, -1]));
    expect(found.map((g) => g.toArray())).to.deep.equal([[1, -2], [4, -6]]); // biome-ignore format: a list
    expect([a.grad, b.grad]).to.deep.equal([null, null]);
    expect(found.map((g) => g.requiresGrad)).to.deep.equal([false, false]);
  });
  it("of a result on the way, complete and without its own step; together with what it was made from", () => {
    const x = leaf(3);
    const h = x.mul(x);
    const y = h.mul(h).add(h);
    expect(gradients(y, [h], undefined, { retainGraph: true })[0]?.item()).to.equal(19);
    const [dh, dx] = gradients(y, [h, x], 2) as [Tensor, Tensor];
    expect([dh.item(), dx.item()]).to.deep.equal([38, 38 * 6]);
    expect(gradients(x.mul(2), [x, x]).map((g) => g.item())).to.deep.equal([2, 2]);
    const z = x.mul(5);
    expect(gradients(z, [z])[0]?.item(), "of y itself").to.equal(1);
  });
  it("uses up only the steps on its way", () => {
    const [x, w] = [leaf(3), leaf(2)];
    const [h, k] = [x.mul(x), w.mul(w)];
    const y = h.mul(k);
    gradients(y, [k]);
    expect(() => gradients(y, [k])).to.throw(TypeError, /second time: the step "mul"/);
    h.backward();
    k.backward();
    expect([x.grad?.item(), w.grad?.item()]).to.deep.equal([6, 4]);
  });
  it("under createGraph can be differentiated again", () => {
    const x = leaf(2);
    const [first] = gradients(cube(x), [x], 1, { createGraph: true }) as [Tensor];
    const [second] = gradients(first, [x]) as [Tensor];
    expect([first.item(), second.item(), x.grad]).to.deep.equal([12, 12, null]);
    const y = cube(x);
    const [inside] = noGrad(() => gradients(y, [x], 1, { createGraph: true })) as [Tensor];
    expect(gradients(inside, [x])[0]?.item(), "inside noGrad, too").to.equal(12);
  });
  it("without createGraph a gradient is a constant, also of a dy that is not", () => {
    const [x, dy] = [leaf(2), leaf(3)];
    expect(gradients(x.mul(x), [x], dy).map((g) => [g.item(), g.requiresGrad])).to.deep.equal([[12, false]]);
    expect(gradients(x, [x], dy)[0]?.requiresGrad, "dy itself").to.equal(false);
  });
  it("an x that y does not depend on is an error, unless zeros are asked for", () => {
    const [x, w] = [leaf([1, 2]), leaf(3)];
    const y = (): Tensor => w.mul(w);
    expect(() => gradients(y(), [w, x])).to.throw(
      TypeError,
      /One of the differentiated Tensors appears to not have been used in the graph: .* xs\[1\].*materializeGrads: true/,
    );
    const found = gradients(y(), [w, x], 1, { materializeGrads: true });
    expect(found.map((g) => g.toArray())).to.deep.equal([6, [0, 0]]);
    expect(() => gradients(w.mul(tensor(2)), [tensor(2)])).to.throw(TypeError, /does not require grad/);
    expect(() => gradients(tensor(2), [w])).to.throw(
      TypeError,
      /gradients: this tensor does not require grad/,
    );
    expect(() => gradients(x.mul(2), [x])).to.throw(ShapeError, /gradients: grad can be implicitly created/);
    expect(() => gradients(x.mul(2), [x], array([1]))).to.throw(
      TypeError,
      /gradients: the gradient of .* dy/,
    );
  });
});
