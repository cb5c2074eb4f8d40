import { expect } from "chai";
import { CrossEntropyLoss, grad, hessianVectorProduct, type Tensor } from "chalk-and-tape/autograd";
import { array, exp, type NDArray, random, ShapeError, stack, tanh, zeros } from "chalk-and-tape/np";
import { dot } from "./inputs.ts";

const rng = random(31);
const W = rng.normal(0, 1, [3, 4]);
/** A small network, a scalar that is curved in every direction. */
const network = (x: Tensor): Tensor =>
  exp(tanh(x.matmul(W)).sum(1))
    .sum()
    .add(x.pow(3).sum());
const x: NDArray = rng.normal(0, 1, [2, 3]);

function furthest(a: NDArray, b: NDArray): number {
  return Math.max(...[...a.sub(b).flat()].map(Math.abs));
}

/** Column by column, by central differences of the gradient. */
function hessian(f: (x: Tensor) => Tensor, at: NDArray): NDArray {
  const step = 1e-4;
  const columns = Array.from({ length: at.size }, (_, i) => {
    const e = zeros(at.shape);
    e.flat()[i] = step;
    const rise = grad(f)(at.add(e)).data.sub(grad(f)(at.sub(e)).data);
    return rise.div(2 * step).reshape(-1);
  });
  return stack(columns, 1);
}

describe("autograd, hessianVectorProduct", () => {
  it("is the Hessian, found by differences of gradients, times v", () => {
    const H = hessian(network, x);
    for (let i = 0; i < 3; i++) {
      const v = rng.normal(0, 1, x.shape);
      const wanted = H.matmul(v.reshape(-1, 1)).reshape(x.shape);
      const size = Math.max(...[...wanted.flat()].map(Math.abs));
      expect(size, "the Hessian is not 0").to.be.above(0.1);
      expect(furthest(hessianVectorProduct(network, x, v).data, wanted)).to.be.below(1e-6 * size);
    }
  });
  it("is symmetric: vᵀHw = wᵀHv, to rounding", () => {
    const [v, w] = [rng.normal(0, 1, x.shape), rng.normal(0, 1, x.shape)];
    const [Hv, Hw] = [hessianVectorProduct(network, x, v).data, hessianVectorProduct(network, x, w).data];
    const [vHw, wHv] = [dot(v, Hw), dot(w, Hv)];
    expect(Math.abs(vHw)).to.be.above(0.01);
    expect(vHw).to.be.closeTo(wHv, 1e-13 * Math.sqrt(dot(v, v) * dot(Hw, Hw)));
  });
  it("of softmax cross-entropy is (diag(p) − ppᵀ)v / N in every row", () => {
    const logits = rng.normal(0, 2, [3, 4]);
    const target = array([2, 0, 2]);
    const v = rng.normal(0, 1, logits.shape);
    const e = exp(logits);
    const p = e.div(e.sum(1, true));
    const wanted = p.mul(v.sub(p.mul(v).sum(1, true))).div(3);
    const found = hessianVectorProduct((z) => new CrossEntropyLoss().forward(z, target), logits, v).data;
    expect(furthest(found, wanted)).to.be.below(1e-15);
    expect(furthest(wanted, zeros(wanted.shape))).to.be.above(0.01);
  });
  it("of ½xᵀAx is ½(A + Aᵀ)v, of a linear function 0, of a number f″v", () => {
    const A = rng.normal(0, 1, [3, 3]);
    const [at, v] = [rng.normal(0, 1, [3, 1]), rng.normal(0, 1, [3, 1])];
    const f = (on: Tensor): Tensor => on.T.matmul(on.T.matmul(A).T).mul(0.5).sum();
    expect(furthest(hessianVectorProduct(f, at, v).data, A.add(A.T).mul(0.5).matmul(v))).to.be.below(1e-14);
    expect(furthest(hessianVectorProduct((on) => on.sum(), at, v).data, zeros([3, 1]))).to.equal(0);
    expect(hessianVectorProduct((on) => on.pow(3), 2, 10).item()).to.equal(120);
  });
  it("is differentiable itself: the third derivative of x⁴ at 2 is 48", () => {
    const fourth = (on: Tensor): Tensor => on.mul(on).mul(on).mul(on);
    expect(grad((on: Tensor) => hessianVectorProduct(fourth, on, 1))(2).item()).to.equal(48);
    expect(grad((v: Tensor) => hessianVectorProduct(fourth, 2, v))(1).item(), "by v: H").to.equal(48);
  });
  it("a v of another shape is refused, never broadcast", () => {
    expect(() => hessianVectorProduct(network, x, rng.normal(0, 1, [3]))).to.throw(
      ShapeError,
      /hessianVectorProduct: v has shape \(3,\), expected x's, \(2, 3\)/,
    );
  });
});
